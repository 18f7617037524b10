import Testing

@testable import gaara_infra

@Suite("DocumentDifference")
struct DocumentDifferenceTests {
    private func document(_ actions: [String], effect: String = "Allow") -> String {
        let list = actions.map { "\"\($0)\"" }.joined(separator: ",")
        return """
            {"Version":"2012-10-17","Statement":[{"Sid":"A","Effect":"\(effect)",\
            "Action":"kms:Decrypt","Resource":[\(list)]}]}
            """
    }

    @Test("a new document is all additions")
    func addition() {
        let lines = DocumentDifference(before: nil, after: document(["a"])).lines
        #expect(!lines.isEmpty && lines.allSatisfy { $0.hasPrefix("+ ") })
    }

    @Test("equal documents differ in nothing, whatever their layout")
    func equality() {
        let spaced = document(["a"]).replacing(":", with: " : ")
        let lines = DocumentDifference(
            before: spaced.replacing("kms : ", with: "kms:"), after: document(["a"])
        ).lines
        #expect(lines.allSatisfy { !$0.hasPrefix("+") && !$0.hasPrefix("-") })
    }

    @Test("what goes has a minus, what comes a plus, in the document's order")
    func change() {
        let lines = DocumentDifference(before: document(["a", "b"]), after: document(["a", "c"]))
            .lines
        let marked = lines.filter { $0.hasPrefix("+") || $0.hasPrefix("-") }
        #expect(marked == ["-      b", "+      c"])
    }

    @Test("far from a difference only the number of equal lines is told")
    func cuts() {
        let many = (0..<30).map { "r\($0 + 10)" }
        let lines = DocumentDifference(before: document(many), after: document(many + ["z"])).lines
        #expect(lines.contains { $0.contains("lines alike") })
        #expect(lines.count < 8)
    }

    @Test("applying the marks to the old lines gives the new ones")
    func isComplete() {
        let old = document(["a", "b", "c"])
        let new = document(["b", "d", "c", "e"], effect: "Deny")
        let lines = DocumentDifference(before: old, after: new).lines
        let after = lines.filter { !$0.hasPrefix("-") }.map { String($0.dropFirst(2)) }
        #expect(after == PolicyText(new).lines)
    }
}
