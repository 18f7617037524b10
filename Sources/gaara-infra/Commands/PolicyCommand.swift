#if CommandLine
    internal import ArgumentParser
    internal import GaaraPlan

    struct PolicyCommand: Command {
        static let configuration = CommandConfiguration(
            commandName: "policy",
            abstract: "Print the least-privilege IAM documents that follow from a plan. Offline.",
            discussion: """
                For each `access` entry: exact names, never a wildcard where a name is known, and \
                decryption only through Secrets Manager with the encryption context. The key is \
                named by its alias, since its id is not known offline; the policy that `apply` \
                puts names it by its ARN.
                """)

        @Argument(help: "The plan file.", completion: .file(extensions: ["yaml", "yml"]))
        var plan: String

        @Option(
            help: ArgumentHelp(
                "Write the documents under this folder, as ENVIRONMENT/reader-ENTRY.json.",
                valueName: "folder"))
        var output: String?

        @Option(
            help: ArgumentHelp(
                "Compare the documents with the files under this folder; exit 1 if stale.",
                valueName: "folder"))
        var check: String?

        @OptionGroup var globals: OutputOptions

        func validate() throws {
            // An empty name before "/staging" would be the root of the file system.
            guard output != "", check != "" else {
                throw ValidationError("--output and --check take a folder, such as ./policies.")
            }
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
            // Notes are for `validate`, whose subject is the file.
            screen.report(read.diagnostics.filter { $0.severity != .note }, texts: read.texts)
            let folder = PolicyFolder(plan: plan, documents: plan.readerDocuments)
            do {
                if let output {
                    for path in try folder.write(under: output) { screen.progress("wrote \(path)") }
                    if globals.json { screen.show(folder.json(read.diagnostics)) }
                    return .done
                }
                if let check { return conclude(folder, checkedUnder: check, read, screen) }
            } catch {
                return screen.fail(error)
            }
            if globals.json {
                screen.show(folder.json(read.diagnostics))
                return .done
            }
            for document in folder.documents {
                if folder.documents.count > 1 { screen.progress("\(document.name):") }
                world.output(document.text)
            }
            return .done
        }

        private func conclude(
            _ folder: PolicyFolder, checkedUnder path: String, _ read: PlanFile, _ screen: Screen
        ) -> Exit {
            let faults = folder.faults(under: path)
            guard faults.isEmpty else { return screen.fail(faults) }
            if globals.json {
                screen.show(folder.json(read.diagnostics))
            } else {
                let files =
                    folder.documents.count == 1
                    ? "1 file follows" : "\(folder.documents.count) files follow"
                screen.world.output("\(files) \(plan).\n")
            }
            return .done
        }
    }

    extension Plan {
        /// One document for each `access` entry, in the order of their names.
        fileprivate var readerDocuments: [PolicyFolder.Document] {
            access.map { entry in
                PolicyFolder.Document(
                    name: "reader-\(entry.entry).json",
                    json: readerPolicy(of: entry).portableDocument.json)
            }
        }
    }
#endif
