internal import HTTP
internal import POSIX
internal import Synchronization

/// Credentials of a role of IAM Identity Center, for somebody who has run `aws sso login`.
///
/// Each call reads the token's file anew, since the AWS CLI may have written it meanwhile, and asks
/// the portal for the role's credentials.
package final class SSOCredentials: CredentialProvider {
    private let source: SSOSource
    private let context: CredentialContext
    private let state = Mutex(State())

    private struct State {
        /// When a renewal was tried last, on the monotonic clock.
        var lastRenewal: UInt64?
        /// The outcome, kept in case that the file cannot be written.
        var token: SSOToken?
    }

    /// Seconds before its end at which a token is renewed, and seconds between two tries (smithy-rs
    /// `sso/token.rs`).
    private static let renewalWindow: Int64 = 300
    private static let renewalPause: UInt64 = 30

    package init(_ source: SSOSource, _ context: CredentialContext) {
        self.source = source
        self.context = context
    }

    package func credentials() async throws(CredentialError) -> Credentials {
        guard Region.isValid(source.region) else {
            throw .unusable("sso_region of \(subject) is not a region's name, such as us-east-1")
        }
        let client = try self.client()
        let token = try await currentToken(client)
        let output: SSO.GetRoleCredentials.Output
        do {
            output = try await client.send(
                SSO.GetRoleCredentials(
                    roleName: source.roleName, accountID: source.accountID,
                    accessToken: token.accessToken))
        } catch {
            if error.status == 401 {
                throw .unusable("the sign-in of \(subject) is no longer valid: run '\(login)'")
            }
            throw .unusable("\(subject): \(role): \(error)")
        }
        return Credentials(
            accessKeyID: output.accessKeyID, secretAccessKey: output.secretAccessKey,
            sessionToken: output.sessionToken, accountID: source.accountID,
            expiration: output.expiration, source: "\(role) by IAM Identity Center (\(subject))")
    }

    private var subject: String {
        source.sessionName.map { "sso-session \($0)" } ?? "profile \(source.profile)"
    }

    private var role: String {
        "role \(source.roleName.shown(atMost: 64)) of account \(source.accountID.shown(atMost: 12))"
    }

    /// The command that signs in.
    private var login: String {
        source.sessionName.map { "aws sso login --sso-session \($0)" }
            ?? "aws sso login --profile \(source.profile)"
    }

    /// A client for the region of Identity Center, without `--endpoint-url`, which is for the
    /// services that are worked with.
    private func client() throws(CredentialError) -> AWSClient {
        let settings: Settings
        do {
            settings = try Settings(
                arguments: Settings.Arguments(
                    region: source.region, profile: context.arguments.profile),
                environment: context.environment, configuration: context.configuration)
        } catch {
            throw .unusable("\(subject): \(error)")
        }
        return AWSClient(
            transport: context.transport, credentials: EnvironmentCredentials([:]),
            settings: settings, time: context.time, random: context.random,
            traffic: context.traffic)
    }
}

extension SSOCredentials {
    /// A token that is good for a while, renewed where it takes that.
    private func currentToken(_ client: AWSClient) async throws(CredentialError) -> SSOToken {
        let token = try readToken()
        let left = token.expiration - context.time.secondsSince1970()
        guard left < Self.renewalWindow else { return token }
        var reason = ""
        if let renewal = token.renewal, mayRenew(renewal) {
            do {
                return try await renew(token, renewal, client)
            } catch {
                reason = ", and renewing it did not succeed (\(error))"
            }
        }
        guard left > 0 else {
            throw .unusable(
                "the sign-in of \(subject) ended at \(SSOToken.text(token.expiration))\(reason):"
                    + " run '\(login)'")
        }
        return token
    }

    /// The token of the file, or the one that we made of it, whichever is good for longer.
    private func readToken() throws(CredentialError) -> SSOToken {
        let path = try self.path()
        let kept = state.withLock { $0.token }
        var token: SSOToken?
        do {
            // Bytes; a token's file has about 4 KiB.
            if let bytes = try context.files.read(path, maximumBytes: 1 << 20) {
                token = try SSOToken(parsing: bytes)
            }
        } catch let error as MalformedAnswer {
            throw .unusable(
                "cannot use \(path.shown(atMost: 200)): \(error.reason): run '\(login)'")
        } catch {
            throw .unusable("\(subject): \(error)")
        }
        guard let token else {
            throw .unusable("nobody is signed in to \(subject): run '\(login)'")
        }
        if let kept, kept.expiration > token.expiration { return kept }
        return token
    }

    private func path() throws(CredentialError) -> String {
        guard let home = blankIsUnset(context.environment["HOME"]) else {
            throw .unusable("\(subject): HOME is not set, so ~/.aws/sso/cache is nowhere")
        }
        return "\(home)/.aws/sso/cache/\(SSOToken.fileName(of: source))"
    }

    private func mayRenew(_ renewal: SSOToken.Renewal) -> Bool {
        guard renewal.registrationEnd > context.time.secondsSince1970() else { return false }
        let now = context.time.monotonicNanoseconds()
        return state.withLock { state in
            if let last = state.lastRenewal, now - last < Self.renewalPause * 1_000_000_000 {
                return false
            }
            state.lastRenewal = now
            return true
        }
    }

    private func renew(
        _ token: SSOToken, _ renewal: SSOToken.Renewal, _ client: AWSClient
    ) async throws -> SSOToken {
        let output = try await client.send(
            SSOOIDC.CreateToken(
                clientID: renewal.clientID, clientSecret: renewal.clientSecret,
                refreshToken: renewal.refreshToken))
        let renewed = try token.renewed(by: output, at: context.time.secondsSince1970())
        state.withLock { $0.token = renewed }
        // A home that cannot be written to costs others the renewal, and us nothing.
        try? context.files.writePrivate(try path(), renewed.file)
        return renewed
    }
}
