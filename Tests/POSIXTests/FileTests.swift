import Glibc
import POSIX
import Testing

@Suite struct FileTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    @Test("a file is read whole up to its limit, and not beyond")
    func limit() throws {
        let path = folder.file("file")
        try File.write(path, Array(repeating: 7, count: 100_000))
        #expect(try File.read(path, maximumBytes: 100_000).count == 100_000)
        #expect(refusal { try File.read(path, maximumBytes: 99_999) } == .largerThan(99_999))
    }

    @Test("a file that does not tell its size is bounded as well")
    func withoutSize() throws {
        #expect(try !File.read("/proc/self/status", maximumBytes: 1 << 20).isEmpty)
        #expect(refusal { try File.read("/proc/self/status", maximumBytes: 10) } == .largerThan(10))
    }

    @Test("devices, folders and pipes are not files")
    func oddFiles() throws {
        let pipe = folder.file("pipe")
        try run("mkfifo", pipe)
        for path in ["/dev/zero", "/dev/null", folder.path, pipe] {
            #expect(refusal { try File.read(path, maximumBytes: 10) } == .notRegularFile)
        }
    }

    @Test("a pipe is read to its end when that is asked for")
    func pipe() throws {
        let pipe = folder.file("pipe")
        try run("mkfifo", pipe)
        let writer = try RunningProcess(
            ChildProcess(
                ["sh", "-c", "echo hello > \(pipe)"], environment: ["PATH": "/usr/bin:/bin"]))
        let bytes = try File.read(pipe, maximumBytes: 10, options: .pipes)
        #expect(bytes == Array("hello\n".utf8))
        #expect(writer.wait() == .exited(0))
    }

    @Test("a link is followed only when that is allowed")
    func links() throws {
        let (file, link) = (folder.file("file"), folder.file("link"))
        try File.write(file, [1])
        try run("ln", "-s", file, link)
        #expect(try File.read(link, maximumBytes: 10) == [1])
        #expect(refusal { try File.read(link, maximumBytes: 10, options: []) } == .system(ELOOP))
    }

    @Test("mode and owner are told, so that a warning can be given")
    func access() throws {
        let path = folder.file("file")
        try File.writePrivate(path, [1])
        let closed = try File.contents(path, maximumBytes: 10)
        #expect(closed.mode == 0o600)
        #expect(!closed.isReadableByOthers && !closed.isWritableByOthers)
        #expect(closed.isOwnedByUsOrRoot)
        try run("chmod", "0664", path)
        let open = try File.contents(path, maximumBytes: 10)
        #expect(open.mode == 0o664)
        #expect(open.isReadableByOthers && open.isWritableByOthers)
    }

    @Test("a name with a NUL does not mean the name before it")
    func nul() throws {
        let path = folder.file("file")
        try File.write(path, [1])
        #expect(refusal { try File.read(path + "\0.txt", maximumBytes: 10) } == .containsNUL)
        #expect(refusal { try File.remove(path + "\0.txt") } == .containsNUL)
        #expect(File.exists(path) && !File.exists(path + "\0.txt"))
    }

    @Test("existing is existing, and removing ends it")
    func existence() throws {
        let (file, link) = (folder.file("file"), folder.file("link"))
        #expect(!File.exists(file))
        try File.write(file, [])
        #expect(File.exists(file))
        try File.remove(file)
        #expect(!File.exists(file))
        try run("ln", "-s", "/nonexistent", link)
        #expect(File.exists(link))
        #expect(refusal { try File.remove(file) } == .system(ENOENT))
    }
}
