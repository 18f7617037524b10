import POSIX
import Testing

@testable import HTTP

@Suite struct TrustStoreTests {
    @Test("a bundle stands alone")
    func bundle() {
        #expect(TrustStore(bundle: "/tmp/ca.pem") == .file("/tmp/ca.pem"))
    }

    @Test("the system's folder is used where it is hashed, libcurl's defaults elsewhere")
    func folder() throws {
        let folder = try TemporaryFolder()
        try File.write(folder.file("ca-certificates.crt"), [])
        #expect(TrustStore(bundle: nil, systemFolder: folder.path) == .builtIn)
        try File.write(folder.file("5ed36f99.0"), [])
        #expect(TrustStore(bundle: nil, systemFolder: folder.path) == .folder(folder.path))
        #expect(TrustStore(bundle: nil, systemFolder: "/nonexistent") == .builtIn)
    }
}
