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

        private var errorStyle: Style {
            Style(
                isTerminal: world.terminal.error, noColor: options.noColor,
                environment: world.environment)
        }

        /// A JSON document on standard output.
        func show(_ json: JSON) { world.output(json.text(indent: 2) + "\n") }

        /// Diagnostics on standard error, in text; in JSON they stand in the document.
        func report(_ diagnostics: [Diagnostic], texts: SourceTexts = SourceTexts()) {
            guard !options.json else { return }
            guard !diagnostics.isEmpty else { return }
            world.complain(diagnostics.map(texts.render).joined(separator: "\n\n") + "\n")
        }

        /// A line about progress.
        func progress(_ line: String) {
            guard !options.json else { return }
            world.complain(line + "\n")
        }

        /// One event of a long run, as a JSON line where JSON was asked for.
        func event(_ text: String, _ json: @autoclosure () -> JSON) {
            if options.json {
                world.complain(json().compact + "\n")
            } else {
                world.complain(text + "\n")
            }
        }

        /// Ends a verb that cannot go on.
        func fail(_ diagnostics: [Diagnostic], texts: SourceTexts = SourceTexts()) -> Exit {
            if options.json {
                show(ChangesetJSON(changeset: nil, diagnostics: diagnostics).json)
            } else {
                report(diagnostics, texts: texts)
            }
            return .failed
        }

        func dim(_ text: String) -> String { errorStyle.dim(text) }
    }
#endif
