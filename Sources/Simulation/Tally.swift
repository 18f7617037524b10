internal import AWSSandbox
internal import GaaraPlan
internal import Synchronization

/// How often each thing was tried, over all schedules.
final class Tally: Sendable {
    struct Counts {
        var schedules = 0
        var kinds: [String: Int] = [:]
        /// By the place in `Fault.all`: schedules in which it came.
        var faults: [Int: Int] = [:]
        /// Deaths before a call and after it, by the call's case.
        var before: [String: Int] = [:]
        var after: [String: Int] = [:]
        /// Keys that the losers of races left.
        var spares = 0
        var violations: [(seed: UInt64, text: String)] = []
    }

    private let counts = Mutex(Counts())

    var current: Counts { counts.withLock { $0 } }

    func add(_ schedule: Schedule, _ violation: String?) {
        counts.withLock { counts in
            counts.schedules += 1
            counts.kinds[schedule.kind.rawValue, default: 0] += 1
            if schedule.kind == .race { counts.spares += max(0, schedule.rig.keys.count - 2) }
            for kind in schedule.trouble.fired { counts.faults[kind, default: 0] += 1 }
            if let death = schedule.trouble.death, schedule.trouble.isDead {
                if death.isExecuted {
                    counts.after[death.name, default: 0] += 1
                } else {
                    counts.before[death.name, default: 0] += 1
                }
            }
            if let violation { counts.violations.append((schedule.seed, violation)) }
        }
    }
}

extension Tally.Counts {
    /// What fell below its least.
    func shortfalls(deaths: Int, faults least: Int) -> [String] {
        let names = Call.caseNames.union(before.keys).union(after.keys).sorted()
        let rare = names.flatMap { name -> [String] in
            var words: [String] = []
            if !Call.caseNames.contains(name) {
                words.append("\(name) is not in the list of cases")
            }
            if before[name, default: 0] < deaths { words.append("too few deaths before \(name)") }
            if after[name, default: 0] < deaths { words.append("too few deaths after \(name)") }
            return words
        }
        let missing = Fault.all.indices.filter { faults[$0, default: 0] < least }
        return rare + missing.map { "too few schedules with \(Fault.all[$0])" }
    }

    var lines: [String] {
        var lines = ["schedules: \(schedules)"]
        lines += kinds.sorted { $0.key < $1.key }.map { "  \($0.key): \($0.value)" }
        lines.append("spare keys of races: \(spares)")
        lines.append("schedules with each fault:")
        lines += Fault.all.indices.map { "  \(Fault.all[$0]): \(faults[$0, default: 0])" }
        lines.append("deaths at each call, before it and after it:")
        lines += Call.caseNames.sorted().map {
            "  \($0): \(before[$0, default: 0]) \(after[$0, default: 0])"
        }
        return lines
    }
}
