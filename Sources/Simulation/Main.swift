internal import GaaraPlan
internal import POSIX
internal import Synchronization

/// Runs schedules of seeds on a few threads, and tells how many and what was found.
///
/// Usage: Simulation FIRST COUNT [--strict] [--first-only]; ends with 1 on a violation, with
/// `--strict` also where something was tried too rarely.
@main enum Main {
    private static let threads = 2

    static func main() async {
        let words = CommandLine.arguments.dropFirst()
        let numbers = words.compactMap { UInt64($0) }
        guard numbers.count == 2 else {
            print("usage: Simulation FIRST COUNT [--strict] [--first-only]")
            ExitStatus.end(64)
        }
        let tally = Tally()
        let seeds = Seeds(numbers[0], count: numbers[1])
        let stopsAtFirst = words.contains("--first-only")
        await withTaskGroup(of: Void.self) { group in
            for _ in 0..<threads {
                group.addTask {
                    _ = try? await Thread.value(for: "run schedules") { () throws(POSIXError) in
                        while let seed = seeds.next() {
                            Self.run(seed, tally)
                            if stopsAtFirst, !tally.current.violations.isEmpty { return }
                        }
                    }
                }
            }
        }
        report(tally.current, isStrict: words.contains("--strict"))
    }

    private nonisolated static func run(_ seed: UInt64, _ tally: Tally) {
        var schedule = Schedule(seed: seed)
        do {
            try schedule.run()
            tally.add(schedule, nil)
        } catch let violation as Violation {
            tally.add(schedule, violation.text)
        } catch {
            tally.add(schedule, "it ends with \(error)")
        }
    }

    private static func report(_ counts: Tally.Counts, isStrict: Bool) {
        for line in counts.lines { print(line) }
        let shortfalls = isStrict ? counts.shortfalls(deaths: 50, faults: 500) : []
        for line in shortfalls { print("error: \(line)") }
        for violation in counts.violations.prefix(20) {
            print("error: seed \(violation.seed): \(violation.text)")
        }
        print("\(counts.schedules) schedules, \(counts.violations.count) violations")
        if !counts.violations.isEmpty || !shortfalls.isEmpty { ExitStatus.end(1) }
    }
}

/// Seeds that are still to be run.
private final class Seeds: Sendable {
    private let state: Mutex<UInt64>
    private let end: UInt64

    init(_ first: UInt64, count: UInt64) {
        state = Mutex(first)
        end = first + count
    }

    func next() -> UInt64? {
        state.withLock { next in
            guard next < end else { return nil }
            defer { next += 1 }
            return next
        }
    }
}
