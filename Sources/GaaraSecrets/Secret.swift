/// A value with its name and where it came from; it prints without the value.
public struct Secret: Sendable, CustomStringConvertible {
    /// The name that was asked for.
    public let name: SecretName
    /// The value itself.
    public let value: SecretValue
    /// Where it was found.
    public let origin: Origin
    /// Secrets Manager's id of the version; `nil` from any other place.
    public let versionID: String?

    package init(
        name: SecretName, value: SecretValue, origin: Origin, versionID: String? = nil
    ) {
        self.name = name
        self.value = value
        self.origin = origin
        self.versionID = versionID
    }

    /// A place that a value can come from.
    public enum Origin: Hashable, Sendable, CustomStringConvertible {
        /// The secret's whole name and its region.
        case secretsManager(path: String, region: String)
        /// A variable of the process environment.
        case processEnvironment(variable: String)
        /// A line of a `.env` file.
        case dotEnv(path: String, line: Int)
        /// What the caller gave for a secret that is not there.
        case defaultValue

        /// `gaara-store/production/database-url in us-east-1`, for logs.
        public var description: String {
            switch self {
            case .secretsManager(let path, let region): "\(path) in \(region)"
            case .processEnvironment(let variable): "environment variable \(variable)"
            case .dotEnv(let path, let line): "\(path):\(line)"
            case .defaultValue: "the default"
            }
        }
    }

    /// `database-url from gaara-store/production/database-url in us-east-1`, for logs.
    public var description: String { "\(name) from \(origin)" }
}
