/// Where a program runs: it decides which secrets it sees.
///
/// `development` reads `.env`; every other environment reads Secrets Manager.
public struct DeploymentEnvironment: Hashable, Sendable, CustomStringConvertible {
    /// The lower-case word, such as `production`.
    public let name: String

    /// A lower-case word of ASCII letters, digits and hyphens, at most 32, beginning with a letter;
    /// `nil` for any other text.
    public init?(_ name: String) {
        let bytes = name.utf8
        let letters = UInt8(ascii: "a")...UInt8(ascii: "z")
        let digits = UInt8(ascii: "0")...UInt8(ascii: "9")
        guard let first = bytes.first, letters.contains(first), bytes.count <= 32,
            bytes.allSatisfy({
                letters.contains($0) || digits.contains($0) || $0 == UInt8(ascii: "-")
            })
        else { return nil }
        self.name = name
    }

    /// A developer's own machine: `.env` and the process environment, never AWS.
    public static let development = DeploymentEnvironment(known: "development")
    /// The rehearsal of production, with secrets of its own.
    public static let staging = DeploymentEnvironment(known: "staging")
    /// Where customers are.
    public static let production = DeploymentEnvironment(known: "production")

    /// The word itself.
    public var description: String { name }

    private init(known name: String) { self.name = name }
}
