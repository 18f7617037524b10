package import HTTP
internal import Synchronization

/// A simulation of AWS in memory, at the level of HTTP: it reads signed requests, answers and
/// refuses in the words of AWS, and forgets everything with its last reference.
///
/// It knows the calls of KMS, Secrets Manager, IAM and STS that the tool makes and answers 501 to
/// any other. The same seed, start and calls give the same answers, byte for byte: no clock, no
/// randomness and no file of the machine comes in. Every answer carries `x-gaara-sandbox: 1`.
package final class Sandbox: HTTPTransport {
    private let world: Mutex<World>

    /// - Parameters:
    ///   - now: where the sandbox's clock stands, in seconds since 1970. It moves only by
    ///     `advance(by:)`; requests must be signed within five minutes of it.
    ///   - enforcesIAM: whether a call needs what AWS's policies must allow for it; without, all is
    ///     allowed that `SandboxAccount.deny` does not take away.
    package init(
        seed: UInt64 = 1, startingAt now: Int = 1_767_225_600, faults: Faults = .none,
        delays: Delays = .none, quotas: SandboxQuotas = .none, enforcesIAM: Bool = false
    ) {
        var world = World(seed: seed, now: now, faults: faults)
        world.delays = delays
        world.enforcesIAM = enforcesIAM
        if quotas == .aws { world.quotas = Quotas() }
        self.world = Mutex(world)
    }

    /// Goes on where another sandbox stood.
    init(_ world: World) { self.world = Mutex(world) }

    package func send(_ request: HTTPRequest) async throws(HTTPError) -> HTTPResponse {
        // Others may do something while the request is on its way, and while the answer is.
        await SeededExecutor.current?.yield()
        if Task.isCancelled { throw HTTPError(.cancelled, "the task was cancelled") }
        let answer: Result<HTTPResponse, HTTPError> = world.withLock { world in
            do throws(HTTPError) {
                return .success(try world.answer(request))
            } catch {
                return .failure(error)
            }
        }
        await SeededExecutor.current?.yield()
        return try answer.get()
    }

    /// Whether policies are held against calls.
    package var enforcesIAM: Bool { world.withLock { $0.enforcesIAM } }

    /// Seconds since 1970.
    package var now: Int { world.withLock { $0.now } }

    /// Moves the clock, and removes the secrets and keys whose windows have ended.
    package func advance(by seconds: Int) {
        world.withLock { $0.advance(milliseconds: seconds * 1000) }
    }

    /// Puts another script of faults in the place of the one before.
    package func setFaults(_ faults: Faults) { world.withLock { $0.faults = faults } }

    /// All calls so far in the order of their arrival, failed and refused ones included.
    package var calls: [SandboxCall] { world.withLock { $0.calls } }

    /// The calls that changed an account.
    package var writes: [SandboxCall] { calls.filter { $0.isWrite && $0.outcome == .done } }

    /// Adds an account, or finds the one of that id: twelve digits.
    package func addAccount(id: String) -> SandboxAccount {
        change(id) { _ in }
        return SandboxAccount(id: id, sandbox: self)
    }

    func change<R: Sendable>(_ id: String, _ body: @Sendable (inout Account) -> R) -> R {
        world.withLock { world in
            body(&world.accounts[id, default: Account(seed: world.seed, id: id)])
        }
    }

    /// All of it as it is now; changes of the copy stay with the copy.
    var snapshot: World { world.withLock { $0 } }

    func changeWorld<R: Sendable>(_ body: @Sendable (inout World) -> R) -> R {
        world.withLock { body(&$0) }
    }
}
