#if CommandLine
    internal import ArgumentParser
    internal import GaaraEngine
    internal import GaaraPlan

    struct DestroyCommand: Command {
        static let configuration = CommandConfiguration(
            commandName: "destroy",
            abstract: "Take down what is ours in the environment. Keys are kept without --key.",
            discussion: """
                Policies are detached and deleted, secrets go into their recovery windows, and the \
                keys stay: a key that is pending deletion makes every deleted secret unreadable at \
                once. Until a window ends, `apply` restores its secret.

                --key is for a later run: it schedules the deletion of the plan's keys and does \
                nothing else. It refuses while any secret of the region, pending deletion or not, \
                needs one of them, and asks for --confirm with the key's address.
                """)

        @Argument(help: "The plan file.", completion: .file(extensions: ["yaml", "yml"]))
        var plan: String

        @Flag(help: "Schedule the deletion of the keys, once no secret needs them.")
        var key = false

        @OptionGroup var consent: ConsentOptions
        @OptionGroup var globals: GlobalOptions

        func run(in world: World) async -> Exit {
            let screen = Screen(world, globals.output)
            do {
                let work = try await Work.open(
                    plan: plan, globals, forKeyDeletion: key, in: world, screen)
                let changeset = try work.destruction(scope: Scope(key: key))
                return await Application(work: work, screen: screen, consent: consent)
                    .run(changeset, orReviewedWithoutValues: nil)
            } catch {
                return screen.fail(error)
            }
        }
    }
#endif
