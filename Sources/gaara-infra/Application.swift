#if CommandLine
    internal import GaaraEngine
    internal import GaaraPlan
    internal import POSIX
    internal import Synchronization

    /// One changeset on its way into the account: shown, agreed to, run, reported.
    struct Application {
        let work: Work
        let screen: Screen
        let consent: ConsentOptions
        /// Where to write what is done; `nil` for nowhere.
        var journalPath: String?

        /// - Parameter reduced: the changeset as somebody without the values would have reviewed
        ///   it; approving it runs it and leaves the value changes alone.
        func run(
            _ changeset: Changeset, orReviewedWithoutValues reduced: Changeset?
        ) async -> Exit {
            var agreed = changeset
            if let approval = consent.approve, approval != changeset.fingerprint {
                guard let reduced, approval == reduced.fingerprint else { return stale(changeset) }
                agreed = reduced
                tellUnapproved(changeset, reduced)
            }
            if !screen.options.json {
                work.show(agreed, on: screen, isBrief: consent.approve != nil)
            }
            do {
                guard agreed.steps.contains(where: { !$0.calls.isEmpty }) else {
                    if screen.options.json { work.show(agreed, on: screen) }
                    if !agreed.isEmpty {
                        screen.progress("Nothing was changed: only --overwrite corrects a value.")
                    }
                    return .done
                }
                try refuseGaps(of: changeset, in: agreed)
                let consent = Consent(options: consent, world: world, screen: screen)
                guard try consent.isGiven(to: agreed) else { return .failed }
                let journal = try journalPath.map { path throws(Journal.Fault) in
                    try Journal(creating: path, on: screen)
                }
                return await carryOut(agreed, consent, journal)
            } catch let fault as Journal.Fault {
                return screen.fail([fault.diagnostic], with: document(agreed))
            } catch {
                return screen.fail(error, with: document(agreed))
            }
        }

        private var world: World { work.world }

        private func document(_ changeset: Changeset) -> ChangesetJSON {
            ChangesetJSON(changeset, isSimulated: work.isSimulated)
        }

        private func tellUnapproved(_ changeset: Changeset, _ reduced: Changeset) {
            let approved = Set(reduced.steps)
            for step in changeset.steps where !approved.contains(step) {
                screen.progress("not approved, left alone: \(step.verb.symbol) \(step.address)")
            }
        }

        private func stale(_ changeset: Changeset) -> Exit {
            let fault = Diagnostic(
                .error, "approval-stale",
                "the approved plan is not what would be done now; nothing was changed",
                hint: changeset.isEmpty
                    ? "there is no step now: it was applied before, or other values are at hand"
                    : "review the steps shown and approve \(changeset.fingerprint)")
            if !screen.options.json { work.show(changeset, on: screen) }
            _ = screen.fail([fault], with: document(changeset))
            return .approvalStale
        }

        /// A value that is missing for something to be created: refused before any write.
        ///
        /// Whoever approves a plan that was made without values still needs those.
        private func refuseGaps(of changeset: Changeset, in agreed: Changeset) throws {
            let created = agreed.steps.filter { $0.verb == .create }
            let faults = changeset.missingValues.compactMap { gap in
                created.first { $0.address == gap.address }.map { step in
                    Diagnostic(
                        .error, "value-missing",
                        "\(gap.address) cannot be created without its value: \(gap.reason)",
                        hint: "supply it, or leave the step out with --except \(gap.address)",
                        at: step.place)
                }
            }
            guard faults.isEmpty else { throw Reported(faults, work.texts) }
        }

        private func carryOut(
            _ changeset: Changeset, _ consent: Consent, _ journal: Journal?
        ) async -> Exit {
            let stop = StopFlag()
            // Asked for before the first call, so that no signal ends the process in between.
            let signals = world.signals()
            return await withTaskGroup(of: Void.self) { group in
                group.addTask {
                    for await signal in signals { stop.set(signal) }
                }
                let exit = await carryOut(changeset, consent, journal, until: stop)
                group.cancelAll()
                return exit
            }
        }

        private func carryOut(
            _ changeset: Changeset, _ consent: Consent, _ journal: Journal?,
            until stop: StopFlag
        ) async -> Exit {
            let receipt = await receipt(of: changeset, consent, journal, until: stop)
            var diagnostics = receipt.failures.map(Self.told)
            if receipt.isComplete, receipt.stoppedBy == nil {
                do {
                    diagnostics += try await work.comparison.confirmation(
                        of: receipt, scope: changeset.scope, isDestroy: changeset.isDestroy,
                        isStopped: { stop.signal != nil }, sleep: pause(until: stop))
                } catch {
                    diagnostics.append(error.diagnostic)
                }
            }
            if let signal = stop.signal {
                diagnostics.append(Self.stopped(by: signal, isComplete: receipt.isComplete))
            }
            conclude(changeset, receipt, diagnostics)
            switch stop.signal {
            case Signals.interrupt: return .interrupted
            case .some: return .terminated
            case nil: break
            }
            let failed = diagnostics.contains { $0.severity == .error } || !receipt.isComplete
            return failed ? .failed : .done
        }

        /// A failure names its step, where its message does not.
        private static func told(_ failure: (step: Step, error: EngineError)) -> Diagnostic {
            let address = failure.step.address.description
            let message = failure.error.message
            return Diagnostic(
                .error, "step-failed",
                message.contains(address) ? message : "\(address): \(message)",
                hint: failure.error.hint, at: failure.step.place)
        }

        private static func stopped(by signal: Int32, isComplete: Bool) -> Diagnostic {
            let name = signal == Signals.interrupt ? "SIGINT" : "SIGTERM"
            return Diagnostic(
                .error, "stopped",
                isComplete
                    ? "stopped by \(name) when every step was done"
                    : "stopped by \(name): the calls in flight were finished and no more was begun",
                hint: isComplete
                    ? "`plan` shows whether anything is left"
                    : "run it again: what is done is not done twice")
        }

        /// Waits in pieces of a quarter of a second, so that a signal ends it.
        private func pause(
            until stop: StopFlag
        ) -> @Sendable (_ milliseconds: Int) async -> Void {
            { [world] milliseconds in
                var left = milliseconds
                while left > 0, stop.signal == nil {
                    let piece = min(left, 250)
                    await world.sleep(piece)
                    left -= piece
                }
            }
        }

        /// Runs the steps; a signal lets the calls in flight finish and starts no more.
        private func receipt(
            of changeset: Changeset, _ consent: Consent, _ journal: Journal?,
            until stop: StopFlag
        ) async -> Receipt {
            journal?.begin(changeset, plan: work.planFile)
            let progress = Progress(of: changeset, on: screen)
            let hooks = Applier.Hooks(
                random: world.random, sleep: pause(until: stop), stopSignal: { stop.signal },
                mayRun: { step in
                    guard let answer = consent.mayRun(step) else {
                        stop.set(Signals.interrupt)
                        return false
                    }
                    return answer
                },
                begin: { step in
                    journal?.begin(step)
                    progress.begin(step)
                },
                called: { journal?.add($0) },
                report: { entry in
                    journal?.end(entry)
                    progress.end(entry)
                },
                tell: progress.tell)
            let receipt = await Applier(work.comparison, hooks).apply(changeset)
            for entry in receipt.entries where entry.outcome == .notTried {
                journal?.end(entry)
                progress.end(entry)
            }
            journal?.end(receipt)
            return receipt
        }

        private func conclude(
            _ changeset: Changeset, _ receipt: Receipt, _ diagnostics: [Diagnostic]
        ) {
            if screen.options.json {
                var document = document(changeset)
                document.receipt = receipt
                document.diagnostics = diagnostics
                return screen.show(document.json)
            }
            screen.report(diagnostics, texts: work.texts)
            world.output(
                ConclusionText(changeset: changeset, receipt: receipt, style: screen.style).text)
        }
    }

    /// The first signal that asked a run to stop.
    private final class StopFlag: Sendable {
        private let first = Mutex<Int32?>(nil)

        var signal: Int32? { first.withLock { $0 } }

        func set(_ signal: Int32) { first.withLock { $0 = $0 ?? signal } }
    }
#endif
