internal import Digest
internal import JSON
internal import POSIX

/// Credentials that `aws login` left in its cache, used until they end.
///
/// Renewing them takes a signed proof of possession (DPoP) to the sign-in service; that is left to
/// the AWS CLI, and the error says how.
package struct LoginCredentials: CredentialProvider {
    private let session: String
    private let profile: String
    private let context: CredentialContext

    /// - Parameter session: the profile's `login_session`, an ARN.
    package init(session: String, profile: String, _ context: CredentialContext) {
        self.session = session
        self.profile = profile
        self.context = context
    }

    package func credentials() async throws(CredentialError) -> Credentials {
        let path = try self.path()
        let bytes: [UInt8]?
        do {
            bytes = try context.files.read(path, maximumBytes: 1 << 20)
        } catch {
            throw .unusable("profile \(profile): \(error)")
        }
        guard let bytes else {
            throw .unusable("nobody is logged in as profile \(profile): run '\(login)'")
        }
        let credentials: Credentials
        do {
            credentials = try Self.read(bytes, source: "aws login of profile \(profile)")
        } catch {
            throw .unusable(
                "cannot use \(path.shown(atMost: 200)): \(error.reason): run '\(login)'")
        }
        if let end = credentials.expiration, end <= context.time.secondsSince1970() {
            throw .unusable(
                "the login of profile \(profile) ended at \(SSOToken.text(end)): run '\(login)'")
        }
        return credentials
    }

    private var login: String { "aws login --profile \(profile)" }

    /// The SHA-256 of the session names the file (botocore 1.44.5 `generate_login_cache_key`).
    private func path() throws(CredentialError) -> String {
        let name = Hex.encode(SHA256.hash(Array(session.utf8))) + ".json"
        let folder = blankIsUnset(context.environment["AWS_LOGIN_CACHE_DIRECTORY"])
        if let folder, !folder.hasPrefix("~/") { return "\(folder)/\(name)" }
        guard let home = blankIsUnset(context.environment["HOME"]) else {
            throw .unusable("profile \(profile): HOME is not set, so ~/.aws/login/cache is nowhere")
        }
        return "\(home)\((folder ?? "~/.aws/login/cache").dropFirst())/\(name)"
    }

    private static func read(
        _ bytes: [UInt8], source: String
    ) throws(MalformedAnswer) -> Credentials {
        let value: JSON
        do {
            value = try JSON(parsing: bytes, limits: JSONLimits(depth: 16))
        } catch {
            throw MalformedAnswer("it is not JSON, at \(error)")
        }
        guard let object = value.object else { throw MalformedAnswer("it is not a JSON object") }
        let token = try JSONAnswer(object).answer("accessToken")
        guard let end = ISO8601.seconds(try token.string("expiresAt")) else {
            throw MalformedAnswer("accessToken.expiresAt is not a time in UTC")
        }
        return Credentials(
            accessKeyID: try token.nonEmpty("accessKeyId"),
            secretAccessKey: try token.nonEmpty("secretAccessKey"),
            sessionToken: try token.nonEmpty("sessionToken"),
            accountID: blankIsUnset(try token.stringIfPresent("accountId")),
            expiration: Int64(end), source: source)
    }
}
