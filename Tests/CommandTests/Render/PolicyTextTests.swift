import Testing

@testable import gaara_infra

@Suite("PolicyText")
struct PolicyTextTests {
    @Test("every member of a statement is told")
    func isComplete() {
        let text = PolicyText(
            """
            {"Version":"2012-10-17","Id":"I","Statement":[{"Sid":"S","Effect":"Deny",\
            "Principal":{"AWS":["arn:one","arn:two"],"Service":"x.amazonaws.com"},\
            "NotAction":["a:B"],"Resource":"*","Condition":{"Bool":{"aws:X":"false"}}}]}
            """
        ).lines
        #expect(
            text == [
                "Id I", "Deny S", "  to AWS arn:one", "     AWS arn:two",
                "     Service x.amazonaws.com", "  NotAction a:B", "  on *", "  when Bool aws:X",
                "    false",
            ])
    }

    @Test("a text that is no policy stands as it is")
    func anyText() {
        #expect(PolicyText("no\npolicy").lines == ["no", "policy"])
    }

    @Test("long lists of actions are broken between actions")
    func wraps() {
        let words = (0..<20).map { "service:Action\($0)" }
        let lines = words.wrapped(to: 60)
        #expect(lines.allSatisfy { $0.count <= 60 })
        #expect(lines.joined(separator: " ") == words.joined(separator: ", "))
    }
}
