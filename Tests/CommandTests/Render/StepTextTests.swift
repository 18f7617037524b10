import GaaraPlan
import GaaraStore
import Testing

@testable import gaara_infra

@Suite("StepText")
struct StepTextTests {
    private func lines(_ changes: [Change], reason: String? = nil) -> [String] {
        let step = Step(.change, .key(.data), [], changes: changes, reason: reason)
        return StepText(step: step, style: .plain).lines
    }

    @Test("labels stand in a column of their own")
    func aligns() {
        let lines = lines([
            Change("a", .text("1"), .text("2")), Change("longer", .absent, .number(3)),
        ])
        #expect(lines == ["~ key", "    a       1 -> 2", "    longer  3"])
    }

    @Test("a change too long for a line takes two")
    func wraps() {
        let (before, after) = (String(repeating: "b", count: 60), String(repeating: "a", count: 60))
        #expect(
            lines([Change("d", .text(before), .text(after))])
                == ["~ key", "    d  \(before)", "       -> \(after)"])
    }

    @Test("text from outside cannot leave its line, whatever part of a step it stands in")
    func escapes() {
        let evil = "\u{1B}[2J\n\u{202E}\u{200F}x\u{2028}"
        let shown = lines(
            [
                Change(evil, .text(evil), .text(evil)),
                Change("tags.\(evil)", .absent, .text(evil)),
                Change("d", .document(evil), .document("{\"Id\":\"\u{1B}[31m\"}")),
            ], reason: evil
        ).joined()
        for scalar in shown.unicodeScalars {
            #expect(scalar.value >= 0x20 && !(0x2028...0x202E).contains(scalar.value))
            #expect(scalar.value != 0x1B && scalar.value != 0x200F)
        }
    }

    @Test("an empty text, a reference and a value are told in words")
    func words() {
        #expect(
            lines([
                Change("a", .text("x"), .text("")), Change("b", .absent, .later("key#arn")),
                Change("c", .sensitive, .absent),
            ]).dropFirst() == [
                "    a  x -> \"\"", "    b  (known after apply: key#arn)",
                "    c  (sensitive) -> (gone)",
            ])
    }
}
