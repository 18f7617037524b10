#if CommandLine
    internal import GaaraEngine
    internal import GaaraPlan
    internal import GaaraStore
    internal import JSON
    internal import POSIX
    internal import Synchronization

    /// What a run did, one JSON object a line, for whoever asks later: addresses, actions, request
    /// ids and times, never a value.
    ///
    /// A line is on disk before what it tells of goes on, so that the file ends, also after a kill,
    /// with what was under way.
    final class Journal: Sendable {
        private let file: RecordFile
        private let now: @Sendable () -> Int64
        private let screen: Screen
        /// Told once; the run is not held up by its journal.
        private let hasFailed = Mutex(false)

        /// - Throws: when there is a file of that name already.
        init(creating path: String, on screen: Screen) throws(Fault) {
            do throws(POSIXError) {
                file = try RecordFile(creating: path)
            } catch {
                throw Fault(reason: "\(error)")
            }
            now = screen.world.now
            self.screen = screen
        }

        /// Why there is no journal.
        struct Fault: Error {
            let reason: String

            var diagnostic: Diagnostic {
                Diagnostic(
                    .error, "journal", "\(reason); nothing was changed",
                    hint: "a journal is a new file each time: name one that is not there yet")
            }
        }

        func begin(_ changeset: Changeset, plan: String) {
            let identity = changeset.identity
            add([
                "event": "begin", "format_version": 1, "plan": .string(plan),
                "account": .string(identity.account), "region": .string(identity.region),
                "application": .string(identity.application),
                "environment": .string(identity.environment.name),
                "fingerprint": .string(changeset.fingerprint), "steps": JSON(changeset.steps.count),
            ])
        }

        func begin(_ step: Step) {
            add([
                "event": "step", "address": text(step.address), "verb": .string(step.verb.rawValue),
            ])
        }

        func add(_ event: CallEvent) {
            var line: JSONObject = [
                "event": "call", "address": text(event.address), "action": .string(event.action),
            ]
            switch event.outcome {
            case .begun: break
            case .answered(let id):
                line["event"] = "answer"
                line["request_id"] = id.map(JSON.string) ?? .null
            case .failed(let code, let id, let isAmbiguous):
                line["event"] = "failure"
                line["code"] = code.map(JSON.string) ?? .null
                line["request_id"] = id.map(JSON.string) ?? .null
                line["may_be_done"] = .bool(isAmbiguous)
            }
            add(line)
        }

        func end(_ entry: Receipt.Entry) {
            let outcome =
                switch entry.outcome {
                case .done: "done"
                case .failed: "failed"
                case .notTried: "not tried"
                }
            add([
                "event": "step-end", "address": text(entry.step.address),
                "outcome": .string(outcome),
            ])
        }

        func end(_ receipt: Receipt) {
            add([
                "event": "end", "done": JSON(receipt.done.count),
                "failed": JSON(receipt.failures.count), "not_tried": JSON(receipt.notTried.count),
            ])
        }

        private func text(_ value: some CustomStringConvertible) -> JSON { .string("\(value)") }

        private func add(_ line: JSONObject) {
            var members: [(String, JSON)] = [("time", JSON(Int(now())))]
            members += line.members.map { ($0.key, $0.value) }
            do {
                try file.append(JSON.object(JSONObject(members)).compactBytes + [0x0A])
            } catch {
                guard hasFailed.withLock({ !$0 }) else { return }
                hasFailed.withLock { $0 = true }
                screen.warn([
                    Diagnostic(
                        .warning, "journal", "the journal ends here: \(error)",
                        hint: "the run goes on; its receipt is complete")
                ])
            }
        }
    }
#endif
