import GaaraStore
import Testing

@testable import GaaraPlan

struct ValueTokenTests {
    private let pepper = Pepper(Array(repeating: 1, count: 32))

    @Test("a token is 64 characters that name the pepper, as ClientRequestToken allows")
    func form() {
        let token = pepper.token(of: SecretValue(string: "v"), name: "a/b/c")
        #expect(token.count == 64)
        #expect(token.hasPrefix("gaara1-\(pepper.id)-"))
        #expect(VersionOrigin(versionID: token) == .keyed(pepperID: pepper.id))
    }

    @Test("the same value has another token under another name, kind or pepper")
    func distinct() {
        let value = SecretValue(string: "v")
        let tokens = [
            pepper.token(of: value, name: "a/b/c"), pepper.token(of: value, name: "a/b/d"),
            pepper.token(of: SecretValue(binary: Array("v".utf8)), name: "a/b/c"),
            Pepper(Array(repeating: 2, count: 32)).token(of: value, name: "a/b/c"),
        ]
        #expect(Set(tokens).count == tokens.count)
    }

    @Test("a token is the HMAC that the design describes")
    func knownAnswer() {
        // Python: hmac.new(bytes([1])*32, b"gaara1\0a/b/c\0sv", "sha256").hexdigest()[:48]
        #expect(
            pepper.token(of: SecretValue(string: "v"), name: "a/b/c")
                == "gaara1-a2bfbba4-194222587a2106b9b2e7ae7dedc41c440e8d4c725b5e247a")
    }

    @Test(
        "a version id of another form was not made with a pepper",
        arguments: [
            ("gaara0-5f2c", VersionOrigin.unkeyed),
            ("d3b07384-d9a0-4c9b-8f0e-1c2d3e4f5a6b", .foreign), ("gaara1-short-1", .foreign),
            ("", .foreign),
        ])
    func origins(_ id: String, _ origin: VersionOrigin) {
        #expect(VersionOrigin(versionID: id) == origin)
    }
}
