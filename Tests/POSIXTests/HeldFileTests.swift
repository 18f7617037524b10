import Glibc
import POSIX
import Testing

@Suite struct HeldFileTests {
    private let folder: TemporaryFolder
    private let path: String

    init() throws {
        folder = try TemporaryFolder()
        path = folder.file("state")
    }

    @Test("a new file is empty and the owner's alone, and what replaces it is too")
    func new() throws {
        let file = try HeldFile(path)
        #expect(try file.read(maximumBytes: 10).isEmpty)
        #expect(try File.contents(path, maximumBytes: 10).mode == 0o600)
        try file.replace([1, 2])
        try file.replace([3])
        #expect(try file.read(maximumBytes: 10) == [3])
        #expect(try File.contents(path, maximumBytes: 10).mode == 0o600)
        #expect(try Folder.list(folder.path) == ["state"])
    }

    @Test("while one holds it nobody else can, before a replacement and after")
    func held() throws {
        var first: HeldFile? = try HeldFile(path)
        #expect(refusal { try HeldFile(path) } == .inUse)
        try first?.replace([1])
        #expect(refusal { try HeldFile(path) } == .inUse)
        first?.release()
        first = try HeldFile(path)
        #expect(refusal { try HeldFile(path) } == .inUse)
        first = nil
        #expect(try HeldFile(path).read(maximumBytes: 10) == [1])
    }

    @Test("a file that others may read or change, a link, a folder and a pipe are refused")
    func odd() throws {
        for mode: UInt32 in [0o640, 0o604, 0o602, 0o660] {
            try File.write(path, [1])
            try run("chmod", String(mode, radix: 8), path)
            #expect(refusal { try HeldFile(path) } == .openToOthers)
        }
        try File.remove(path)
        try File.writePrivate(folder.file("target"), [1])
        try run("ln", "-s", folder.file("target"), path)
        #expect(refusal { try HeldFile(path) } == .system(ELOOP))
        try File.remove(path)
        try run("mkfifo", "-m", "600", path)
        #expect(refusal { try HeldFile(path) } == .notRegularFile)
        try File.remove(path)
        try Folder.make(path)
        #expect(refusal { try HeldFile(path) } == .system(EISDIR))
        #expect(refusal { try HeldFile(folder.path + "/") } == .system(EISDIR))
    }

    @Test(
        "a file of another user is refused",
        .enabled(if: geteuid() == 0, "only root can give a file away"))
    func foreign() throws {
        try File.writePrivate(path, [1])
        try run("chown", "65534", path)
        #expect(refusal { try HeldFile(path) } == .ownedByAnother)
    }
}
