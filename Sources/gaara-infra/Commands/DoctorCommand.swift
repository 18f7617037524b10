#if CommandLine
    internal import ArgumentParser
    internal import GaaraPlan

    struct DoctorCommand: Command {
        static let configuration = CommandConfiguration(
            commandName: "doctor",
            abstract: "Find out what stands between this machine and AWS, with the fix for each.",
            discussion: """
                Tells where the library would read from, the region, which credentials there are \
                and until when, whose they are, each endpoint and whether it answers, the clock, \
                TLS and the proxy. For a plan also which of its secrets exist, and whether each \
                call that it needs would be allowed: what only reads is called, what writes is \
                asked of IAM's policy simulator, which does not know the policies of keys and \
                secrets. Writes nothing.

                Exit 1 when something is wrong; what is only doubtful (!) or could not be found \
                out (?) does not count.
                """)

        @Argument(
            help: "A plan file, to look at its permissions too.",
            completion: .file(extensions: ["yaml", "yml"]))
        var plan: String?

        @OptionGroup var globals: GlobalOptions

        func run(in world: World) async -> Exit {
            let screen = Screen(world, globals.output)
            let file = plan.map { PlanFile.read($0) }
            // Notes are for `validate`, whose subject is the file.
            let diagnostics = (file?.diagnostics ?? []).filter { $0.severity != .note }
            screen.report(diagnostics, texts: file?.texts ?? SourceTexts())
            let connection = Connection(globals, in: world, screen)
            var examiner = Examiner(connection, in: world, plan: file?.plan)
            await examiner.examine()
            var examination = examiner.examination
            examination.diagnostics = diagnostics
            if globals.output.json {
                screen.show(ExaminationJSON(examination).json)
            } else {
                world.output(ExaminationText(examination, style: screen.style).text)
            }
            return examination.obstacles > 0 ? .failed : .done
        }
    }
#endif
