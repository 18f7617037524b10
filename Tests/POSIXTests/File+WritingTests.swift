import Glibc
import POSIX
import Testing

@Suite struct FileWritingTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    @Test("a private file is the owner's alone, also where a public one was")
    func privateFile() throws {
        let path = folder.file("file")
        try File.write(path, [1])
        #expect(try File.contents(path, maximumBytes: 10).mode & 0o777 != 0o600)
        try File.writePrivate(path, [2])
        let contents = try File.contents(path, maximumBytes: 10)
        #expect(contents.mode == 0o600)
        #expect(contents.bytes == [2])
    }

    @Test("nothing else is left in the folder")
    func noLeftovers() throws {
        try File.writePrivate(folder.file("one"), [1])
        try File.write(folder.file("two"), Array(repeating: 1, count: 1 << 20))
        _ = refusal { try File.write(folder.file("three/four"), [1]) }
        #expect(try Folder.list(folder.path) == ["one", "two"])
    }

    @Test("a reader who opened the old file keeps the old content")
    func replacement() throws {
        let (path, other) = (folder.file("file"), folder.file("other"))
        try File.write(path, [1])
        try run("ln", path, other)
        try File.write(path, [2])
        #expect(try File.read(other, maximumBytes: 10) == [1])
        #expect(try File.read(path, maximumBytes: 10) == [2])
    }

    @Test("a planted link is refused, and its target untouched")
    func plantedLink() throws {
        let (target, link) = (folder.file("target"), folder.file("link"))
        try File.write(target, [1])
        try run("ln", "-s", target, link)
        #expect(refusal { try File.writePrivate(link, [2]) } == .system(ELOOP))
        #expect(refusal { try File.write(link, [2]) } == .system(ELOOP))
        #expect(try File.read(target, maximumBytes: 10) == [1])
    }

    @Test("a device, a pipe or a folder is never replaced")
    func oddTargets() throws {
        let pipe = folder.file("pipe")
        try run("mkfifo", pipe)
        #expect(refusal { try File.write(pipe, [1]) } == .notRegularFile)
        #expect(refusal { try File.write(folder.path, [1]) } == .system(EISDIR))
        #expect(refusal { try File.write(folder.path + "/", [1]) } == .system(EISDIR))
        #expect(try run("test", "-p", pipe) == "")
    }
}
