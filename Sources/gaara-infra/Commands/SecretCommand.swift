#if CommandLine
    internal import ArgumentParser
    internal import GaaraPlan
    internal import GaaraSecrets
    internal import GaaraStore
    internal import POSIX

    struct SecretCommand: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "secret",
            abstract: "Read secrets as a program would.",
            subcommands: [SecretGetCommand.self])
    }

    struct SecretGetCommand: Command {
        static let configuration = CommandConfiguration(
            commandName: "get",
            abstract: "Print one secret's value, through the library's own resolver.",
            discussion: """
                ENVIRONMENT says where: development reads ./.env, staging and production read
                Secrets Manager. The value is printed alone when standard output is no terminal;
                at a terminal only with --reveal.
                """)

        @Argument(help: "The secret's name, such as database-url.")
        var name: String

        @Flag(help: "Print the value at a terminal too.")
        var reveal = false

        @OptionGroup var globals: GlobalOptions

        func run(in world: World) async -> Exit {
            let screen = Screen(world, globals.output)
            guard reveal || !world.terminal.output else {
                return screen.fail([
                    Diagnostic(
                        .error, "would-reveal", "standard output is a terminal",
                        hint: "add --reveal, or send the value to a program")
                ])
            }
            do {
                let secret = try await resolver(in: world, screen).getSecret(name)
                secret.value.withBytes { world.write($0, .output) }
                if world.terminal.output { world.output("\n") }
                return .done
            } catch let error as SecretError {
                return screen.fail([
                    Diagnostic(.error, error.code.rawValue, error.message, hint: error.hint)
                ])
            } catch {
                return screen.fail(error)
            }
        }

        private func resolver(in world: World, _ screen: Screen) throws -> SecretResolver {
            var settings = try ResolverSettings(processEnvironment: world.environment)
            settings.region = globals.region ?? settings.region
            settings.allowsSandbox = globals.sandbox
            let source: any SecretSource
            if settings.environment == .development {
                source = DotEnvSource(settings)
            } else {
                let client = try Connection(globals, in: world, screen)
                    .client(region: settings.region)
                source = AWSSource(settings, client: client)
            }
            return SecretResolver(settings, source: source, time: SystemTime())
        }
    }
#endif
