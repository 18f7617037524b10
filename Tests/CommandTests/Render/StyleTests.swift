import GaaraPlan
import Testing

@testable import gaara_infra

@Suite("Style")
struct StyleTests {
    @Test("colours are for terminals whose owner does not object")
    func colours() {
        #expect(Style(isTerminal: true, noColor: false, environment: [:]).isColoured)
        #expect(!Style(isTerminal: false, noColor: false, environment: [:]).isColoured)
        #expect(!Style(isTerminal: true, noColor: true, environment: [:]).isColoured)
        #expect(!Style(isTerminal: true, noColor: false, environment: ["TERM": "dumb"]).isColoured)
        #expect(!Style(isTerminal: true, noColor: false, environment: ["NO_COLOR": "0"]).isColoured)
    }

    // https://no-color.org: "when present and not an empty string".
    @Test("an empty NO_COLOR does not count")
    func emptyNoColor() {
        #expect(Style(isTerminal: true, noColor: false, environment: ["NO_COLOR": ""]).isColoured)
    }

    @Test("a colour ends where its text ends")
    func ends() {
        let style = Style(isTerminal: true, noColor: false, environment: [:])
        #expect(style.verb(.delete, "- key") == "\u{1B}[31m- key\u{1B}[0m")
        #expect(Style.plain.verb(.delete, "- key") == "- key")
    }
}
