import GaaraPlan
import JSON
import Testing

@Suite("Plans that somebody hostile or hasty wrote")
struct HostilePlanTests {
    private static let secret = "secrets:\n  token:\n    "

    @Test("bytes that are no text are refused without showing any of them")
    func notText() {
        for text in ["HOME=/root\0AWS_SECRET_ACCESS_KEY=hunter2\0", "hunter2\0"] {
            let read = PlanText.read(whole: text)
            #expect(read.codes == ["nul"])
            #expect(!read.rendered.contains("hunter2"))
        }
        let read = PlanReader.read(file: "p.yaml", text: Array("a: hunter2 ".utf8) + [0xFF]) {
            (_) throws(IncludeFault) in throw IncludeFault(reason: "no such file")
        }
        #expect(read.codes == ["encoding"])
        #expect(!read.rendered.contains("hunter2"))
    }

    @Test("nor is the same shown of a file that a plan includes")
    func includeOfNoText() {
        let files = ["plans/environ": "A=hunter2\0B=hunter2\0"]
        let read = PlanText.read(whole: "include: environ\nversion: 1\n", files: files)
        #expect(read.codes.contains("nul"))
        #expect(!read.rendered.contains("hunter2"))
    }

    @Test(
        "a fault of the YAML shows nothing of a value",
        arguments: [
            "value: hunter2: b: x", "value:\n      \"hunter2: x",
            "value: |\n      a\n     hunter2: [",
            "value:\n      key: [a, \"hunter2", "value: *hunter2", "value: &hunter2 x",
            "value: !hunter2", "\"value\" : \"a\\qhunter2\"",
        ])
    func faultInValue(text: String) {
        let read = PlanText.read(Self.secret + text + "\n")
        #expect(!read.errors.isEmpty)
        #expect(!read.rendered.contains("hunter2"))
        #expect(!read.diagnostics.contains { $0.json.compact.contains("hunter2") })
    }

    @Test(
        "what was written in the place of a secret's description is not shown",
        arguments: [
            "secrets: { token: hunter2 }", "secrets:\n  token: hunter2", "secrets:\n  a.b: hunter2",
            secret + "values: hunter2", secret + "password: hunter2", secret + "hunter2",
            secret + "valeu: hunter2",
        ])
    func valueInPlaceOfSecret(text: String) {
        let read = PlanText.read(text + "\n")
        #expect(!read.errors.isEmpty)
        #expect(!read.rendered.contains("hunter2"))
    }

    @Test(
        "a file of variables or credentials in place of a plan shows no value",
        arguments: [
            "DATABASE_URL=postgres://u:hunter2@h/db\n",
            "[default]\naws_secret_access_key = hunter2\n",
            "export A='hunter2: x'\nB=\"hunter2\n",
        ])
    func credentialsFile(text: String) {
        let read = PlanText.read(whole: text)
        #expect(!read.errors.isEmpty)
        #expect(!read.rendered.contains("hunter2"))
    }

    @Test("a misspelt key of a secret is still shown with its line")
    func misspeltKey() {
        let read = PlanText.read(Self.secret + "recovery_window: 5 days\n")
        #expect(read.rendered.contains("    recovery_window: 5 days"))
    }

    @Test("variables that would fill gigabytes are a fault", .timeLimit(.minutes(1)))
    func variableBomb() {
        let long = String(repeating: "x", count: 200_000)
        let uses = String(repeating: "${a}", count: 20_000)
        let text = "variables: { a: \(long) }\ntags: { x: \"\(uses)\" }\nsecrets: {}\n"
        #expect(PlanText.read(text).codes.contains("wrong-text"))

        let element = "description: \"\(String(repeating: "${a}", count: 1_000))\""
        let many = (0..<3).map { "  s\($0): { value: external, \(element) }\n" }.joined()
        let middling = String(repeating: "x", count: 1_000)
        let read = PlanText.read("variables: { a: \(middling) }\nsecrets:\n\(many)")
        #expect(read.errors.contains { $0.message.contains("that variables make") })
    }
}
