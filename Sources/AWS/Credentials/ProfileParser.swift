/// Reads the text of `~/.aws/config` or `~/.aws/credentials`, by the rules that the SDKs share
/// (smithy-rs `aws-runtime` test data, `profile-parser-tests.json`).
///
/// Anything that is not well formed is an error with its line. A section or a property with a name
/// that no SDK would use is ignored, as they do.
struct ProfileParser {
    enum Kind { case config, credentials }

    struct Sections {
        var profiles: [String: [String: String]] = [:]
        var ssoSessions: [String: [String: String]] = [:]
        var services: [String: [String: String]] = [:]
        /// `[default]` of the config file, which `[profile default]` hides.
        var bareDefault: [String: String]?
    }

    struct Fault: Error, Hashable {
        let line: Int
        let code: Code

        enum Code: String, Error {
            case profileUnterminated = "profile-unterminated"
            case propertyOutsideProfile = "property-outside-profile"
            case propertyNoEquals = "property-no-equals"
            case propertyEmptyName = "property-empty-name"
            case continuationWithoutProperty = "continuation-without-property"
            case subPropertyNoEquals = "sub-property-no-equals"
            case subPropertyEmptyName = "sub-property-empty-name"
        }

        var reason: String {
            switch code {
            case .profileUnterminated: "a section's name does not end with ]"
            case .propertyOutsideProfile: "a property stands before any section"
            case .propertyNoEquals: "a property has no equals sign"
            case .propertyEmptyName: "a property has no name"
            case .continuationWithoutProperty: "an indented line continues no property"
            case .subPropertyNoEquals: "a property of a property has no equals sign"
            case .subPropertyEmptyName: "a property of a property has no name"
            }
        }
    }

    private enum Section {
        case profile(String), ssoSession(String), services(String), bareDefault, ignored
    }

    private let kind: Kind
    private var sections = Sections()
    private var section: Section?
    /// The property that an indented line continues; an empty name for one that is ignored.
    private var property: (name: String, value: String)?

    static func parse(_ text: String, as kind: Kind) throws(Fault) -> Sections {
        var parser = ProfileParser(kind: kind)
        // CR LF is one Character, so lines are cut in the bytes.
        let lines = text.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        for (index, line) in lines.enumerated() {
            do {
                try parser.read(String(Substring(line)))
            } catch {
                throw Fault(line: index + 1, code: error)
            }
        }
        parser.finishProperty()
        if parser.sections.profiles["default"] == nil {
            parser.sections.profiles["default"] = parser.sections.bareDefault
        }
        return parser.sections
    }

    private init(kind: Kind) { self.kind = kind }

    private mutating func read(_ line: String) throws(Fault.Code) {
        let trimmed = Self.trimmed(line[...])
        guard let first = line.first, !trimmed.isEmpty, first != "#", first != ";" else { return }
        if Self.isBlank(first) {
            try readContinuation(trimmed)
        } else if first == "[" {
            finishProperty()
            try readSection(line)
        } else {
            finishProperty()
            try readProperty(line)
        }
    }

    private mutating func readSection(_ line: String) throws(Fault.Code) {
        // What follows the name may be a comment, with no space before it.
        let content = line.prefix { $0 != "#" && $0 != ";" }
        guard let end = content.firstIndex(of: "]") else { throw .profileUnterminated }
        let header = Self.trimmed(content[content.index(after: content.startIndex)..<end])
        let words = header.split(maxSplits: 1, whereSeparator: Self.isBlank).map {
            String(Self.trimmed($0))
        }
        let name = words.last ?? ""
        switch (kind, words.count, words.first) {
        case (.credentials, 1, _) where Self.isName(name): section = .profile(name)
        case (.config, 1, "default"): section = .bareDefault
        case (.config, 2, "profile") where Self.isName(name): section = .profile(name)
        case (.config, 2, "sso-session") where Self.isName(name): section = .ssoSession(name)
        case (.config, 2, "services") where Self.isName(name): section = .services(name)
        default: section = .ignored
        }
        update { _ in }
    }

    private mutating func readProperty(_ line: String) throws(Fault.Code) {
        guard section != nil else { throw .propertyOutsideProfile }
        guard let equals = line.firstIndex(of: "=") else { throw .propertyNoEquals }
        let name = Self.trimmed(line[..<equals])
        guard !name.isEmpty else { throw .propertyEmptyName }
        let value = Self.withoutComment(line[line.index(after: equals)...])
        property = (Self.isName(name) ? name.lowercased() : "", String(Self.trimmed(value)))
    }

    private mutating func readContinuation(_ text: Substring) throws(Fault.Code) {
        guard section != nil else { throw .propertyOutsideProfile }
        guard let (name, value) = property else { throw .continuationWithoutProperty }
        // A property without a value of its own holds properties.
        if value.isEmpty || value.hasPrefix("\n") {
            guard let equals = text.firstIndex(of: "=") else { throw .subPropertyNoEquals }
            guard equals != text.startIndex else { throw .subPropertyEmptyName }
        }
        property = (name, value + "\n" + text)
    }

    private mutating func finishProperty() {
        guard let (name, value) = property else { return }
        property = nil
        if !name.isEmpty { update { $0[name] = value } }
    }

    private mutating func update(_ change: (inout [String: String]) -> Void) {
        switch section {
        case .profile(let name): change(&sections.profiles[name, default: [:]])
        case .ssoSession(let name): change(&sections.ssoSessions[name, default: [:]])
        case .services(let name): change(&sections.services[name, default: [:]])
        case .bareDefault:
            var properties = sections.bareDefault ?? [:]
            change(&properties)
            sections.bareDefault = properties
        case .ignored, nil: break
        }
    }

    /// What stands before ` #` or ` ;`; without the space the sign belongs to the value.
    private static func withoutComment(_ text: Substring) -> Substring {
        var previousIsBlank = false
        for index in text.indices {
            let character = text[index]
            if previousIsBlank, character == "#" || character == ";" { return text[..<index] }
            previousIsBlank = isBlank(character)
        }
        return text
    }

    private static func isName(_ text: some StringProtocol) -> Bool {
        !text.isEmpty
            && text.utf8.allSatisfy {
                switch $0 {
                case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"),
                    UInt8(ascii: "0")...UInt8(ascii: "9"):
                    true
                default: Array("-_/.%@:+".utf8).contains($0)
                }
            }
    }

    private static func trimmed(_ text: Substring) -> Substring {
        var text = text.drop(while: isBlank)
        while let last = text.last, isBlank(last) { text.removeLast() }
        return text
    }

    private static func isBlank(_ character: Character) -> Bool {
        character == " " || character == "\t" || character == "\r"
    }
}
