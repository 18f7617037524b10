#if CommandLine
    internal import AWS
    internal import GaaraEngine
    internal import GaaraPlan
    internal import GaaraSecrets
    internal import GaaraStore
    internal import JSON
    internal import POSIX

    /// Looks at everything between this machine and AWS, in the order in which one builds on the
    /// other; it goes on where it can, since one trouble rarely comes alone.
    ///
    /// It writes nothing.
    struct Examiner {
        let connection: Connection
        let world: World
        /// `nil` looks at the connection alone.
        let plan: Plan?
        var examination = Examination()

        init(_ connection: Connection, in world: World, plan: Plan?) {
            self.connection = connection
            self.world = world
            self.plan = plan
        }

        mutating func examine() async {
            examineLibrary()
            guard let client = await client() else { return examineTLS(nil, []) }
            let isKnown = await examineCredentials(of: client)
            await examineEndpoints(of: client)
            examination.isSimulated = client.sawSandbox
            guard let plan else { return }
            guard isKnown else {
                return add("plan", .unknown, "not looked at without credentials that work")
            }
            await examine(plan, client)
            examination.isSimulated = client.sawSandbox
        }

        mutating func add(
            _ subject: String, _ verdict: Examination.Verdict, _ text: String, hint: String? = nil,
            details: [(String, JSON)] = [], more: [String] = []
        ) {
            examination.rows.append(
                Examination.Row(
                    subject, verdict, text, hint: hint, details: details, more: more))
        }

        /// A row for what was thrown; of several faults, a row each.
        mutating func add(_ subject: String, _ error: any Error) {
            switch error {
            case let error as AWSError:
                add(subject, .bad, "\(error)", hint: EngineError(error, doing: "").hint)
            case let error as EngineError:
                add(subject, .bad, error.message, hint: error.hint)
            case let error as Reported: add(subject, error.diagnostics)
            case let error as Refusals: add(subject, error.diagnostics)
            default: add(subject, .bad, "\(error)")
            }
        }

        private mutating func add(_ subject: String, _ diagnostics: [Diagnostic]) {
            for diagnostic in diagnostics where diagnostic.severity == .error {
                let place = diagnostic.place.map { "\($0): " } ?? ""
                add(subject, .bad, place + diagnostic.message, hint: diagnostic.hint)
            }
        }

        /// Where `getSecret` would look from here.
        private mutating func examineLibrary() {
            guard !(world.environment["ENVIRONMENT"] ?? "").isEmpty else {
                guard plan == nil else {
                    return add(
                        "library", .good,
                        "ENVIRONMENT is not set: programs need it, plan and apply do not")
                }
                return add(
                    "library", .doubtful, "ENVIRONMENT is not set, so that getSecret refuses",
                    hint: "export ENVIRONMENT=development, staging or production")
            }
            do {
                let settings = try ResolverSettings(processEnvironment: world.environment)
                let isDevelopment = settings.environment == .development
                let place =
                    isDevelopment
                    ? "the process environment and \(settings.dotEnvPath)"
                    : "\(settings.application)/\(settings.environment)/NAME in Secrets Manager"
                let details: [(String, JSON)] = [
                    ("environment", .string(settings.environment.name)),
                    ("application", .string(settings.application)),
                ]
                let ours = "\(settings.application)/\(settings.environment)"
                guard let prefix = plan?.identity.prefix, prefix != ours, !isDevelopment else {
                    return add(
                        "library", .good, "getSecret reads \(place) (ENVIRONMENT)",
                        details: details)
                }
                add(
                    "library", .doubtful, "getSecret reads \(place), and the plan is for \(prefix)",
                    hint: "set ENVIRONMENT and GAARA_APPLICATION to what the plan says",
                    details: details)
            } catch {
                add("library", .bad, error.message, hint: error.hint)
            }
        }

        /// A client for the region, with a row about that; `nil` where there can be none.
        private mutating func client() async -> AWSClient? {
            do {
                if let plan { try connection.refuseOtherRegion(than: plan) }
            } catch {
                add("region", error)
            }
            do {
                let client = try await connection.client(region: plan?.identity.region)
                await tell(client.settings)
                return client
            } catch let error as AWSError where error.kind == .region && plan == nil {
                add("region", .bad, error.message, hint: "export AWS_REGION=us-east-1, or --region")
                // For the rest of the screen.
                return try? await connection.client(region: "us-east-1")
            } catch {
                add("settings", error)
                return nil
            }
        }

        private mutating func tell(_ settings: Settings) async {
            let region = settings.found.region
            let source = plan == nil ? region.source : "the plan"
            let details: [(String, JSON)] = [
                ("region", .string(region.value)), ("source", .string(source)),
            ]
            let text = "\(region.value) (\(source))"
            if plan != nil, let own = try? await connection.settings().found.region,
                own.value != region.value, own.source != "--region"
            {
                add(
                    "region", .doubtful,
                    "\(text); programs here look in \(own.value) (\(own.source))",
                    hint: "export AWS_REGION=\(region.value) for programs that read this"
                        + " environment", details: details)
            } else {
                add("region", .good, text, details: details)
            }
            for note in settings.notes { add("settings", .doubtful, note) }
        }
    }
#endif
