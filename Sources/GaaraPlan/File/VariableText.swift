/// `${name}` in a text of a plan: nothing but names, no nesting, no conditions.
enum VariableText {
    enum Fault: Error {
        /// `${` without `}`, or with something in between that is no name.
        case broken(String)
        case unknown(String)
        /// The filled texts of the plan are too long together.
        case tooLong
    }

    /// Whether `text` holds a variable or an escaped `$${`.
    static func isUsed(in text: String) -> Bool {
        zip(text.utf8, text.utf8.dropFirst()).contains { $0 == 0x24 && $1 == 0x7B }
    }

    /// Whether `text` holds a variable, not only the literal `$${`.
    static func names(in text: String) -> Bool {
        do throws(Fault) {
            _ = try fill(text, from: [:])
            return false
        } catch {
            return true
        }
    }

    /// `text` with every `${name}` replaced by its value and every `$${` by `${`.
    ///
    /// - Parameter limit: bytes that the result has at most; a long value that is named often
    ///   would otherwise grow to gigabytes.
    static func fill(
        _ text: String, from values: [String: String], limit: Int = .max
    ) throws(Fault) -> String {
        var result = ""
        var rest = Substring(text)
        while let dollar = rest.firstIndex(of: "$") {
            result += rest[..<dollar]
            rest = rest[dollar...]
            if rest.hasPrefix("$${") {
                result += "${"
                rest = rest.dropFirst(3)
            } else if rest.hasPrefix("${") {
                guard let end = rest.firstIndex(of: "}") else {
                    throw .broken(String(rest.prefix(24)))
                }
                let name = String(rest[..<end].dropFirst(2))
                guard TextForm.variableName.pattern?.matches(name) == true else {
                    throw .broken(String(rest[...end]))
                }
                guard let value = values[name] else { throw .unknown(name) }
                guard result.utf8.count + value.utf8.count <= limit else { throw .tooLong }
                result += value
                rest = rest[end...].dropFirst()
            } else {
                result += "$"
                rest = rest.dropFirst()
            }
        }
        return result + rest
    }
}
