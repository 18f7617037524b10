internal import GaaraPlan

/// Colours, where a person looks and does not object (`NO_COLOR`, https://no-color.org).
struct Style: Sendable {
    let isColoured: Bool

    init(isTerminal: Bool, noColor: Bool, environment: [String: String]) {
        let objects = noColor || !(environment["NO_COLOR"] ?? "").isEmpty
        isColoured = isTerminal && !objects && environment["TERM"] != "dumb"
    }

    static let plain = Style(isTerminal: false, noColor: true, environment: [:])

    func bold(_ text: String) -> String { wrap(text, "1") }
    func dim(_ text: String) -> String { wrap(text, "2") }
    func red(_ text: String) -> String { wrap(text, "31") }
    func yellow(_ text: String) -> String { wrap(text, "33") }

    func verb(_ verb: Verb, _ text: String) -> String {
        switch verb {
        case .create: wrap(text, "32")
        case .change, .rotate: wrap(text, "33")
        case .delete: wrap(text, "31")
        case .adopt, .restore: wrap(text, "36")
        case .outside: wrap(text, "35")
        }
    }

    private func wrap(_ text: String, _ code: String) -> String {
        isColoured ? "\u{1B}[\(code)m\(text)\u{1B}[0m" : text
    }
}
