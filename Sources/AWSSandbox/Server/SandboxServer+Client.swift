package import AWS

extension SandboxServer {
    /// A client of the administrator, over the sandbox itself and by its clock.
    package func client(in region: String) throws(AWSError) -> AWSClient {
        AWSClient(
            transport: sandbox,
            credentials: Credentials(
                accessKeyID: entrance.accessKeyID, secretAccessKey: entrance.secretAccessKey,
                sessionToken: nil, source: "the sandbox"),
            settings: try Settings(region: region), time: sandbox.time)
    }
}
