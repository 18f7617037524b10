/// One way in which AWS says no: the code, the status and the text that it sends, and where that is
/// known from.
///
/// The tables in this folder hold all of them. In `source`, `LS` is a recorded answer of AWS in
/// localstack/localstack, `tests/aws/services/*/*.snapshot.json`, by test; `model` is botocore
/// 1.43.11's service model; `moto` is a test there that was verified against AWS; `owner/repo#1` is
/// an issue that quotes the answer. "text not recorded" means that only the code is certain.
struct Refusal: Hashable, Sendable {
    let code: String
    let status: Int
    /// With `{}` where a value goes.
    let text: String
    let source: String

    /// With status 400, which is what most are.
    init(_ code: String, _ text: String, source: String) {
        self.init(code, 400, text, source: source)
    }

    init(_ code: String, _ status: Int, _ text: String, source: String) {
        self.code = code
        self.status = status
        self.text = text
        self.source = source
    }
}

/// A refusal with its values: what an operation throws.
struct Refused: Error, Hashable {
    let refusal: Refusal
    let message: String

    init(_ refusal: Refusal, _ values: String...) {
        self.refusal = refusal
        var message = ""
        var remaining = values[...]
        for (position, part) in refusal.text.splitAtHoles().enumerated() {
            if position > 0 { message += remaining.popFirst() ?? "" }
            message += part
        }
        self.message = message
    }
}

extension String {
    /// The parts between one `{}` and the next.
    fileprivate func splitAtHoles() -> [Substring] {
        var parts: [Substring] = []
        var rest = self[...]
        while let brace = rest.firstIndex(of: "{"),
            rest.index(after: brace) < rest.endIndex, rest[rest.index(after: brace)] == "}"
        {
            parts.append(rest[..<brace])
            rest = rest[rest.index(brace, offsetBy: 2)...]
        }
        parts.append(rest)
        return parts
    }
}
