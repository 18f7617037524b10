#if CommandLine
    internal import ArgumentParser

    /// The command and its verbs.
    struct Gaara: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "gaara-infra",
            abstract: "The keys, secrets and policies of one environment, from one plan file.",
            discussion: """
                A plan says which KMS key, secrets, IAM policies and rotation an environment has.
                `plan` shows the steps between the file and the account, `apply` runs them. There
                is no state file, and no value is written to any file or screen.

                Begin with:
                  gaara-infra validate plans/staging.yaml
                  gaara-infra plan plans/staging.yaml --env-file .env
                  gaara-infra apply plans/staging.yaml --env-file .env

                Exit codes: 0 done, 1 error or refused, 2 changes (with --detailed-exitcode),
                3 the approval no longer matches, 64 usage.
                """,
            version: "0.1.0",
            subcommands: [
                ValidateCommand.self, PlanCommand.self, ApplyCommand.self, DestroyCommand.self,
                PolicyCommand.self, SecretCommand.self, SchemaCommand.self,
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
                let message = fullMessage(for: error)
                if code == .success {
                    world.output(message + "\n")
                } else {
                    world.complain(message + "\n")
                }
                return code.rawValue
            }
        }
    }

    /// What every verb that talks to AWS takes.
    struct GlobalOptions: ParsableArguments {
        @Option(help: "AWS region; must be the plan's.")
        var region: String?

        @Option(help: "Profile of the shared credentials and config files.")
        var profile: String?

        @Option(name: .customLong("endpoint-url"), help: "Endpoint of every service.")
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

        @Option(name: .customLong("log-level"), help: "error, info, or debug: each call to AWS.")
        var logLevel = LogLevel.error
    }

    enum LogLevel: String, ExpressibleByArgument, CaseIterable, Sendable { case error, info, debug }
#endif
