import SigV4
import Testing

@Suite struct SigningCredentialTests {
    @Test("never shows its secret or its token, however it is printed")
    func redacts() {
        let credential = SigningCredential(
            accessKeyID: "AKIDEXAMPLE", secretAccessKey: "canary-secret",
            sessionToken: "canary-token")
        var dumped = ""
        dump([credential], to: &dumped)
        let texts = [
            "\(credential)", String(reflecting: credential), String(describing: [credential]),
            String(reflecting: ["key": Optional(credential)]), dumped,
        ]
        for text in texts {
            #expect(text.contains("AKID…"))
            #expect(!text.contains("canary"))
            #expect(!text.contains("EXAMPLE"))
        }
    }

    @Test("an id is shortened to what tells keys apart, and what may be a secret is not shown")
    func shortKeyID() {
        func short(_ id: String) -> String? {
            SigningCredential(accessKeyID: id, secretAccessKey: "x").shortKeyID
        }
        #expect(short("AKIAIOSFODNN7EXAMPLE") == "AKIA…MPLE")
        // A secret in the place of the id; AWS's own example.
        #expect(short("wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY") == nil)
        #expect(short("AKIA") == nil)
        #expect(short("AKIAIOSFODNN7EXAMPL\u{E9}") == nil)
    }
}
