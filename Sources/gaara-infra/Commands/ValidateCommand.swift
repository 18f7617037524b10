#if CommandLine
    internal import ArgumentParser
    internal import GaaraPlan
    internal import JSON
    internal import POSIX

    struct ValidateCommand: Command {
        static let configuration = CommandConfiguration(
            commandName: "validate",
            abstract: "Check a plan file, offline: syntax, schema and lint.",
            discussion: """
                Every fault is reported at once, with its line, its column and what to write \
                instead. Nothing is asked of AWS and no program is run.
                """)

        @Argument(help: "The plan file.", completion: .file(extensions: ["yaml", "yml"]))
        var plan: String

        @Option(
            help: ArgumentHelp(
                "Also write the secrets' names and variables here, for the library.",
                valueName: "file"))
        var names: String?

        @OptionGroup var output: OutputOptions

        func run(in world: World) async -> Exit {
            let screen = Screen(world, output)
            let read = PlanFile.read(plan)
            guard let plan = read.plan else {
                return screen.fail(read.diagnostics, texts: read.texts)
            }
            if let names {
                do {
                    try File.write(
                        names, Array((PlanNames.json(of: plan).text(indent: 2) + "\n").utf8))
                } catch {
                    return screen.fail([Diagnostic(.error, "cannot-write", "\(error)")])
                }
            }
            if output.json {
                screen.show(ChangesetJSON(nil, diagnostics: read.diagnostics).json)
            } else {
                screen.report(read.diagnostics, texts: read.texts)
                world.output("\(self.plan) is valid: \(plan.inventory).\n")
            }
            return .done
        }
    }

    extension Plan {
        /// `2 keys, 6 secrets, 1 policy`, for people.
        fileprivate var inventory: String {
            func count(_ number: Int, _ one: String, _ many: String) -> String {
                "\(number) \(number == 1 ? one : many)"
            }
            return [
                count(keys.count, "key", "keys"), count(secrets.count, "secret", "secrets"),
                count(access.count, "policy", "policies"),
            ].joined(separator: ", ")
        }
    }
#endif
