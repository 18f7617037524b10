#if CommandLine
    internal import AWS
    internal import ArgumentParser
    internal import Digest
    internal import GaaraPlan
    internal import GaaraSecrets
    internal import GaaraStore
    internal import JSON
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
                ENVIRONMENT says where: development reads ./.env, staging and production read \
                Secrets Manager, where the secret is called APPLICATION/ENVIRONMENT/NAME. No plan \
                is read: GAARA_APPLICATION gives the application, else the file of GAARA_NAMES, \
                else it is gaara-store. --region or AWS_REGION gives the region.

                The value is printed alone when standard output is no terminal; at a terminal only \
                with --reveal.
                """)

        @Argument(help: "The secret's name, such as database-url.")
        var name: String

        @Flag(help: "Print the value at a terminal too.")
        var reveal = false

        @OptionGroup var globals: GlobalOptions

        func run(in world: World) async -> Exit {
            let screen = Screen(world, globals.output)
            guard reveal || !world.terminal.output || globals.output.json else {
                return screen.fail([
                    Diagnostic(
                        .error, "would-reveal", "standard output is a terminal",
                        hint: "add --reveal, or send the value to a program")
                ])
            }
            do {
                let settings = try self.settings(in: world, screen)
                let client = try await client(for: settings, in: world, screen)
                let secret = try await resolver(settings, client, in: world).getSecret(name)
                let isSimulated = client?.sawSandbox ?? false
                if isSimulated, !globals.output.json {
                    world.simulation.tell()
                    screen.progress("note: in a simulation of AWS")
                }
                if globals.output.json {
                    screen.show(document(secret, isSimulated: isSimulated))
                } else {
                    secret.value.withBytes { world.write($0, .output) }
                    if world.terminal.output { world.output("\n") }
                }
                return .done
            } catch let error as SecretError {
                return screen.fail([error.diagnostic])
            } catch {
                return screen.fail(error)
            }
        }

        /// The value stands in it only when it is asked for.
        private func document(_ secret: GaaraSecrets.Secret, isSimulated: Bool) -> JSON {
            var value = JSON.string("(sensitive)")
            var encoding = JSON.null
            if reveal {
                let isText = secret.value.kind == .string
                value = .string(
                    secret.value.withBytes {
                        isText ? String(decoding: $0, as: UTF8.self) : Base64.encode($0)
                    })
                encoding = isText ? "utf-8" : "base64"
            }
            return .object(
                JSONObject([
                    ("format_version", 1), ("simulation", .bool(isSimulated)),
                    ("name", .string(secret.name.text)),
                    ("origin", .string(secret.origin.description)),
                    ("version", secret.versionID.map(JSON.string) ?? .null),
                    ("value", value), ("encoding", encoding), ("diagnostics", .array([])),
                ]))
        }

        private func settings(
            in world: World, _ screen: Screen
        ) throws -> ResolverSettings {
            var settings = try ResolverSettings(processEnvironment: world.environment)
            settings.region = globals.region ?? settings.region
            settings.allowsSandbox = globals.sandbox
            settings.observer = Onlooker(screen: screen)
            return settings
        }

        /// `nil` in development, which knows no AWS.
        private func client(
            for settings: ResolverSettings, in world: World, _ screen: Screen
        ) async throws -> AWSClient? {
            guard settings.environment != .development else { return nil }
            return try await Connection(globals, in: world, screen).client(region: settings.region)
        }

        private func resolver(
            _ settings: ResolverSettings, _ client: AWSClient?, in world: World
        ) -> SecretResolver {
            let source: any SecretSource =
                client.map { AWSSource(settings, client: $0) } ?? DotEnvSource(settings)
            return SecretResolver(settings, source: source, time: world.time)
        }
    }

    /// Shows what the resolver warns of.
    private struct Onlooker: SecretObserver {
        let screen: Screen

        func observe(_ warning: SecretWarning) {
            screen.warn([
                Diagnostic(
                    .warning, warning.code.rawValue.diagnosticWord, warning.message,
                    hint: warning.hint)
            ])
        }
    }

    extension SecretError {
        fileprivate var diagnostic: Diagnostic {
            // Any other trouble is told by the message of the one place where it came up.
            let places = code == .notFound ? searched.map { "; looked at \($0)" } : []
            return Diagnostic(
                .error, code.rawValue.diagnosticWord, message + places.joined(), hint: hint)
        }
    }

    extension String {
        /// The name of a case as diagnostics write their codes: `not-found`.
        fileprivate var diagnosticWord: String {
            map { $0.isUppercase ? "-" + $0.lowercased() : String($0) }.joined()
        }
    }
#endif
