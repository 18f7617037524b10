import AWS
import AWSSandbox
import GaaraEngine
import GaaraPlan
import GaaraStore
import Synchronization
import Testing

/// A sandbox with one account, in which plans are compared and applied as the command does it.
struct Bench {
    static let accountID = "123456789012"
    static let region = "us-east-1"
    static let function = "arn:aws:lambda:us-east-1:123456789012:function:Rotate"
    /// Who applies, where a test does not say otherwise.
    static let applier = "role/applier"

    let sandbox: Sandbox
    let account: SandboxAccount
    let events = Events()
    private let random = CountingRandom()

    init(faults: Faults = .none) { self.init(sandbox: Sandbox(faults: faults)) }

    init(sandbox: Sandbox) {
        self.sandbox = sandbox
        account = sandbox.addAccount(id: Self.accountID)
        for role in [
            "app", "worker", "gaara-store-staging-app", "gaara-store-production-app",
            "gaara-store-production-migrations",
        ] {
            account.addRole(role)
        }
        account.addFunction(Self.function)
        account.addFunction(Self.function.replacing("Rotate", with: "SecretsManagerRotation"))
    }

    func client(as principal: String = applier, attempts: Int = 3) throws -> AWSClient {
        let client = try account.client(
            as: principal, in: Self.region, maximumAttempts: attempts)
        // What a test takes away, it takes away behind the policies' backs.
        if !sandbox.enforcesIAM {
            account.attachPolicy("arn:aws:iam::aws:policy/AdministratorAccess", to: principal)
        }
        return client
    }

    /// The plan beside the account; with no values unless sources are given.
    func compare(
        _ plan: Plan, values: ValueSources? = nil, as principal: String = applier,
        attempts: Int = 3
    ) async throws -> Comparison {
        let session = try await Session.open(
            try client(as: principal, attempts: attempts), for: plan.identity,
            acceptsSimulation: true)
        let now: @Sendable () -> Int64 = { [sandbox] in Int64(sandbox.now) }
        return try await Comparison.make(of: plan, in: session, valuesFrom: values, now: now)
    }

    /// What applying would do.
    func changeset(
        _ plan: Plan, values: ValueSources? = nil, scope: Scope = Scope(),
        as principal: String = applier
    ) async throws -> Changeset {
        try await compare(plan, values: values, as: principal).changeset(scope: scope)
    }

    /// Plans and applies.
    @discardableResult
    func apply(
        _ plan: Plan, values: ValueSources? = nil, scope: Scope = Scope(),
        as principal: String = applier, attempts: Int = 3, stopSignal: Int32? = nil,
        stoppingAfter steps: Int = .max
    ) async throws -> Receipt {
        let comparison = try await compare(
            plan, values: values, as: principal, attempts: attempts)
        let changeset = try comparison.changeset(scope: scope)
        let hooks = hooks(stopSignal: { [events] in
            events.reported.count >= steps ? stopSignal : nil
        })
        return await Applier(comparison, hooks).apply(changeset)
    }

    func destroy(_ plan: Plan) async throws -> Receipt {
        let comparison = try await compare(plan)
        return await Applier(comparison, hooks()).apply(try comparison.destruction())
    }

    /// - Parameter onSleep: what happens in the account while the applier waits.
    func hooks(
        stopSignal: @escaping @Sendable () -> Int32? = { nil },
        mayRun: @escaping @Sendable (Step) -> Bool = { _ in true },
        onSleep: @escaping @Sendable () -> Void = {}
    ) -> Applier.Hooks {
        Applier.Hooks(
            random: { [random] in random.bytes($0) },
            sleep: { [sandbox, events] milliseconds in
                events.slept(milliseconds)
                try? await sandbox.time.sleep(milliseconds: milliseconds)
                onSleep()
            },
            stopSignal: stopSignal, mayRun: mayRun,
            report: { [events] in events.report($0) }, tell: { [events] in events.tell($0) })
    }

    func secret(_ name: String, environment: String = "staging") -> SandboxSecret? {
        account.secret("gaara-store/\(environment)/\(name)", in: Self.region)
    }

    func key(_ alias: String = "alias/gaara-store/staging") -> SandboxKey? {
        account.key(alias, in: Self.region)
    }

    var keys: [SandboxKey] { account.keys(in: Self.region) }

    /// The names of the writes that were done since the `count`-th, sorted.
    func writes(since count: Int = 0) -> [String] {
        sandbox.writes.dropFirst(count).map(\.operation).sorted()
    }
}

/// What the applier said while it ran.
final class Events: Sendable {
    private struct State {
        var reported: [Receipt.Entry] = []
        var told: [String] = []
        var sleeps: [Int] = []
    }

    private let state = Mutex(State())

    var reported: [Receipt.Entry] { state.withLock { $0.reported } }
    var told: [String] { state.withLock { $0.told } }
    /// Milliseconds, all together.
    var slept: Int { state.withLock { $0.sleeps.reduce(0, +) } }

    func report(_ entry: Receipt.Entry) { state.withLock { $0.reported.append(entry) } }
    func tell(_ text: String) { state.withLock { $0.told.append(text) } }
    func slept(_ milliseconds: Int) { state.withLock { $0.sleeps.append(milliseconds) } }
}

/// Other bytes in every call, the same in every run: splitmix64.
final class CountingRandom: Sendable {
    private let state = Mutex<UInt64>(7)

    func bytes(_ count: Int) -> [UInt8] {
        (0..<count).map { _ in
            state.withLock { state in
                state &+= 0x9E37_79B9_7F4A_7C15
                var bits = (state ^ (state >> 30)) &* 0xBF58_476D_1CE4_E5B9
                bits = (bits ^ (bits >> 27)) &* 0x94D0_49BB_1331_11EB
                return UInt8(truncatingIfNeeded: bits ^ (bits >> 31))
            }
        }
    }
}

extension Receipt {
    /// `+ key`, `~ secret/database-url`: what was done.
    var doneWords: [String] { done.map(\.words) }

    var failureMessages: [String] { failures.map { "\($0.step.address): \($0.error.message)" } }
}

extension Step {
    var words: String { "\(verb.symbol) \(address)" }
}

extension Changeset {
    var words: [String] { steps.map(\.words) }
}

/// Expects that everything was done.
func expectComplete(
    _ receipt: Receipt, sourceLocation: SourceLocation = #_sourceLocation
) {
    #expect(receipt.isComplete, "\(receipt.failureMessages)", sourceLocation: sourceLocation)
}

/// The refusals of a changeset that cannot be.
func refusalCodes(_ compute: () async throws -> Changeset) async throws -> [String] {
    do {
        let changeset = try await compute()
        Issue.record("a refusal was expected, and there are steps: \(changeset.words)")
        return []
    } catch let error as Refusals {
        return error.diagnostics.map(\.code)
    }
}

/// The error of a call of the engine that must fail.
func engineError(_ body: () async throws -> Void) async throws -> EngineError? {
    do {
        try await body()
        return nil
    } catch let error as EngineError {
        return error
    }
}

extension Bench {
    /// As somebody else may do it by hand.
    func scheduleDeletion(of key: SandboxKey) async throws {
        try await byHand(KMS.ScheduleKeyDeletion(keyID: key.id, pendingWindowInDays: 7))
    }

    /// A call that somebody else makes.
    @discardableResult
    func byHand<Input: AWSOperation>(_ input: Input) async throws -> Input.Output {
        try await client(as: "user/bob").send(input)
    }
}
