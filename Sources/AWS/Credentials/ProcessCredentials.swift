internal import JSON
internal import POSIX

/// Credentials that a program prints, which a profile's `credential_process` names.
///
/// The line is cut into words as a shell would and no shell runs, as with the AWS CLI. Its words
/// may hold secrets: no message has any but the program's name.
package struct ProcessCredentials: CredentialProvider {
    private let command: String
    private let accountID: String?
    private let profile: String
    private let context: CredentialContext

    /// - Parameter accountID: for programs that do not say it.
    package init(
        command: String, accountID: String?, profile: String, _ context: CredentialContext
    ) {
        self.command = command
        self.accountID = accountID
        self.profile = profile
        self.context = context
    }

    // As aws-sdk-go-v2 `credentials/processcreds`: one minute.
    private static let timeLimit = 60_000
    private static let maximumOutput = 64 << 10

    package func credentials() async throws(CredentialError) -> Credentials {
        let place = "profile \(profile): its credential_process"
        let words: [String]
        do {
            words = try ShellWords.split(command)
        } catch {
            throw .unusable("\(place) cannot be run: \(error.reason)")
        }
        let program = Self.bounded(words.first ?? "", limit: 80)
        let child = ChildProcess(
            words, environment: Self.environment(context.environment),
            errorOutput: .capture(maximumBytes: 4 << 10), maximumOutput: Self.maximumOutput,
            timeLimit: Self.timeLimit)
        let outcome: ChildProcess.Outcome
        do {
            outcome = try await context.run(child)
        } catch {
            throw .unusable("\(place) cannot be run: \(program): \(error.reason)")
        }
        var output = outcome.output
        defer { ProtectedBytes.wipe(&output) }
        guard outcome.isSuccess else {
            throw .unusable(
                "\(place) \(program) \(outcome.ending.clause)\(Self.complaint(outcome))")
        }
        do {
            return try read(output)
        } catch {
            throw .unusable(
                "\(place) \(program) printed no credentials: \(error.reason)"
                    + Self.complaint(outcome))
        }
    }

    /// AWS SDKs and Tools Reference Guide, "Process credential provider".
    private func read(_ output: [UInt8]) throws(MalformedAnswer) -> Credentials {
        guard let object = (try? JSON(parsing: output))?.object else {
            throw MalformedAnswer("the output is not a JSON object")
        }
        let answer = JSONAnswer(object)
        guard try answer.int("Version") == 1 else { throw MalformedAnswer("Version is not 1") }
        var expiration: Int64?
        if let text = try answer.stringIfPresent("Expiration") {
            guard let seconds = ISO8601.seconds(text) else {
                throw MalformedAnswer("Expiration is not an ISO 8601 time")
            }
            expiration = Int64(seconds)
        }
        let id = try answer.string("AccessKeyId")
        let secret = try answer.string("SecretAccessKey")
        guard blankIsUnset(id) != nil, blankIsUnset(secret) != nil else {
            throw MalformedAnswer("AccessKeyId or SecretAccessKey is empty")
        }
        return Credentials(
            accessKeyID: id, secretAccessKey: secret,
            sessionToken: blankIsUnset(try answer.stringIfPresent("SessionToken")),
            accountID: blankIsUnset(try answer.stringIfPresent("AccountId")) ?? accountID,
            expiration: expiration, source: "credential_process of profile \(profile)")
    }

    /// What the program said on standard error, fit for one line.
    private static func complaint(_ outcome: ChildProcess.Outcome) -> String {
        let text = bounded(String(decoding: outcome.errorOutput, as: UTF8.self), limit: 300)
        return text.isEmpty ? "" : "; it says: \(text)"
    }

    private static func bounded(_ text: String, limit: Int) -> String {
        let words = text.split { $0.isWhitespace }.joined(separator: " ")
        let escaped = Terminal.escaped(words)
        return escaped.count > limit ? escaped.prefix(limit) + "..." : escaped
    }
}

extension ProcessCredentials {
    /// What of our environment the program gets: enough to find its files, its keyring, its
    /// terminal and its proxy, and no credentials of ours.
    static func environment(_ environment: [String: String]) -> [String: String] {
        environment.filter { name, _ in
            if names.contains(name) { return true }
            guard prefixes.contains(where: { name.hasPrefix($0) }) else { return false }
            return name.hasSuffix("_FILE") || !marksOfSecrets.contains { name.contains($0) }
        }
    }

    private static let names: Set<String> = [
        "PATH", "HOME", "USER", "LOGNAME", "LANG", "TZ", "TERM", "TMPDIR", "DISPLAY",
        "WAYLAND_DISPLAY", "DBUS_SESSION_BUS_ADDRESS", "SSH_AUTH_SOCK", "GNUPGHOME", "GPG_TTY",
        "http_proxy", "https_proxy", "all_proxy", "no_proxy", "HTTPS_PROXY", "ALL_PROXY",
        "NO_PROXY", "SSL_CERT_FILE", "SSL_CERT_DIR",
    ]
    private static let prefixes = ["AWS_", "LC_", "XDG_"]
    private static let marksOfSecrets = ["KEY", "SECRET", "TOKEN", "PASS"]
}

extension ChildProcess.Ending {
    fileprivate var clause: String {
        switch self {
        case .exited(let status): "ended with status \(status)"
        case .signalled(let signal): "was ended by signal \(signal)"
        case .timedOut: "did not end within a minute and was stopped"
        case .tooMuchOutput: "printed more than 64 KiB and was stopped"
        }
    }
}
