#if CommandLine
    internal import GaaraEngine
    internal import GaaraPlan
    internal import JSON
    internal import Synchronization

    /// What a run tells while it goes: each step's beginning and end, and why something takes long.
    ///
    /// A person sees how many of how many; a script reads one JSON object a line.
    final class Progress: Sendable {
        private let screen: Screen
        private let total: Int
        private let pace: Mutex<Pace>
        /// Seconds.
        private let now: @Sendable () -> Int64
        /// Which step began as which, from 1: two steps may have one address.
        private let numbers = Mutex<[Step: Int]>([:])
        /// What was told of waiting, less the ids of requests, which differ from try to try.
        private let told = Mutex<Set<String>>([])

        init(of changeset: Changeset, on screen: Screen) {
            self.screen = screen
            total = changeset.steps.count
            now = screen.world.now
            pace = Mutex(Pace(began: screen.world.now()))
        }

        func begin(_ step: Step) {
            let number = numbers.withLock { numbers in
                numbers[step] = numbers.count + 1
                return numbers.count
            }
            let line = StepLine(step: step, number: number, total: total)
            if screen.options.json {
                screen.event(line.json("started"))
            } else if screen.showsCounts, !step.calls.isEmpty {
                let left = pace.withLock { $0.left(of: total, at: now()) }
                screen.progress(line.text(counted: true) + " ...\(left)")
            }
        }

        func end(_ entry: Receipt.Entry) {
            let number = numbers.withLock { $0[entry.step] }
            if number != nil { pace.withLock { $0.done += 1 } }
            let line = StepLine(step: entry.step, number: number, total: total)
            let outcome = OutcomeText(entry)
            if screen.options.json {
                screen.event(line.json("ended", outcome.members))
            } else {
                screen.progress("\(line.text(counted: screen.showsCounts)): \(outcome.text)")
            }
        }

        /// Tells why something takes long: each reason once, however often it is tried again.
        func tell(_ reason: String) {
            let words = String(reason.split(separator: " (request id").first ?? "")
            guard told.withLock({ $0.insert(words).inserted }) else { return }
            if screen.options.json {
                screen.event(["event": "waiting", "message": .string(words)])
            } else {
                screen.progress(words)
            }
        }
    }

    /// How fast the steps go.
    private struct Pace {
        let began: Int64
        var done = 0

        /// In words; empty while too little is known: under twenty steps or ten seconds.
        func left(of total: Int, at now: Int64) -> String {
            let elapsed = now - began
            guard done >= 20, elapsed >= 10, total > done else { return "" }
            let seconds = elapsed * Int64(total - done) / Int64(done)
            return seconds < 90
                ? " about \(seconds) s left" : " about \((seconds + 30) / 60) min left"
        }
    }

    private struct StepLine {
        let step: Step
        /// `nil` for a step that never began.
        let number: Int?
        let total: Int

        func text(counted: Bool) -> String {
            let count = counted ? number.map { "[\($0)/\(total)] " } ?? "" : ""
            return "\(count)\(step.verb.symbol) \(step.address)"
        }

        func json(_ event: String, _ more: [(String, JSON)] = []) -> JSON {
            .object(
                JSONObject(
                    [
                        ("event", .string(event)), ("address", .string(step.address.description)),
                        ("verb", .string(step.verb.rawValue)),
                        ("number", number.map { .number(String($0)) } ?? .null),
                        ("total", .number(String(total))),
                    ] + more))
        }
    }
#endif
