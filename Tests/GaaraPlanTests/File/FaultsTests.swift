import GaaraPlan
import POSIX
import Testing

@Suite("Every fault of a plan has a file with the exact words")
struct FaultsTests {
    private static let folder = "Tests/GaaraPlanTests/Faults"

    private static let names: [String] = {
        let all = (try? Folder.list(PlanText.repository + "/" + folder)) ?? []
        return all.filter { $0.hasSuffix(".yaml") }.map { String($0.dropLast(5)) }.sorted()
    }()

    /// What `plan` would say: the faults of the file, or what it asks for and is not there yet.
    private static func diagnostics(of name: String) throws -> (text: String, codes: [String]) {
        let reading = try PlanText.read(path: "\(folder)/\(name).yaml", as: "\(name).yaml")
        let later = reading.plan?.unsupported() ?? []
        let text = (reading.diagnostics + later).map { reading.texts.render($0) + "\n" }
        return (text.joined(separator: "\n"), reading.codes + later.map(\.code))
    }

    @Test("the file is answered with exactly these diagnostics", arguments: names)
    func answers(name: String) throws {
        let path = "\(PlanText.repository)/\(Self.folder)/\(name).txt"
        let expected = String(decoding: try File.read(path, maximumBytes: 1 << 20), as: UTF8.self)
        #expect(try Self.diagnostics(of: name).text == expected)
    }

    @Test("the file triggers the fault that it is named after", arguments: FaultCode.allCases)
    func isTriggered(code: FaultCode) throws {
        #expect(Self.names.contains(code.rawValue))
        #expect(try Self.diagnostics(of: code.rawValue).codes.contains(code.rawValue))
    }

    // Not here: too-large and encoding, whose files would not be text, and nul.
    @Test(
        "a fault of the YAML is a diagnostic of the plan",
        arguments: [
            "alias", "anchor", "control-character", "directive", "duplicate-key", "empty",
            "key-kind", "merge-key", "several-documents", "syntax", "tab", "tag", "too-deep",
        ])
    func isPassedOn(code: String) throws {
        let codes = try Self.names.flatMap { try Self.diagnostics(of: $0).codes }
        #expect(codes.contains(code))
    }

    @Test("no diagnostic shows what was written where a secret belongs")
    func concealsSecrets() throws {
        for name in Self.names {
            let text = try Self.diagnostics(of: name).text
            for secret in ["hunter2", "AKIA"] {
                #expect(
                    !text.split(separator: secret, omittingEmptySubsequences: false).dropFirst()
                        .contains { _ in true }, "\(name) shows \(secret)")
            }
        }
    }
}
