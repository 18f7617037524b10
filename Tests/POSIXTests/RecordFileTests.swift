import Glibc
import POSIX
import Testing

@Suite struct RecordFileTests {
    @Test("is its owner's alone, grows by each record, and holds them at once")
    func appending() throws {
        let folder = try TemporaryFolder()
        let path = folder.file("records")
        let file = try RecordFile(creating: path)
        try file.append(Array("one\n".utf8))
        #expect(try File.read(path, maximumBytes: 99) == Array("one\n".utf8))
        try file.append(Array("two\n".utf8))
        #expect(try File.read(path, maximumBytes: 99) == Array("one\ntwo\n".utf8))
        var status = stat()
        #expect(unsafe stat(path, &status) == 0)
        #expect(status.st_mode & 0o777 == 0o600)
    }

    @Test("refuses a file that is there, a link to nowhere, and a folder that is not")
    func refusing() throws {
        let folder = try TemporaryFolder()
        let path = folder.file("records")
        _ = try RecordFile(creating: path)
        let there = #expect(throws: POSIXError.self) { try RecordFile(creating: path) }
        #expect(there?.number == EEXIST)
        #expect(unsafe symlink(folder.file("nowhere"), folder.file("link")) == 0)
        #expect(throws: POSIXError.self) { try RecordFile(creating: folder.file("link")) }
        #expect(!File.exists(folder.file("nowhere")))
        #expect(throws: POSIXError.self) { try RecordFile(creating: folder.file("none/records")) }
    }
}
