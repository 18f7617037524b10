internal import POSIX

/// Credentials of a role for the bearer of a token: GitHub Actions and other CI, EKS service
/// accounts.
///
/// The file is read each time: whoever runs us replaces it before the token ends.
package struct WebIdentityCredentials: CredentialProvider {
    private let identity: WebIdentity
    private let context: CredentialContext

    package init(_ identity: WebIdentity, _ context: CredentialContext) {
        self.identity = identity
        self.context = context
    }

    package func credentials() async throws(CredentialError) -> Credentials {
        let doing = "\(identity.place): cannot assume \(identity.roleARN) with a token"
        let client = try context.client(signingWith: NoCredentials(), doing: doing)
        let call = STS.AssumeRoleWithWebIdentity(
            roleARN: identity.roleARN, sessionName: identity.sessionName ?? context.sessionName,
            token: try token(doing))
        do {
            return try await client.send(call).credentials(
                source: "\(identity.roleARN) with the token in \(identity.tokenFile)")
        } catch {
            throw .unusable("\(doing): \(error)")
        }
    }

    // STS API reference, AssumeRoleWithWebIdentity: a token has 4 to 20,000 characters.
    private static let maximumBytes = 20_000

    private func token(_ doing: String) throws(CredentialError) -> String {
        let file = identity.tokenFile
        var bytes: [UInt8]
        do {
            guard let read = try context.files.read(file, maximumBytes: Self.maximumBytes + 2)
            else { throw CredentialError.unusable("\(doing): the file \(file) does not exist") }
            bytes = read
        } catch let error as POSIXError {
            throw .unusable("\(doing): \(error)")
        } catch let error as CredentialError {
            throw error
        } catch {
            throw .unusable("\(doing): the file \(file) cannot be read")
        }
        defer { ProtectedBytes.wipe(&bytes) }
        while let last = bytes.last, last == 0x0A || last == 0x0D { bytes.removeLast() }
        // A token is printable ASCII (RFC 7519 section 3): anything else is another file.
        guard !bytes.isEmpty, bytes.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else {
            throw .unusable("\(doing): the file \(file) does not hold one token")
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}

extension WebIdentityCredentials {
    /// What `AWS_WEB_IDENTITY_TOKEN_FILE` and `AWS_ROLE_ARN` say.
    struct Environment: CredentialProvider {
        private let context: CredentialContext

        init(_ context: CredentialContext) { self.context = context }

        func credentials() async throws(CredentialError) -> Credentials {
            let environment = context.environment
            guard let file = blankIsUnset(environment["AWS_WEB_IDENTITY_TOKEN_FILE"]) else {
                throw .absent(["web identity: AWS_WEB_IDENTITY_TOKEN_FILE is not set"])
            }
            guard let role = blankIsUnset(environment["AWS_ROLE_ARN"]) else {
                throw .unusable("AWS_WEB_IDENTITY_TOKEN_FILE is set, but AWS_ROLE_ARN is not")
            }
            let identity = WebIdentity(
                roleARN: role, tokenFile: file,
                sessionName: blankIsUnset(environment["AWS_ROLE_SESSION_NAME"]),
                place: "the environment")
            return try await WebIdentityCredentials(identity, context).credentials()
        }
    }
}

/// For calls that are not signed.
private struct NoCredentials: CredentialProvider {
    func credentials() async throws(CredentialError) -> Credentials { throw .absent([]) }
}
