import Glibc
import POSIX
import Testing

@Suite struct FileBeneathTests {
    private let folder: TemporaryFolder
    private let plans: String

    init() throws {
        folder = try TemporaryFolder()
        plans = folder.file("plans")
        try Folder.make(plans + "/inner")
        try File.write(plans + "/tls.pem", [1])
        try File.write(plans + "/inner/tls.pem", [2])
        try File.write(folder.file("outside"), [3])
    }

    private func code(_ path: String) -> POSIXError.Code? {
        refusal { try File.readBeneath(folder: plans, relativePath: path, maximumBytes: 10) }
    }

    @Test("files in the folder and below it are read")
    func inside() throws {
        for (path, bytes) in [
            ("tls.pem", [1]), ("./tls.pem", [1]), ("inner/tls.pem", [2]), ("inner/./tls.pem", [2]),
        ] as [(String, [UInt8])] {
            let read = try File.readBeneath(folder: plans, relativePath: path, maximumBytes: 10)
            #expect(read == bytes)
        }
    }

    @Test(
        "no path leads out of the folder",
        arguments: [
            "", "/", "/etc/passwd", "..", "../outside", "inner/../../outside", "inner/../tls.pem",
            "inner//tls.pem", "inner/", "./", ".",
        ])
    func outside(_ path: String) {
        #expect(code(path) == .outsideFolder)
    }

    @Test("no link is followed, wherever it stands and wherever it leads")
    func links() throws {
        try run("ln", "-s", "tls.pem", plans + "/link")
        try run("ln", "-s", "inner", plans + "/linked")
        try run("ln", "-s", folder.path, plans + "/up")
        for path in ["link", "linked/tls.pem", "up/outside"] {
            #expect(code(path) == .system(ELOOP))
        }
    }

    @Test("the folder itself may be a link")
    func linkedFolder() throws {
        try run("ln", "-s", plans, folder.file("other"))
        let bytes = try File.readBeneath(
            folder: folder.file("other"), relativePath: "tls.pem", maximumBytes: 10)
        #expect(bytes == [1])
    }

    @Test("pipes and folders are not files, and what is missing is missing")
    func oddFiles() throws {
        try run("mkfifo", plans + "/pipe")
        #expect(code("pipe") == .notRegularFile)
        #expect(code("inner") == .notRegularFile)
        #expect(code("missing") == .system(ENOENT))
        #expect(code("tls.pem/x") == .system(ENOTDIR))
        #expect(code("tls.pem\0") == .containsNUL)
    }
}
