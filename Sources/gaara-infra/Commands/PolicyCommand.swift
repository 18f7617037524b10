#if CommandLine
    internal import ArgumentParser
    internal import GaaraPlan
    internal import JSON
    internal import POSIX

    struct PolicyCommand: Command {
        static let configuration = CommandConfiguration(
            commandName: "policy",
            abstract: "Print the least-privilege IAM documents that follow from a plan. Offline.",
            discussion: """
                For each `access` entry: exact names, never a wildcard where a name is known, and
                decryption only through Secrets Manager with the encryption context. The key is
                named by its alias, since its id is not known offline; the policy that `apply`
                puts names it by its ARN.
                """)

        @Argument(help: "The plan file.", completion: .file(extensions: ["yaml", "yml"]))
        var plan: String

        @Option(help: "Write the documents under this folder, as ENVIRONMENT/reader-ENTRY.json.")
        var output: String?

        @Option(help: "Compare the documents with the files under this folder; exit 1 if stale.")
        var check: String?

        @OptionGroup var globals: OutputOptions

        func validate() throws {
            guard output == nil || check == nil else {
                throw ValidationError("--output and --check exclude each other.")
            }
        }

        func run(in world: World) async -> Exit {
            let screen = Screen(world, globals)
            let read = PlanFile.read(plan)
            guard let plan = read.plan else {
                return screen.fail(read.diagnostics, texts: read.texts)
            }
            screen.report(read.diagnostics, texts: read.texts)
            let documents = plan.readerDocuments
            do {
                if let output { return try write(documents, of: plan, under: output, screen) }
                if let check { return report(documents, of: plan, under: check, screen) }
            } catch {
                return screen.fail(error)
            }
            for document in documents {
                if documents.count > 1 { screen.progress("\(document.name):") }
                world.output(document.text)
            }
            return .done
        }

        private func write(
            _ documents: [NamedDocument], of plan: Plan, under folder: String, _ screen: Screen
        ) throws -> Exit {
            let folder = "\(folder)/\(plan.identity.environment)"
            try Folder.make(folder)
            for document in documents {
                let path = "\(folder)/\(document.name)"
                try File.write(path, Array(document.text.utf8))
                screen.progress("wrote \(path)")
            }
            return .done
        }

        private func report(
            _ documents: [NamedDocument], of plan: Plan, under folder: String, _ screen: Screen
        ) -> Exit {
            let folder = "\(folder)/\(plan.identity.environment)"
            let stale = documents.filter { document in
                let path = "\(folder)/\(document.name)"
                let bytes = try? File.read(path, maximumBytes: 1 << 20)
                return bytes != Array(document.text.utf8)
            }
            guard stale.isEmpty else {
                return screen.fail(
                    stale.map { document in
                        Diagnostic(
                            .error, "stale", "\(folder)/\(document.name) does not follow the plan",
                            hint: "gaara-infra policy \(plan.file) --output \(check ?? "")")
                    })
            }
            screen.world.output("\(documents.count) documents under \(folder) follow the plan.\n")
            return .done
        }
    }

    private struct NamedDocument {
        let name: String
        let text: String
    }

    extension Plan {
        /// One document for each `access` entry, in the order of their names.
        fileprivate var readerDocuments: [NamedDocument] {
            access.map { entry in
                NamedDocument(
                    name: "reader-\(entry.entry).json",
                    text: readerPolicy(of: entry).portableDocument.json.text(indent: 2) + "\n")
            }
        }
    }
#endif
