#if CommandLine
    internal import ArgumentParser
    internal import GaaraEngine
    internal import GaaraPlan

    struct PlanCommand: Command {
        static let configuration = CommandConfiguration(
            commandName: "plan",
            abstract: "Show the steps between the plan file and the account. Writes nothing.",
            discussion: """
                Values are compared by the ids of their versions, so no permission to read a value \
                is needed; what is not supplied is said to be not compared.

                The fingerprint at the end names exactly these steps:
                  gaara-infra apply PLAN --approve FINGERPRINT
                runs them, or nothing if the account has changed since.
                """)

        @OptionGroup var options: PlanOptions

        @Flag(name: .customLong("detailed-exitcode"), help: "Exit 2 when there are steps.")
        var detailedExitCode = false

        func run(in world: World) async -> Exit {
            let screen = Screen(world, options.globals.output)
            do {
                let work = try await Work.open(options, in: world, screen)
                let changeset = try work.changeset(scope: options.scope)
                work.show(changeset, on: screen)
                return detailedExitCode && !changeset.isEmpty ? .changes : .done
            } catch {
                return screen.fail(error)
            }
        }
    }
#endif
