#if CommandLine
    internal import AWS
    internal import GaaraEngine
    internal import GaaraPlan
    internal import POSIX

    /// How the command reaches AWS: credentials, region and endpoints from arguments, environment
    /// and profile.
    struct Connection {
        let options: GlobalOptions
        let world: World
        let screen: Screen

        init(_ options: GlobalOptions, in world: World, _ screen: Screen) {
            self.options = options
            self.world = world
            self.screen = screen
        }

        /// A session in the account that the plan names.
        func open(for identity: Identity) async throws -> Session {
            if let region = options.region, region != identity.region {
                throw Reported([
                    Diagnostic(
                        .error, "wrong-region",
                        "--region \(region) contradicts the plan, which is for \(identity.region)",
                        hint: "leave --region out")
                ])
            }
            return try await Session.open(
                client(region: identity.region), for: identity,
                acceptsSimulation: options.sandbox)
        }

        /// - Parameter region: `nil` takes it from the arguments, the environment or the profile.
        func client(region: String? = nil) throws -> AWSClient {
            let arguments = Settings.Arguments(
                region: region ?? options.region, profile: options.profile,
                endpointURL: options.endpointURL)
            let configuration = try SharedConfiguration.load(world.environment)
            let settings = try Settings(
                arguments: arguments, environment: world.environment, configuration: configuration)
            return AWSClient(
                transport: try world.transport(settings.certificateBundle),
                credentials: CredentialChain.standard(
                    arguments: arguments, environment: world.environment,
                    configuration: configuration),
                settings: settings, time: world.time, observer: log)
        }

        /// `--log-level debug` shows each attempt: never a header or a body.
        private var log: (@Sendable (WireAttempt) -> Void)? {
            guard options.output.logLevel == .debug else { return nil }
            return { [world] attempt in
                var words = ["debug: \(attempt.operation)"]
                if attempt.number > 1 { words.append("attempt \(attempt.number)") }
                words.append(attempt.status.map { "status \($0)" } ?? "no answer")
                if let fault = attempt.fault { words.append(Terminal.escaped(fault)) }
                words.append("\(attempt.milliseconds) ms")
                if let id = attempt.requestID { words.append("request id \(Terminal.escaped(id))") }
                world.complain(words.joined(separator: ", ") + "\n")
            }
        }
    }
#endif
