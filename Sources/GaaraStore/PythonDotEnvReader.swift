internal import POSIX

/// Reads a text as python-dotenv 1.2.4 does (its modules parser, variables and main), statement by
/// statement, and keeps an error for each that it would drop with a warning.
struct PythonDotEnvReader {
    private(set) var entries: [DotEnv.Entry] = []
    private(set) var errors: [DotEnv.Remark] = []
    private(set) var notes: [DotEnv.Remark] = []

    /// Bytes of text that are read: room for sixteen values of the largest size that AWS takes.
    static let maximumBytes = 1 << 20

    private var text: DotEnvText
    private var names: Interpolation
    private var firstPlaces: [String: DotEnv.Place] = [:]

    init(_ bytes: [UInt8], names: Interpolation) {
        text = DotEnvText(bytes)
        self.names = names
    }

    mutating func readAll() {
        guard isText() else { return }
        while !text.isAtEnd {
            do throws(DotEnv.Remark) {
                if let statement = try text.readStatement() {
                    add(statement)
                }
            } catch {
                errors.append(error)
            }
            text.skipLine()
        }
    }

    private mutating func error(
        _ code: String, _ message: String, hint: String, at place: DotEnv.Place
    ) {
        errors.append(DotEnv.Remark(code: code, message: message, hint: hint, place: place))
    }

    private mutating func isText() -> Bool {
        guard text.bytes.count <= Self.maximumBytes else {
            error(
                "too-large", "the text has more than \(Self.maximumBytes) bytes",
                hint: "check that this is the right file", at: text.place)
            return false
        }
        if let offset = text.firstInvalidOffset() {
            error(
                "encoding", "the text is not UTF-8", hint: "save the file as UTF-8",
                at: place(of: offset))
            return false
        }
        if let offset = text.bytes.firstIndex(of: 0) {
            error(
                "nul", "a NUL byte stands in the text", hint: "remove it; no variable can hold one",
                at: place(of: offset))
        }
        return true
    }

    private func place(of offset: Int) -> DotEnv.Place {
        var ahead = text
        ahead.move(to: offset)
        return ahead.place
    }
}

extension PythonDotEnvReader {
    private mutating func add(_ statement: PythonDotEnvStatement) {
        let key = statement.key
        if !DotEnv.isVariableName(key.name) {
            error(
                "key", "this name can be no environment variable",
                hint: "begin with a letter or _, then letters, digits and _", at: key.place)
        } else if let first = firstPlaces[key.name] {
            notes.append(
                DotEnv.Remark(
                    code: "duplicate-key",
                    message: "\(key.name) stands here again, and this counts",
                    hint: "it stands first at line \(first.line); remove one", place: key.place))
        }
        firstPlaces[key.name] = firstPlaces[key.name] ?? key.place

        let resolved = statement.value.flatMap { resolve($0) }
        names.assign(key.name, resolved?.value)
        let range = statement.value?.range
        entries.append(
            DotEnv.Entry(
                key: key.name, value: resolved?.value, keyPlace: key.place,
                valuePlace: statement.value?.place, quoting: statement.value?.quoting ?? .none,
                isExported: key.isExported, isInterpolated: resolved?.isInterpolated ?? false,
                statement: key.start..<(range?.upperBound ?? key.end), rawValue: range))
    }

    private mutating func resolve(_ raw: PythonDotEnvStatement.Value) -> Interpolation.Result? {
        do throws(Interpolation.TooLarge) {
            let result = try names.resolve(raw.bytes)
            if result.namesUnsetVariable {
                // The name may be a piece of a password; the place is enough.
                notes.append(
                    DotEnv.Remark(
                        code: "unset-variable",
                        message: "a ${...} in this value names nothing that is set, and is empty",
                        hint: "set it above this line, or remove the reference", place: raw.place))
            }
            return result
        } catch {
            errors.append(
                DotEnv.Remark(
                    code: "too-large", message: "the values that ${...} makes are too large",
                    hint: "write the value out", place: raw.place))
            return nil
        }
    }
}
