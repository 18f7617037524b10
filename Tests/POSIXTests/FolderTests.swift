import Glibc
import POSIX
import Testing

@Suite struct FolderTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    @Test("a folder is made with those above it, and may exist already")
    func make() throws {
        try Folder.make(folder.file("a/b/c"))
        try Folder.make(folder.file("a/b/c/"))
        #expect(try Folder.list(folder.file("a/b")) == ["c"])
    }

    @Test("a file in the way is not a folder")
    func fileInTheWay() throws {
        try File.write(folder.file("file"), [])
        #expect(refusal { try Folder.make(folder.file("file")) } == .system(ENOTDIR))
        #expect(refusal { try Folder.make(folder.file("file/a")) } == .system(ENOTDIR))
    }

    @Test("a listing is sorted and complete")
    func list() throws {
        for name in ["b", "a", ".hidden", String(repeating: "n", count: 255)] {
            try File.write(folder.file(name), [])
        }
        let expected = [".hidden", "a", "b", String(repeating: "n", count: 255)]
        #expect(try Folder.list(folder.path) == expected)
    }

    @Test("removing takes everything inside, and nothing that a link leads to")
    func remove() throws {
        let tree = folder.file("tree")
        try Folder.make(tree + "/a/b")
        try File.write(tree + "/a/file", [1])
        try File.write(folder.file("kept"), [1])
        try run("ln", "-s", folder.path, tree + "/a/b/link")
        try Folder.remove(tree)
        #expect(!File.exists(tree))
        #expect(File.exists(folder.file("kept")))
    }

    @Test("a temporary folder is its owner's alone and goes with its last reference")
    func temporary() throws {
        var temporary: TemporaryFolder? = try TemporaryFolder()
        let path = try #require(temporary?.path)
        try File.write(path + "/file", [1])
        #expect(try run("stat", "-c", "%a", path) == "700\n")
        temporary = nil
        #expect(!File.exists(path))
    }
}
