package import AWS
internal import POSIX

/// Secrets Manager: one GetSecretValue for each value, always of the stage AWSCURRENT.
package struct AWSSource: SecretSource {
    /// The client, whose region may have to be asked for first.
    private let client: @Sendable () async throws(AWSError) -> AWSClient
    private let application: String
    private let environment: DeploymentEnvironment
    private let allowsSandbox: Bool
    /// `nil` where nobody wants to know.
    private let watch: CredentialWatch?

    package var usesAWS: Bool { true }

    /// A client by the SDKs' rules: environment, shared files, the region of the settings.
    ///
    /// It sends nothing yet, and a broken setting shows here. Where nobody set a region, the first
    /// read asks the metadata of this machine, and the error shows here only if it may not.
    package init(_ settings: ResolverSettings) throws(SecretError) {
        let environment = settings.processEnvironment.values
        let configuration: SharedConfiguration
        do {
            configuration = try SharedConfiguration.load(environment)
        } catch {
            throw SecretError(.configuration, error.message)
        }
        let arguments = Settings.Arguments(
            region: settings.region, profile: settings.profile, endpointURL: settings.endpointURL)
        let machine: MachineClient
        do {
            machine = try MachineClient(
                arguments: arguments, environment: environment, configuration: configuration)
        } catch {
            throw SecretError(error)
        }
        self.init(settings) { () async throws(AWSError) in try await machine.client() }
    }

    /// The source over a client that exists, such as one of the sandbox.
    package init(_ settings: ResolverSettings, client: AWSClient) {
        self.init(settings) { () async throws(AWSError) in client }
    }

    private init(
        _ settings: ResolverSettings,
        client: @escaping @Sendable () async throws(AWSError) -> AWSClient
    ) {
        self.client = client
        application = settings.application
        environment = settings.environment
        allowsSandbox = settings.allowsSandbox
        watch = CredentialWatch(settings)
    }

    package func fetch(_ name: SecretName) async throws(SecretError) -> Secret {
        let client: AWSClient
        do {
            client = try await self.client()
        } catch {
            throw SecretError(error, reading: name)
        }
        let path = name.path(application: application, environment: environment)
        let origin = Secret.Origin.secretsManager(path: path, region: client.settings.region)
        // Without a stage AWS gives AWSCURRENT as well; sending it keeps the answer's key honest.
        let call = SecretsManager.GetSecretValue(secretID: path, versionStage: "AWSCURRENT")
        let answer: SecretsManager.GetSecretValue.Output
        do {
            answer = try await client.send(call)
        } catch {
            // Without credentials a look at them would be another search.
            if error.kind != .credentials, error.kind != .cancelled {
                await watch?.look(at: client)
            }
            throw SecretError(error, reading: name, at: origin)
        }
        await watch?.look(at: client)
        guard !client.sawSandbox || environment != .production || allowsSandbox else {
            throw SecretError(
                .configuration, "cannot read secret \(name): the endpoint is a sandbox, not AWS",
                name: name, hint: "unset AWS_ENDPOINT_URL, or use another ENVIRONMENT")
        }
        guard answer.name == path else {
            throw SecretError(
                .refused, "cannot read secret \(name): the answer is of another secret",
                name: name, hint: "check the endpoint: AWS_ENDPOINT_URL")
        }
        return Secret(
            name: name, value: SecretValue(answer.value), origin: origin,
            versionID: answer.versionID)
    }
}

extension SecretValue {
    fileprivate init(_ value: SecretsManager.Value) {
        switch value {
        case .string(let bytes): self.init(.string, sharing: bytes)
        case .binary(let bytes): self.init(.binary, sharing: bytes)
        }
    }
}
