#if CommandLine
    internal import GaaraPlan
    internal import JSON
    internal import POSIX

    /// What a verb shows, in text or in JSON: results on standard output, everything else on
    /// standard error.
    struct Screen: Sendable {
        let world: World
        let options: OutputOptions

        init(_ world: World, _ options: OutputOptions) {
            self.world = world
            self.options = options
        }

        /// The style of standard output.
        var style: Style {
            Style(
                isTerminal: world.terminal.output, noColor: options.noColor,
                environment: world.environment)
        }

        /// A JSON document on standard output.
        func show(_ json: JSON) { world.output(json.text(indent: 2) + "\n") }

        /// Diagnostics on standard error, in text; in JSON they stand in the document.
        ///
        /// After notes and warnings something follows, which a blank line sets apart.
        func report(_ diagnostics: [Diagnostic], texts: SourceTexts = SourceTexts()) {
            guard !options.json else { return }
            guard !diagnostics.isEmpty else { return }
            let isEnd = diagnostics.contains { $0.severity == .error }
            world.complain(diagnostics.map(texts.render).joined(separator: "\n\n"))
            world.complain(isEnd ? "\n" : "\n\n")
        }

        /// Warnings and notes about what a verb reads before it has a document: events in JSON.
        func warn(_ diagnostics: [Diagnostic], texts: SourceTexts = SourceTexts()) {
            guard options.json else { return report(diagnostics, texts: texts) }
            for diagnostic in diagnostics {
                event(["event": "diagnostic", "diagnostic": diagnostic.json])
            }
        }

        /// Whether somebody watches a run, so that it tells how far it is.
        var showsCounts: Bool { world.terminal.error }

        /// A line about progress; a script reads it as an event.
        func progress(_ line: String) {
            if options.json {
                event(["event": "message", "message": .string(line)])
            } else {
                world.complain(Terminal.escaped(line) + "\n")
            }
        }

        /// One event of a long run, as a JSON line.
        func event(_ json: JSON) { world.complain(json.compact + "\n") }

        /// Ends a verb that cannot go on.
        ///
        /// - Parameter document: what is known all the same, for scripts.
        func fail(
            _ diagnostics: [Diagnostic], texts: SourceTexts = SourceTexts(),
            with document: ChangesetJSON = ChangesetJSON(nil)
        ) -> Exit {
            let simulation = world.simulation
            if options.json {
                var document = document
                document.isSimulated = document.isSimulated || simulation.isSeen
                document.diagnostics += diagnostics
                show(document.json)
            } else {
                if simulation.isUntold, !diagnostics.contains(where: { $0.code == "simulation" }) {
                    progress("note: in a simulation of AWS")
                }
                report(diagnostics, texts: texts)
            }
            return .failed
        }
    }
#endif
