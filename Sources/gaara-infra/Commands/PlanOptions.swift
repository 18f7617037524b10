#if CommandLine
    internal import ArgumentParser
    internal import GaaraPlan

    /// What `plan` and `apply` both take: where values come from, and what is asked beyond the
    /// plan itself.
    struct PlanOptions: ParsableArguments {
        @Argument(help: "The plan file.", completion: .file(extensions: ["yaml", "yml"]))
        var plan: String

        @Option(
            name: .customLong("env-file"),
            help: ArgumentHelp("Where `from: env-file` values stand.", valueName: "file"))
        var envFile: String?

        @Option(
            help: ArgumentHelp("Only steps whose address matches; repeatable.", valueName: "glob"))
        var only: [String] = []

        @Option(help: ArgumentHelp("No step whose address matches; repeatable.", valueName: "glob"))
        var except: [String] = []

        @Flag(help: "Take over things with our names that carry nobody's tags.")
        var adopt = false

        @Flag(help: "Delete what is ours and no longer declared.")
        var prune = false

        @Option(
            help: ArgumentHelp(
                "Correct this secret's value although somebody else wrote it; repeatable.",
                valueName: "name"))
        var overwrite: [String] = []

        @Flag(help: "Ask for each secret by itself: lists may be five minutes old.")
        var fresh = false

        @Flag(
            name: .customLong("read-values"),
            help: "Compare values by reading those in force, which needs GetSecretValue.")
        var readsValues = false

        @Flag(name: .customLong("allow-commands"), help: "Run the programs of `from: command`.")
        var allowsCommands = false

        @OptionGroup var globals: GlobalOptions

        var scope: Scope {
            Scope(
                only: only, except: except, adopt: adopt, prune: prune,
                overwrite: Set(overwrite))
        }
    }
#endif
