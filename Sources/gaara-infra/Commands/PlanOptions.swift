#if CommandLine
    internal import ArgumentParser
    internal import GaaraPlan

    /// What `plan` and `apply` both take: where values come from, and what is asked beyond the
    /// plan itself.
    struct PlanOptions: ParsableArguments {
        @Argument(help: "The plan file.", completion: .file(extensions: ["yaml", "yml"]))
        var plan: String

        @Option(name: .customLong("env-file"), help: "Where `from: env-file` values stand.")
        var envFile: String?

        @Option(help: "Only steps whose address matches; may be repeated.")
        var only: [String] = []

        @Option(help: "No step whose address matches; may be repeated.")
        var except: [String] = []

        @Flag(help: "Take over things with our names that carry nobody's tags.")
        var adopt = false

        @Flag(help: "Delete what is ours and no longer declared.")
        var prune = false

        @Option(help: "Correct this secret's value although somebody else wrote it.")
        var overwrite: [String] = []

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
