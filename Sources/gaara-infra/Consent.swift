#if CommandLine
    internal import GaaraPlan

    /// Whether a changeset may run: by flag, by fingerprint, or by what a person types (5.10).
    struct Consent {
        let options: ConsentOptions
        let world: World
        let screen: Screen

        /// Throws what to add to the command line, where there is nobody to ask.
        func isGiven(to changeset: Changeset) throws -> Bool {
            if options.approve != nil { return true }
            let grave = changeset.steps.filter {
                $0.consequence != nil && !options.confirm.contains($0.address.description)
            }
            if options.yes {
                guard grave.isEmpty else { throw Reported(grave.map(Self.unconfirmed)) }
                return true
            }
            guard world.terminal.input, !screen.options.json else {
                throw Reported([nobodyToAsk(about: changeset)])
            }
            let isAgreed = (options.step || asks(changeset)) && grave.allSatisfy(asks)
            if !isAgreed { screen.progress("Nothing was changed.") }
            return isAgreed
        }

        /// Asks before one step of many, where `--step` was given.
        ///
        /// - Returns: `nil` when the person ended the asking, or the terminal went away: then nothing
        ///   more is begun.
        func mayRun(_ step: Step) -> Bool? {
            guard options.step, options.approve == nil, !step.calls.isEmpty else { return true }
            return world.ask("\(step.verb.symbol) \(step.address)? Only \"yes\" runs it: ")
                .map { $0 == "yes" }
        }

        private func asks(_ changeset: Changeset) -> Bool {
            let word = changeset.isDestroy ? "Destroy what is shown?" : "Apply these steps?"
            return world.ask("\(word) Only \"yes\" goes on: ") == "yes"
        }

        private func asks(_ step: Step) -> Bool {
            let address = step.address.description
            return world.ask("\(step.consequence ?? ""): type \(address) to go on: ") == address
        }

        private func nobodyToAsk(about changeset: Changeset) -> Diagnostic {
            Diagnostic(
                .error, "no-consent",
                screen.options.json
                    ? "with --json nobody is asked"
                    : "nobody to ask: standard input is no terminal",
                hint: "--yes, or --approve \(changeset.fingerprint)")
        }

        private static func unconfirmed(_ step: Step) -> Diagnostic {
            Diagnostic(
                .error, "not-confirmed",
                "\(step.address): \(step.consequence ?? ""), which --yes does not cover",
                hint: "add --confirm \(step.address)", at: step.place)
        }
    }
#endif
