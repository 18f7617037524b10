#if CommandLine
    internal import ArgumentParser
    internal import GaaraEngine
    internal import GaaraPlan

    struct ApplyCommand: Command {
        static let configuration = CommandConfiguration(
            commandName: "apply",
            abstract: "Run the steps that `plan` shows, with consent.",
            discussion: """
                At a terminal it shows the steps and asks. Without one it needs --yes, or \
                --approve with the fingerprint of the reviewed plan. --yes never covers what \
                cannot be taken back; such a step says so and needs --confirm ADDRESS.

                The options of the plan are part of its fingerprint: give --only, --except, --adopt,
                --prune and --overwrite again with --approve.

                An apply that is killed at any moment is finished by the next one.
                """)

        @OptionGroup var options: PlanOptions
        @OptionGroup var consent: ConsentOptions

        @Option(
            help: ArgumentHelp(
                "Write what is done to this new file, a JSON object a line, as it is done.",
                valueName: "file"),
            completion: .file())
        var journal: String?

        func run(in world: World) async -> Exit {
            let screen = Screen(world, options.globals.output)
            do {
                let work = try await Work.open(options, in: world, screen)
                let full = try work.changeset(scope: options.scope)
                let reduced = try work.changesetWithoutValues(scope: options.scope)
                return await Application(
                    work: work, screen: screen, consent: consent, journalPath: journal
                )
                .run(full, orReviewedWithoutValues: reduced)
            } catch {
                return screen.fail(error)
            }
        }
    }

    /// How a person says yes (design 5.10).
    struct ConsentOptions: ParsableArguments {
        @Flag(help: "Do not ask. Does not cover steps that need --confirm.")
        var yes = false

        @Option(
            help: ArgumentHelp(
                "Run exactly the plan with this fingerprint, or nothing.", valueName: "fingerprint")
        )
        var approve: String?

        @Flag(help: "Ask before each step.")
        var step = false

        @Option(
            help: ArgumentHelp(
                "Agree to a step that --yes does not cover; repeatable.", valueName: "address"))
        var confirm: [String] = []

        func validate() throws {
            guard [yes, approve != nil, step].filter({ $0 }).count <= 1 else {
                throw ValidationError("--yes, --approve and --step exclude each other.")
            }
        }
    }
#endif
