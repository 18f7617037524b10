#if CommandLine
    internal import AWS
    internal import GaaraEngine
    internal import GaaraPlan
    internal import GaaraStore
    internal import HTTP
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
        func open(for plan: Plan) async throws -> Session {
            try refuseOtherRegion(than: plan)
            let client = try await client(region: plan.identity.region)
            let session = try await open(for: plan, with: client)
            // They are at hand: the session was opened with them.
            if let credentials = try? await session.client.currentCredentials() {
                screen.warn(credentials.warnings(for: plan))
            }
            return session
        }

        /// - Parameter client: one for the plan's region.
        func open(for plan: Plan, with client: AWSClient) async throws -> Session {
            try await Session.open(
                client, for: plan.identity, acceptsSimulation: options.sandbox)
        }

        func refuseOtherRegion(than plan: Plan) throws(Reported) {
            let wanted = plan.identity.region
            guard let region = options.region, region != wanted else { return }
            throw Reported([
                Diagnostic(
                    .error, "wrong-region",
                    "--region \(region) contradicts the plan, which is for \(wanted)",
                    hint: "leave --region out")
            ])
        }

        /// - Parameter region: `nil` takes it from the arguments, the environment, the profile or
        ///   the metadata of the instance.
        func settings(region: String? = nil) async throws -> Settings {
            let configuration = try SharedConfiguration.load(world.environment)
            return try await Settings.resolved(
                arguments: arguments(region), environment: world.environment,
                configuration: configuration
            ) {
                // It speaks plain http, so no bundle of certificates is needed yet.
                let transport = try? world.transport(nil)
                guard let transport else { return nil }
                let context = context(region, configuration, transport)
                return try? await InstanceMetadata(context).region()
            }
        }

        /// - Parameter region: as for `settings`.
        func client(region: String? = nil) async throws -> AWSClient {
            let configuration = try SharedConfiguration.load(world.environment)
            let settings = try await settings(region: region)
            let transport = try world.transport(settings.certificateBundle)
            return AWSClient(
                transport: transport,
                credentials: CredentialChain.standard(context(region, configuration, transport)),
                settings: settings, time: world.time, traffic: world.traffic, observer: observe)
        }

        private func arguments(_ region: String?) -> Settings.Arguments {
            Settings.Arguments(
                region: region ?? options.region, profile: options.profile,
                endpointURL: options.endpointURL)
        }

        private func context(
            _ region: String?, _ configuration: SharedConfiguration,
            _ transport: any HTTPTransport
        ) -> CredentialContext {
            .system(
                arguments: arguments(region), environment: world.environment,
                configuration: configuration, transport: transport, time: world.time,
                traffic: world.traffic, ask: world.ask)
        }

        private var observe: @Sendable (WireAttempt) -> Void {
            { [world, log] attempt in
                if attempt.isSandbox { world.simulation.see() }
                log?(attempt)
            }
        }

        /// `--log-level debug` shows each attempt: never a header or a body.
        private var log: (@Sendable (WireAttempt) -> Void)? {
            guard options.output.logLevel == .debug else { return nil }
            return { [world] attempt in
                var words = ["debug: \(attempt.operation)"]
                if attempt.number > 1 { words.append("attempt \(attempt.number)") }
                words.append(attempt.status.map { "status \($0)" } ?? "no answer")
                if let fault = attempt.fault { words.append(Terminal.escaped(fault)) }
                if let clock = attempt.clock { words.append(clock.description) }
                words.append("\(attempt.milliseconds) ms")
                if let id = attempt.requestID { words.append("request id \(Terminal.escaped(id))") }
                world.complain(words.joined(separator: ", ") + "\n")
            }
        }
    }

    extension Credentials {
        /// What somebody should know who works on `plan` with these.
        func warnings(for plan: Plan) -> [Diagnostic] {
            var found = warnings.map { Diagnostic(.warning, "credentials", Terminal.escaped($0)) }
            if isLongLived, plan.identity.environment == .production {
                found.append(
                    Diagnostic(
                        .warning, "long-lived-key",
                        "the credentials from \(Terminal.escaped(source)) are a key that never"
                            + " ends, in production: \(plan.operators.advice)"))
            }
            return found
        }
    }

    extension Operators {
        /// Which roles to use instead of a user's key.
        var advice: String {
            func roles(_ names: [String], _ purpose: String) -> String? {
                let roles = names.filter { $0.hasPrefix("role/") }
                return roles.isEmpty
                    ? nil : roles.joined(separator: " or ") + " to " + purpose
            }
            let all = [roles(planner, "plan"), roles(applier, "apply")].compactMap { $0 }
            guard !all.isEmpty else {
                return "assume a role, and name it under `operators` of the plan"
            }
            return "assume " + all.joined(separator: " and ")
        }
    }
#endif
