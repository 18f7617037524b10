#if CommandLine
    internal import ArgumentParser

    /// The command and its verbs.
    struct Gaara: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "gaara-infra",
            abstract: "The keys, secrets and policies of one environment, from one plan file.",
            discussion: """
                A plan says which KMS key, secrets, IAM policies and rotation an environment has. \
                `plan` shows the steps between the file and the account, `apply` runs them. There \
                is no state file, and no value is written to any file or screen.

                Begin with:
                  gaara-infra validate plans/staging.yaml
                  gaara-infra plan plans/staging.yaml --env-file .env
                  gaara-infra apply plans/staging.yaml --env-file .env

                Exit codes: 0 done, 1 error or refused, 2 changes (with --detailed-exitcode), \
                3 the approval no longer matches, 64 usage, 130 and 143 stopped by a signal.
                """,
            version: "0.1.0",
            subcommands: [
                ValidateCommand.self, PlanCommand.self, ApplyCommand.self, DestroyCommand.self,
                ImportCommand.self,
                PolicyCommand.self, SecretCommand.self, DoctorCommand.self, SandboxCommand.self,
                SchemaCommand.self,
            ])
    }

    /// A verb of the command: its arguments are parsed, its world is handed in.
    protocol Command: ParsableCommand {
        func run(in world: World) async -> Exit
    }

    extension Gaara {
        /// Parses `arguments` and runs what they ask for.
        static func run(_ arguments: [String], in world: World) async -> Int32 {
            do {
                var command = try parseAsRoot(arguments)
                guard let verb = command as? any Command else {
                    // Help, and a verb without its noun, end by throwing what to show.
                    try command.run()
                    return Exit.done.rawValue
                }
                return await verb.run(in: world).rawValue
            } catch {
                let code = exitCode(for: error)
                guard code == .success else {
                    return refuse(Usage(arguments: arguments), message(for: error), in: world)
                }
                let columns = world.terminal.columns ?? Self.columns
                var text = fullMessage(for: error, columns: columns)
                while text.last == "\n" { text.removeLast() }
                world.output(text + "\n")
                return Exit.done.rawValue
            }
        }

        /// Of help that no terminal shows.
        private static let columns = 100

        private static func refuse(
            _ usage: Usage, _ message: String, in world: World
        ) -> Int32 {
            let options = OutputOptions(json: usage.asksForJSON)
            _ = Screen(world, options).fail([usage.diagnostic(message)])
            return Exit.usage.rawValue
        }
    }

    /// What every verb that talks to AWS takes.
    struct GlobalOptions: ParsableArguments {
        @Option(help: ArgumentHelp("AWS region; beside a plan, the plan's.", valueName: "name"))
        var region: String?

        @Option(
            help: ArgumentHelp(
                "Profile of the shared credentials and config files.", valueName: "name"))
        var profile: String?

        @Option(
            name: .customLong("endpoint-url"),
            help: ArgumentHelp("Endpoint of every service.", valueName: "url"))
        var endpointURL: String?

        @Flag(help: "Accept a simulation of AWS as the production environment.")
        var sandbox = false

        @OptionGroup var output: OutputOptions
    }

    /// How every verb shows its result.
    struct OutputOptions: ParsableArguments {
        @Flag(help: "One JSON document on standard output.")
        var json = false

        @Flag(name: .customLong("no-color"), help: "No colours; NO_COLOR does the same.")
        var noColor = false

        @Option(
            name: .customLong("log-level"),
            help: ArgumentHelp(
                "What to tell beside the result; debug: each call to AWS.", valueName: "level"))
        var logLevel = LogLevel.error

        init() {}

        init(json: Bool) { self.json = json }
    }

    enum LogLevel: String, ExpressibleByArgument, CaseIterable, Sendable { case error, info, debug }
#endif
