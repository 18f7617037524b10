internal import POSIX
internal import Synchronization

/// Runs a piece of concurrent code on one thread, its jobs one at a time in an order drawn from a
/// seed: the same seed gives the same run, task groups and actors included.
///
/// Time in it is virtual. A sandbox's `time` knows the executor: its sleepers wake in the order of
/// their deadlines, and the clock moves to the next deadline only when nobody else has anything to
/// do, so that two who sleep at once move it by the longer of their times and not by the sum.
///
/// What leaves the executor leaves the simulation: `Task.yield`, `Task.sleep`, unstructured tasks
/// and real input and output run elsewhere. `run` refuses to wait for those.
package final class SeededExecutor: TaskExecutor {
    /// Nobody could go on: the code waits for something that the executor does not run.
    package struct Stuck: Error, Hashable {
        /// How many jobs had been run.
        package let jobs: Int
    }

    /// The executor that runs the task, if one does.
    @TaskLocal static var current: SeededExecutor?

    private let state: Mutex<State>

    package init(seed: UInt64) { state = Mutex(State(random: SeededRandom(seed: seed))) }

    /// Runs `body` to its end, on the thread that calls.
    ///
    /// Throws what `body` throws, or `Stuck`.
    package func run<Output: Sendable>(
        _ body: @escaping @Sendable () async throws -> Output
    ) throws -> Output {
        let outcome = Outcome<Output>()
        let task = Task(executorPreference: self) {
            await Self.$current.withValue(self) {
                do {
                    outcome.set(.success(try await body()))
                } catch {
                    outcome.set(.failure(error))
                }
            }
        }
        while let step = state.withLock({ $0.next(isOver: outcome.value != nil) }) {
            switch step {
            case .run(let job): perform(job)
            case .resume(let waiter): waiter.resume()
            case .wake(let sleepers): sleepers.forEach { $0.wake() }
            case .cancel(let sleepers): sleepers.forEach { $0.waiter.resume(returning: false) }
            }
        }
        guard let result = outcome.value else {
            task.cancel()
            throw Stuck(jobs: state.withLock { $0.count })
        }
        return try result.get()
    }

    package func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        state.withLock { $0.ready.append(.run(job)) }
    }

    /// Lets the others go first, or not, as the seed has it.
    package func yield() async {
        await withCheckedContinuation { waiter in
            state.withLock { $0.ready.append(.resume(waiter)) }
        }
    }

    /// Waits until `milliseconds` have passed and nobody has anything to do before.
    ///
    /// - Parameter wake: called when the time has come, before the sleeper goes on.
    func sleep(
        milliseconds: Int, wake: @escaping @Sendable () -> Void
    ) async throws(CancellationError) {
        let number = state.withLock { $0.nextNumber() }
        let isOver = await withTaskCancellationHandler {
            await withCheckedContinuation { (waiter: CheckedContinuation<Bool, Never>) in
                let isAsleep = state.withLock { state in
                    state.sleep(number, milliseconds, onWake: wake, waiter)
                }
                if !isAsleep { waiter.resume(returning: false) }
            }
        } onCancel: {
            state.withLock { $0.cancel(number) }?.waiter.resume(returning: false)
        }
        guard isOver else { throw CancellationError() }
    }

    /// Milliseconds of virtual time that have passed.
    package var elapsed: Int { state.withLock { $0.elapsed } }

    private final class Outcome<Output: Sendable>: Sendable {
        private let result = Mutex<Result<Output, any Error>?>(nil)

        var value: Result<Output, any Error>? { result.withLock { $0 } }

        func set(_ value: Result<Output, any Error>) { result.withLock { $0 = value } }
    }
}

extension SeededExecutor {
    fileprivate struct Sleeper: Sendable {
        let number: Int
        /// In milliseconds of the executor's time.
        let deadline: Int
        let onWake: @Sendable () -> Void
        let waiter: CheckedContinuation<Bool, Never>

        func wake() {
            onWake()
            waiter.resume(returning: true)
        }
    }

    fileprivate enum Step: Sendable {
        case run(UnownedJob)
        case resume(CheckedContinuation<Void, Never>)
        case wake([Sleeper])
        case cancel([Sleeper])
    }

    fileprivate struct State: Sendable {
        var random: SeededRandom
        var ready: [Step] = []
        private var sleepers: [Sleeper] = []
        /// Sleepers that were cancelled before they slept.
        private var cancelled: Set<Int> = []
        private(set) var elapsed = 0
        private(set) var count = 0
        private var lastNumber = 0

        init(random: SeededRandom) { self.random = random }

        /// What to do next; `nil` when there is nothing.
        mutating func next(isOver: Bool) -> Step? {
            if !ready.isEmpty {
                count += 1
                return ready.remove(at: Int(random.next() % UInt64(ready.count)))
            }
            guard let deadline = sleepers.map(\.deadline).min() else { return nil }
            let isDue: (Sleeper) -> Bool = { isOver || $0.deadline == deadline }
            let due = sleepers.filter(isDue)
            sleepers.removeAll(where: isDue)
            // Nobody waits any more for those who sleep when all is over.
            if isOver { return .cancel(due) }
            elapsed = deadline
            return .wake(due)
        }

        mutating func nextNumber() -> Int {
            lastNumber += 1
            return lastNumber
        }

        /// False when the sleeper has been cancelled already.
        mutating func sleep(
            _ number: Int, _ milliseconds: Int, onWake: @escaping @Sendable () -> Void,
            _ waiter: CheckedContinuation<Bool, Never>
        ) -> Bool {
            guard cancelled.remove(number) == nil else { return false }
            sleepers.append(
                Sleeper(
                    number: number, deadline: elapsed + max(0, milliseconds), onWake: onWake,
                    waiter: waiter))
            return true
        }

        mutating func cancel(_ number: Int) -> Sleeper? {
            guard let place = sleepers.firstIndex(where: { $0.number == number }) else {
                cancelled.insert(number)
                return nil
            }
            return sleepers.remove(at: place)
        }
    }
}
