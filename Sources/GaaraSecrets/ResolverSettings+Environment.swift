internal import POSIX

extension ResolverSettings {
    /// The settings that the environment gives: `ENVIRONMENT`, `GAARA_ENVIRONMENTS`,
    /// `GAARA_APPLICATION`, `GAARA_NAMES` and `SECRET_CACHE_TTL`.
    ///
    /// A variable that is empty is not set. One error names everything that is wrong. `AWS_REGION`
    /// and what else belongs to AWS is looked at when the resolver is made.
    public init(processEnvironment: [String: String]) throws(SecretError) {
        let reader = EnvironmentReader(variables: processEnvironment)
        var problems: [SecretError] = []
        func collect<Value>(
            _ read: () throws(SecretError) -> Value, or fallback: Value
        ) -> Value {
            do throws(SecretError) {
                return try read()
            } catch {
                problems.append(error)
                return fallback
            }
        }
        self.init(
            environment: collect(reader.environment, or: .production),
            processEnvironment: processEnvironment)
        let asked = collect(reader.application, or: nil)
        let names = collect(reader.names, or: nil)
        application = asked ?? names?.application ?? application
        cacheTTL = collect({ () throws(SecretError) in try reader.cacheTTL() ?? 300 }, or: 300)
        aliases = names?.variables ?? [:]
        readers = names?.readers(of: environment) ?? []
        if let names, names.application != application {
            problems.append(
                SecretError(
                    .configuration,
                    "GAARA_NAMES is of application \(names.application), not of \(application)",
                    hint: "export GAARA_APPLICATION=\(names.application)"))
        }
        guard let first = problems.first else { return }
        throw SecretError(
            .configuration, problems.map(\.message).joined(separator: "; "), hint: first.hint)
    }
}

/// Reads the library's own variables one by one.
private struct EnvironmentReader {
    let variables: [String: String]

    private func value(_ name: String) -> String? {
        variables[name].flatMap { $0.isEmpty ? nil : $0 }
    }

    func environment() throws(SecretError) -> DeploymentEnvironment {
        let known: [DeploymentEnvironment] = [.development, .staging, .production]
        let all = try known + moreEnvironments()
        let words = all.map(\.name).joined(separator: ", ")
        guard let word = value("ENVIRONMENT") else {
            throw SecretError(
                .configuration, "ENVIRONMENT is not set; it is one of \(words)",
                hint: "export ENVIRONMENT=development")
        }
        guard let environment = all.first(where: { $0.name == word }) else {
            throw SecretError(
                .configuration, "ENVIRONMENT is none of \(words)",
                hint: "add a word of your own to GAARA_ENVIRONMENTS")
        }
        return environment
    }

    private func moreEnvironments() throws(SecretError) -> [DeploymentEnvironment] {
        var environments: [DeploymentEnvironment] = []
        for word in (value("GAARA_ENVIRONMENTS") ?? "").split(whereSeparator: { ", ".contains($0) })
        {
            guard let environment = DeploymentEnvironment(String(word)) else {
                throw SecretError(
                    .configuration,
                    "GAARA_ENVIRONMENTS has a word that is no lower-case name of an environment",
                    hint: "separate words like qa and eu-staging by commas")
            }
            environments.append(environment)
        }
        return environments
    }

    func application() throws(SecretError) -> String? {
        guard let text = value("GAARA_APPLICATION") else { return nil }
        guard (try? SecretName(validating: text)) != nil else {
            throw SecretError(
                .configuration, "GAARA_APPLICATION cannot begin a secret's name",
                hint: "letters, digits and / _ + = . @ - are allowed")
        }
        return text
    }

    func cacheTTL() throws(SecretError) -> Int? {
        guard let text = value("SECRET_CACHE_TTL") else { return nil }
        // A day is the longest that makes sense, and a number of milliseconds is no day.
        guard text.utf8.allSatisfy((UInt8(ascii: "0")...UInt8(ascii: "9")).contains),
            let seconds = Int(text), seconds <= 86_400
        else {
            throw SecretError(
                .configuration, "SECRET_CACHE_TTL is not a number of seconds from 0 to 86400",
                hint: "export SECRET_CACHE_TTL=300")
        }
        return seconds
    }

    func names() throws(SecretError) -> NamesFile? {
        guard let path = value("GAARA_NAMES") else { return nil }
        let bytes: [UInt8]
        do {
            bytes = try File.read(path, maximumBytes: 1 << 20, options: [.followLinks, .pipes])
        } catch {
            throw SecretError(
                .configuration, "GAARA_NAMES: \(error)",
                hint: "gaara-infra validate PLAN --names \(path)")
        }
        return try NamesFile(bytes, path: path)
    }
}
