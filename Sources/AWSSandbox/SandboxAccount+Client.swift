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
        let key = accessKey(for: principal)
        let credentials = Credentials(
            accessKeyID: key.accessKeyID, secretAccessKey: key.secretAccessKey,
            sessionToken: key.sessionToken, source: "the sandbox")
        let sandbox = sandbox
        return AWSClient(
            transport: transport ?? sandbox, credentials: credentials,
            settings: try Settings(region: region, maximumAttempts: maximumAttempts),
            time: sandbox.time, random: { sandbox.changeWorld { $0.random.next() } })
    }
}
