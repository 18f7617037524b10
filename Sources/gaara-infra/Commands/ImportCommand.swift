#if CommandLine
    internal import AWS
    internal import ArgumentParser
    internal import GaaraEngine
    internal import GaaraPlan
    internal import GaaraStore
    internal import JSON
    internal import POSIX

    struct ImportCommand: Command {
        static let configuration = CommandConfiguration(
            commandName: "import",
            abstract: "Write the plan file of what is there. Changes nothing in AWS.",
            discussion: """
                What carries the tags of APPLICATION and ENVIRONMENT in this account and region \
                becomes a plan, which is then compared with the account: what would change is said \
                as a warning. No value is read; where values come from has to be said in the file.
                """)

        @Option(help: ArgumentHelp("The application's name.", valueName: "name"))
        var application: String

        @Option(help: ArgumentHelp("The environment, such as staging.", valueName: "name"))
        var environment: String

        @Option(
            help: ArgumentHelp(
                "Write the plan to this new file instead of standard output.", valueName: "file"))
        var output: String?

        @OptionGroup var globals: GlobalOptions

        func validate() throws {
            guard let known = DeploymentEnvironment(environment), known != .development else {
                throw ValidationError(
                    "--environment is a lower-case word such as staging, and not development.")
            }
            guard (try? SecretName(validating: application)) != nil else {
                throw ValidationError("--application is a lower-case word such as gaara-store.")
            }
        }

        func run(in world: World) async -> Exit {
            let screen = Screen(world, globals.output)
            do {
                let session = try await session(in: world, screen)
                let importer = Importer(session, now: world.now)
                let imported = try await importer.plan()
                guard !imported.isEmpty else {
                    return screen.fail([
                        Diagnostic(
                            .error, "nothing-there",
                            "nothing in account \(session.identity.account) and"
                                + " \(session.identity.region) is \(session.identity.prefix)'s",
                            hint: "look at --application, --environment, --region and --profile")
                    ])
                }
                let notes = try await imported.diagnostics + differences(imported, importer)
                if let output {
                    try RecordFile(creating: output).append(Array(imported.text.utf8))
                }
                show(imported, notes, on: screen)
                // A file that no command reads is no success, even where it is nearly there.
                return notes.contains { $0.severity == .error } ? .failed : .done
            } catch {
                return screen.fail(error)
            }
        }

        private func session(in world: World, _ screen: Screen) async throws -> Session {
            let connection = Connection(globals, in: world, screen)
            let client = try await connection.client()
            let account = try await client.send(STS.GetCallerIdentity()).account
            guard let environment = DeploymentEnvironment(environment) else {
                throw ValidationError("--environment is a lower-case word such as staging.")
            }
            let identity = Identity(
                application: application, environment: environment, account: account,
                region: client.settings.region)
            return try await Session.open(
                client, for: identity, acceptsSimulation: globals.sandbox)
        }

        /// What stands between the file and the account all the same.
        private func differences(
            _ imported: ImportedPlan, _ importer: Importer
        ) async throws -> [Diagnostic] {
            let read = PlanReader.read(
                file: output ?? "plan.yaml", text: Array(imported.text.utf8)
            ) { (_) throws(IncludeFault) in throw IncludeFault(reason: "includes nothing") }
            guard let plan = read.plan else { return read.diagnostics }
            do {
                return try await importer.differences(of: plan).steps.map { step in
                    let paths = step.changes.map(\.path).joined(separator: ", ")
                    return Diagnostic(
                        .warning, "import-differs",
                        "\(step.verb.symbol) \(step.address) would still be planned: \(paths)",
                        hint: "plan shows it; change the file until it says what you want")
                }
            } catch let refusals as Refusals {
                return refusals.diagnostics
            }
        }

        private func show(
            _ imported: ImportedPlan, _ notes: [Diagnostic], on screen: Screen
        ) {
            if globals.output.json {
                return screen.show(
                    .object(
                        JSONObject([
                            ("format_version", 1), ("plan", .string(imported.text)),
                            ("output", output.map(JSON.string) ?? .null),
                            ("diagnostics", .array(notes.map(\.json))),
                        ])))
            }
            screen.report(notes)
            if let output {
                screen.world.output("\(output) is written.\n")
            } else {
                screen.world.output(imported.text)
            }
        }
    }
#endif
