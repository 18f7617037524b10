/// How a resolver finds secrets.
public struct ResolverSettings: Sendable {
    /// Where the program runs, which decides what is read.
    public var environment: DeploymentEnvironment
    /// The first part of every secret's name in Secrets Manager.
    public var application: String
    /// Seconds that a value is used after it was fetched; 0 keeps none.
    public var cacheTTL: Int
    /// Variables of secrets whose variable is not the one that follows from their name.
    public var aliases: [SecretName: String]
    /// The file that `development` reads, beside the process environment.
    public var dotEnvPath: String
    /// The region of Secrets Manager; `nil` is what the environment or the profile says.
    public var region: String?
    /// Whether production may be read from an endpoint that says that it is a sandbox.
    public var allowsSandbox: Bool
    /// Who is told what should be mended though it works; `nil` tells nobody.
    public var observer: (any SecretObserver)?

    /// The roles that the plan lets read this environment, where a file of names has told them.
    package var readers: [String]
    package var profile: String?
    package var endpointURL: String?
    package let processEnvironment: ProcessVariables

    /// The defaults for an environment.
    ///
    /// - Parameter processEnvironment: all variables that may be looked at: for secrets in
    ///   development, for credentials and AWS's settings elsewhere.
    public init(environment: DeploymentEnvironment, processEnvironment: [String: String] = [:]) {
        self.environment = environment
        self.processEnvironment = ProcessVariables(values: processEnvironment)
        application = "gaara-store"
        cacheTTL = 300
        aliases = [:]
        dotEnvPath = "./.env"
        allowsSandbox = false
        readers = []
    }
}

/// The environment of a process, which may hold secrets and so does not print.
package struct ProcessVariables: Sendable, CustomStringConvertible, CustomReflectable {
    package let values: [String: String]

    package var description: String { "\(values.count) variables" }
    package var customMirror: Mirror { Mirror(self, children: []) }
}
