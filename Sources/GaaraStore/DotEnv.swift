/// A `.env` file as one loader reads it, with the place of everything in it.
///
/// There is no grammar of such files, so a `Dialect` names the loader. Nothing in the text is ever
/// executed. What that loader would drop with a warning is an error here: nothing is lost silently.
public struct DotEnv: Sendable {
    /// Whose reading it is.
    public enum Dialect: String, Sendable, CaseIterable {
        /// Python's `dotenv` package, 1.2.4, reading a file as UTF-8.
        case pythonDotenv = "python-dotenv"
    }

    /// Which of two values `${NAME}` means when both the file and the environment have one.
    public enum Precedence: Sendable {
        /// The file's, as `dotenv_values()` and `load_dotenv(override=True)` have it.
        case file
        /// The environment's, as `load_dotenv()` has it.
        case environment
    }

    /// Every assignment in the order of the text; of a key that stands twice, both.
    public let entries: [Entry]
    /// What makes the file unusable, in the order of the places.
    ///
    /// A caller refuses the file when this is not empty: the entries beside it are what the loader
    /// would still see.
    public let errors: [Remark]
    /// What is odd and has a meaning: a repeated key, `${NAME}` of a variable that is not set.
    public let notes: [Remark]
    /// Where the last assignment of each key stands in `entries`.
    private let positions: Positions

    /// Reads the whole text.
    ///
    /// - Parameters:
    ///   - text: UTF-8, with or without byte order mark, with LF, CRLF or CR. The caller wipes it.
    ///   - environment: what `${NAME}` may stand for beside the file's own keys.
    ///   - precedence: which of the two counts when both have the name.
    public init(
        reading text: [UInt8], dialect: Dialect = .pythonDotenv,
        environment: [String: String] = [:], precedence: Precedence = .file
    ) {
        switch dialect {
        case .pythonDotenv:
            var reader = PythonDotEnvReader(
                text, names: Interpolation(environment: environment, precedence: precedence))
            reader.readAll()
            entries = reader.entries
            errors = reader.errors.sorted { $0.place < $1.place }
            notes = reader.notes
        }
        positions = Positions(entries)
    }

    /// The assignment that counts for `key`, which is the last; `nil` where there is none.
    public subscript(key: String) -> Entry? {
        positions.last[key].map { entries[$0] }
    }

    /// The keys in the order in which they first stand, each once.
    public var keys: [String] {
        var seen: Set<String> = []
        return entries.map(\.key).filter { seen.insert($0).inserted }
    }
}

extension DotEnv {
    /// An index that prints without its keys, which may be no names (see `Entry.description`).
    private struct Positions: Sendable, CustomStringConvertible, CustomReflectable {
        let last: [String: Int]

        init(_ entries: [Entry]) {
            last = Dictionary(
                zip(entries.lazy.map(\.key), entries.indices), uniquingKeysWith: { $1 })
        }

        var description: String { "\(last.count) keys" }

        var customMirror: Mirror { Mirror(self, children: []) }
    }

    /// A place in the text: line and column from 1, columns in characters (Unicode scalars).
    public struct Place: Hashable, Sendable, Comparable, CustomStringConvertible {
        /// From 1.
        public let line: Int
        /// From 1; a byte order mark does not count.
        public let column: Int

        /// `12:5`.
        public var description: String { "\(line):\(column)" }

        /// Reading order.
        public static func < (a: Place, b: Place) -> Bool {
            (a.line, a.column) < (b.line, b.column)
        }
    }

    /// How the value stands in the text.
    public enum Quoting: String, Sendable {
        /// Bare, up to a comment or the end of the line; an empty value too.
        case none
        /// In `'`, where only `\\` and `\'` are escapes.
        case single
        /// In `"`, with the escapes of C.
        case double
    }

    /// One assignment, which prints without its value.
    public struct Entry: Sendable, CustomStringConvertible, CustomReflectable {
        /// The name, without `export` and quotes.
        public let key: String
        /// The value as the loader gives it; `nil` for a key without `=`, which sets nothing.
        public let value: SecretValue?
        /// Where the key begins.
        public let keyPlace: Place
        /// Where the value begins, its quote included; `nil` for a key without `=`.
        public let valuePlace: Place?
        /// How the value was written.
        public let quoting: Quoting
        /// Whether `export` stands before the key.
        public let isExported: Bool
        /// Whether a `${NAME}` in the text was replaced.
        public let isInterpolated: Bool
        /// The bytes of the text from `export` or the key to the end of the value, without comment
        /// and line break.
        public let statement: Range<Int>
        /// The bytes of the text that are the value, its quotes included; `nil` without `=`.
        public let rawValue: Range<Int>?

        /// `DATABASE_URL at 3:1`; a key that is no name may be a line of a private key, and is left
        /// out.
        public var description: String {
            DotEnv.isVariableName(key) ? "\(key) at \(keyPlace)" : "no name at \(keyPlace)"
        }

        /// Without children, so that `dump` shows no more than `description`.
        public var customMirror: Mirror { Mirror(self, children: []) }
    }

    /// One thing that is wrong or odd, at its place.
    ///
    /// It never quotes a value, nor a key that is no name: a line of a private key can look like
    /// one.
    public struct Remark: Error, Hashable, Sendable, CustomStringConvertible {
        /// A stable word, such as `unterminated-quote`.
        public let code: String
        /// What is wrong: lower case, no full stop.
        public let message: String
        /// What to do about it.
        public let hint: String
        /// Where.
        public let place: Place

        /// `3:7: the quote that opens here is never closed`.
        public var description: String { "\(place): \(message)" }
    }
}

extension DotEnv {
    /// Whether an environment variable can have that name: ASCII letters, digits and `_`, not
    /// beginning with a digit (POSIX.1-2017, Base Definitions 8.1, with lower case allowed).
    static func isVariableName(_ name: String) -> Bool {
        let bytes = name.utf8
        guard let first = bytes.first, !(UInt8(ascii: "0")...UInt8(ascii: "9")).contains(first)
        else { return false }
        return bytes.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"):
                true
            default: false
            }
        }
    }
}
