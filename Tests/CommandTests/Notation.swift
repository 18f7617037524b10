import POSIX

/// How a transcript writes what nobody can know beforehand: the same thing has the same number
/// wherever it stands.
///
///     sha256:{1}     a fingerprint; in a command it stands for the one that was shown
///     key/{1}        the id of a KMS key
///     gaara1-{1}     a value token
///     {id}           the id of a request; all alike
struct Notation {
    let folder: String
    private var numbers: [String: [String: Int]] = [:]

    init(folder: String) { self.folder = folder }

    /// What was printed, in the notation.
    mutating func written(_ text: String) -> String {
        var text = text.replacing(folder + "/", with: "").replacing("\u{1B}", with: "<ESC>")
        text = numbered(text, "sha256:", #/sha256:(?<id>[0-9a-f]{64})/#)
        text = numbered(text, "gaara1-", #/gaara1-(?<id>[0-9a-f]{8}-[0-9a-f]{48})/#)
        text = numbered(text, "key/", #/key/(?<id>[0-9a-f]{8}-[0-9a-f-]{27})/#)
        text.replace(#/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/#, with: "{id}")
        return text
    }

    /// A command line with what its numbers stand for.
    func read(_ text: String) -> String {
        var text = text
        for (id, number) in numbers["sha256:"] ?? [:] {
            text = text.replacing("sha256:{\(number)}", with: "sha256:\(id)")
        }
        return text
    }

    private mutating func numbered(
        _ text: String, _ prefix: String, _ pattern: Regex<(Substring, id: Substring)>
    ) -> String {
        var known = numbers[prefix] ?? [:]
        let result = text.replacing(pattern) { match in
            let id = String(match.output.id)
            let number = known[id] ?? known.count + 1
            known[id] = number
            return "\(prefix){\(number)}"
        }
        numbers[prefix] = known
        return result
    }
}
