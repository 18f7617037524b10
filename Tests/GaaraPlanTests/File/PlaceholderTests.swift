import Testing

@testable import GaaraPlan

@Suite("Placeholders and credentials")
struct PlaceholderTests {
    @Test(
        "a placeholder is known for one",
        arguments: [
            ("...", true), ("<key-id>", true), ("CHANGEME", true), ("todo", true),
            ("arn:aws:iam::<account>:role/x", true), ("a...b", true), ("main", false),
            ("a.b", false),
            ("", false),
        ])
    func placeholders(text: String, isFound: Bool) {
        #expect(Placeholder.isFound(in: text, anywhere: true) == isFound)
    }

    @Test("prose may hold brackets and dots")
    func prose() {
        #expect(!Placeholder.isFound(in: "keeps <b> and more...", anywhere: false))
    }

    @Test(
        "a credential is known by its form",
        arguments: [
            ("postgres://app:pw@db/app", true), ("postgres://app@db:5432/app", false),
            ("https://example.org/a:b@c", false), ("key AKIAIOSFODNN7EXAMPLE.", true),
            ("-----BEGIN RSA PRIVATE KEY-----", true), ("ghp_0123456789012345678901234567", true),
            ("arn:aws:lambda:us-east-1:123456789012:function:f", false), ("AKIA", false),
        ])
    func credentials(text: String, isFound: Bool) {
        #expect(Placeholder.looksSecret(text) == isFound)
    }
}
