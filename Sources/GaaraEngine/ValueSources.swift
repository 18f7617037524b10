internal import GaaraPlan
package import GaaraStore
internal import POSIX

/// The places that a plan may take values from, with the guards of design 5.11: a plan can come
/// from a pull request, so files stay under its folder and programs run only when allowed.
package struct ValueSources: Sendable {
    /// What the file given by `--env-file` defines; `nil` where none was given.
    package var envFile: [String: SecretValue]?
    package var environment: [String: String]
    /// The folder of the plan file.
    package var folder: String
    package var allowsCommands: Bool

    package init(
        envFile: [String: SecretValue]?, environment: [String: String], folder: String,
        allowsCommands: Bool
    ) {
        self.envFile = envFile
        self.environment = environment
        self.folder = folder
        self.allowsCommands = allowsCommands
    }

    /// Secrets Manager takes 1 to 65,536 bytes (botocore model, SecretStringType).
    private static let limit = 65_536
    private static let commandSeconds = 60
    /// The keys that we act with: a program that reads one value has no use for the account.
    private static let ownCredentials: Set<String> = [
        "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN", "AWS_SECURITY_TOKEN",
        "AWS_CONTAINER_AUTHORIZATION_TOKEN",
    ]

    /// The parts of the secret's value by field name; a value that is not made of fields has one
    /// part, named by the empty text.
    ///
    /// A part that is drawn at random is absent.
    func parts(of secret: Secret) throws(ValueGap) -> [String: SecretValue] {
        guard case .fields(let fields) = secret.value else {
            return try part(secret.value, variable: secret.variable).map { ["": $0] } ?? [:]
        }
        var parts: [String: SecretValue] = [:]
        for field in fields {
            guard case .value(let source) = field.source else { continue }
            parts[field.name] = try part(source, variable: field.variable)
        }
        return parts
    }

    private func part(
        _ source: ValueSource, variable: String
    ) throws(ValueGap) -> SecretValue? {
        let value: SecretValue
        switch source {
        case .generate, .external, .fields: return nil
        case .envFile: value = try inEnvFile(variable)
        case .environment: value = try inEnvironment(variable)
        case .file(let path, let binary): value = try inFile(path, binary: binary)
        case .command(let run): value = try output(of: run)
        }
        guard value.byteCount > 0 else {
            throw ValueGap("the value is empty, which Secrets Manager cannot store")
        }
        try Self.refuseTooLong(value)
        return value
    }

    static func refuseTooLong(_ value: SecretValue) throws(ValueGap) {
        guard value.byteCount <= limit else {
            throw ValueGap("the value has \(value.byteCount) bytes; \(limit) is the limit")
        }
    }

    private func inEnvFile(_ variable: String) throws(ValueGap) -> SecretValue {
        guard let envFile else { throw ValueGap("\(variable) comes from --env-file, not given") }
        guard let value = envFile[variable] else {
            throw ValueGap("\(variable) is not in the file given by --env-file")
        }
        return value
    }

    private func inEnvironment(_ variable: String) throws(ValueGap) -> SecretValue {
        guard let text = environment[variable] else {
            throw ValueGap("\(variable) is not in the environment")
        }
        return SecretValue(string: text)
    }

    private func inFile(_ path: String, binary: Bool) throws(ValueGap) -> SecretValue {
        var bytes: [UInt8]
        do {
            bytes = try File.readBeneath(
                folder: folder, relativePath: path, maximumBytes: Self.limit)
        } catch {
            throw ValueGap("\(error)")
        }
        if binary { return SecretValue(binary: bytes) }
        guard Self.isText(bytes) else {
            ProtectedBytes.wipe(&bytes)
            throw ValueGap("\(path) is not UTF-8; `binary: true` stores it as bytes")
        }
        return SecretValue(.string, bytes)
    }

    private func output(of run: [String]) throws(ValueGap) -> SecretValue {
        let program = run.first ?? ""
        guard allowsCommands else {
            throw ValueGap("it comes from the program \(program), which needs --allow-commands")
        }
        var bytes: [UInt8]
        do {
            let child = try ChildProcess(
                run, environment: environment.filter { !Self.ownCredentials.contains($0.key) },
                errorOutput: .discard, maximumOutput: Self.limit + 1,
                timeLimit: Self.commandSeconds * 1_000
            ).run()
            guard child.isSuccess else {
                throw ValueGap("the program \(program) did not succeed: \(child.ending)")
            }
            bytes = child.output
        } catch let gap as ValueGap {
            throw gap
        } catch {
            throw ValueGap("the program \(program) could not be run: \(error)")
        }
        if bytes.last == UInt8(ascii: "\n") { bytes.removeLast() }
        guard Self.isText(bytes) else {
            ProtectedBytes.wipe(&bytes)
            throw ValueGap("what the program \(program) printed is not UTF-8")
        }
        return SecretValue(.string, bytes)
    }

    private static func isText(_ bytes: [UInt8]) -> Bool {
        String(validating: bytes, as: UTF8.self) != nil
    }
}

/// Why a source gives no value.
struct ValueGap: Error {
    let reason: String

    init(_ reason: String) { self.reason = reason }
}
