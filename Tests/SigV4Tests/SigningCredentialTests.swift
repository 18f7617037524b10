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
}
