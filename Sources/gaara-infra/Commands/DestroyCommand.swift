#if CommandLine
    internal import ArgumentParser
    internal import GaaraEngine
    internal import GaaraPlan

    struct DestroyCommand: Command {
        static let configuration = CommandConfiguration(
            commandName: "destroy",
            abstract: "Take down what is ours in the environment. Keys are kept.",
            discussion: """
                Policies are detached and deleted, secrets go into their recovery windows, and the \
                keys stay: a key that is pending deletion makes every deleted secret unreadable at \
                once. Until a window ends, `apply` restores its secret.
                """)

        @Argument(help: "The plan file.", completion: .file(extensions: ["yaml", "yml"]))
        var plan: String

        @OptionGroup var consent: ConsentOptions
        @OptionGroup var globals: GlobalOptions

        func run(in world: World) async -> Exit {
            let screen = Screen(world, globals.output)
            do {
                let work = try await Work.open(plan: plan, globals, in: world, screen)
                let changeset = try work.destruction()
                return await Application(work: work, screen: screen, consent: consent)
                    .run(changeset, orReviewedWithoutValues: nil)
            } catch {
                return screen.fail(error)
            }
        }
    }
#endif
