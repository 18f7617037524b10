internal import POSIX

/// What a developer's machine has: the process environment, which wins, then one `.env` file.
///
/// The file is read anew each time, so that an edit counts as soon as the cache lets go.
package struct DotEnvSource: SecretSource {
    private let path: String
    private let environment: ProcessVariables
    private let aliases: [SecretName: String]

    package var usesAWS: Bool { false }

    package init(_ settings: ResolverSettings) {
        path = settings.dotEnvPath
        environment = settings.processEnvironment
        aliases = settings.aliases
    }

    package func fetch(_ name: SecretName) async throws(SecretError) -> Secret {
        let variable = aliases[name] ?? name.variable
        if let value = environment.values[variable] {
            return Secret(
                name: name, value: SecretValue(string: value),
                origin: .processEnvironment(variable: variable))
        }
        let outcome: String
        if let file = try read() {
            if let entry = file[variable], let value = entry.value {
                return Secret(
                    name: name, value: value,
                    origin: .dotEnv(path: path, line: entry.keyPlace.line))
            }
            outcome = file[variable] == nil ? "no \(variable)" : "\(variable) has no value"
        } else {
            outcome = "no such file"
        }
        throw .notFound(
            name, hint: "add a line \(variable)=... to \(path), or: export \(variable)=...",
            searched: [
                SecretError.Search("environment variable \(variable)", "not set"),
                SecretError.Search(path, outcome),
            ])
    }

    /// The file as `load_dotenv()` would read it; `nil` where there is none.
    private func read() throws(SecretError) -> DotEnv? {
        var text: [UInt8]
        do {
            text = try File.read(path, maximumBytes: 1 << 20, options: [.followLinks, .pipes])
        } catch {
            if error.isNotFound { return nil }
            throw SecretError(.configuration, "\(error)", hint: "chmod u+r \(path)")
        }
        defer { ProtectedBytes.wipe(&text) }
        let file = DotEnv(
            reading: text, environment: environment.values, precedence: .environment)
        guard let first = file.errors.first else { return file }
        let errors = file.errors.map { "\(path):\($0)" }.joined(separator: "; ")
        throw SecretError(.configuration, errors, hint: first.hint)
    }
}
