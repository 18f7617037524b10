#if CommandLine
    internal import ArgumentParser
    internal import GaaraPlan
    internal import JSON

    struct SchemaCommand: Command {
        static let configuration = CommandConfiguration(
            commandName: "schema",
            abstract: "Print the JSON Schema of the plan file, for editors.",
            discussion: """
                Write it beside your plans and begin each with
                # yaml-language-server: $schema=gaara-plan.schema.json
                """)

        @OptionGroup var output: OutputOptions

        func run(in world: World) async -> Exit {
            world.output(PlanSchema.jsonSchema.text(indent: 2) + "\n")
            return .done
        }
    }
#endif
