import GaaraStore
import Testing

@Suite struct SecretNameTests {
    @Test(
        "a name has a variable in upper case, with _ for what is neither letter nor digit",
        arguments: [
            ("database-url", "DATABASE_URL"), ("a", "A"), ("a.b/c_d+e=f@g", "A_B_C_D_E_F_G"),
            ("2fa-key", "2FA_KEY"),
        ])
    func variable(name: String, variable: String) throws {
        #expect(try SecretName(validating: name).variable == variable)
    }

    @Test(
        "what Secrets Manager or a path would take amiss is refused",
        arguments: ["", "a b", "é", "a\n", "/a", "a/", "a//b", "..", "a/../b", ".", "a:b", "a*"])
    func refused(name: String) {
        #expect(throws: SecretNameError.self) { try SecretName(validating: name) }
    }

    @Test("512 characters are a name, and 513 are not")
    func length() throws {
        let longest = String(repeating: "a", count: 512)
        #expect(try SecretName(validating: longest).text == longest)
        #expect(throws: SecretNameError.self) { try SecretName(validating: longest + "a") }
    }

    @Test("dots inside a part are no way out of the folder")
    func dots() throws {
        #expect(try SecretName(validating: "a..b/.c").text == "a..b/.c")
    }

    @Test("the reason shows a control character instead of printing it")
    func controlCharacters() {
        let error = #expect(throws: SecretNameError.self) {
            try SecretName(validating: "a\u{1B}[2J")
        }
        #expect(error?.reason.contains("\u{1B}") == false)
        #expect(error?.reason.contains("'a\\u{1B}[2J'") == true)
    }

    @Test("the path is application, environment and name")
    func path() throws {
        let name = try SecretName(validating: "database-url")
        #expect(
            name.path(application: "gaara-store", environment: .production)
                == "gaara-store/production/database-url")
    }

    @Test(
        "a hyphen and six characters at the end look like a partial ARN",
        arguments: [
            ("jwt-secret", true), ("a-123456", true), ("-secret", true), ("jwt-secrets", false),
            ("jwt-key", false), ("secret", false), ("database-url", false), ("a-b-cdef", true),
        ])
    func partialARN(name: String, expected: Bool) throws {
        #expect(try SecretName(validating: name).looksLikePartialARN == expected)
    }
}
