package import AWS
package import HTTP
internal import SigV4

extension SandboxAccount {
    /// A client that acts as `principal` in `region`, over the sandbox and by its clock and seed.
    ///
    /// - Parameters:
    ///   - principal: as in `accessKey(for:)`; each client has a key of its own.
    ///   - transport: what stands between the client and the sandbox; `nil` for nothing.
    package func client(
        as principal: String, in region: String, maximumAttempts: Int = 3,
        over transport: (any HTTPTransport)? = nil
    ) throws(AWSError) -> AWSClient {
        let sandbox = sandbox
        return AWSClient(
            transport: transport ?? sandbox, credentials: credentials(as: principal),
            settings: try Settings(region: region, maximumAttempts: maximumAttempts),
            time: sandbox.time, random: { sandbox.changeWorld { $0.random.next() } })
    }

    /// A new key of `principal`, as in `accessKey(for:)`.
    package func credentials(
        as principal: String, source: String = "the sandbox"
    ) -> Credentials {
        let key = accessKey(for: principal)
        return Credentials(
            accessKeyID: key.accessKeyID, secretAccessKey: key.secretAccessKey,
            sessionToken: key.sessionToken, source: source)
    }
}
