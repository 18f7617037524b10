internal import AWS
internal import AWSSandbox
internal import GaaraEngine
internal import GaaraPlan
internal import GaaraStore
internal import Synchronization

/// One sandbox with one account, in which plans are applied as the command does it.
final class Rig: Sendable {
    static let accountID = "123456789012"
    static let region = "us-east-1"
    static let prefix = "gaara-store/staging/"

    let sandbox: Sandbox
    let account: SandboxAccount
    private let told = Mutex<[String]>([])
    private let random: Mutex<Dice>

    init(seed: UInt64) {
        sandbox = Sandbox(seed: seed, delays: .aws, quotas: .aws)
        account = sandbox.addAccount(id: Self.accountID)
        random = Mutex(Dice(seed: seed &+ 77))
        for role in ["app", "worker", "ops"] { account.addRole(role) }
        account.addFunction(PlanShape.function)
    }

    /// Everything that a screen would have shown.
    var words: String { told.withLock { $0.joined(separator: "\n") } }

    func tell(_ text: String) { told.withLock { $0.append(text) } }

    func client() throws -> AWSClient {
        let client = try account.client(as: "role/applier", in: Self.region)
        account.attachPolicy("arn:aws:iam::aws:policy/AdministratorAccess", to: "role/applier")
        return client
    }

    func compare(
        _ shape: PlanShape, withValues: Bool = true, seeksKeyUsers: Bool = false
    ) async throws -> Comparison {
        let plan = try Self.plan(shape)
        let session = try await Session.open(
            try client(), for: plan.identity, acceptsSimulation: true)
        let values = ValueSources(
            envFile: nil, environment: shape.environment, folder: "/", allowsCommands: false)
        return try await Comparison.make(
            of: plan, in: session, valuesFrom: withValues ? values : nil,
            seeksKeyUsers: seeksKeyUsers, now: { [sandbox] in Int64(sandbox.now) })
    }

    private static func plan(_ shape: PlanShape) throws -> Plan {
        let reading = PlanReader.read(file: "plan.yaml", text: Array(shape.text.utf8)) {
            (_) throws(IncludeFault) in throw IncludeFault(reason: "there is no other file")
        }
        guard let plan = reading.plan else {
            throw Violation("the generated plan is refused:\n\(reading.rendered)\n\(shape.text)")
        }
        return plan
    }

    /// - Parameter called: told of each write before it is sent.
    func hooks(
        called: @escaping @Sendable (CallEvent) -> Void = { _ in }
    ) -> Applier.Hooks {
        Applier.Hooks(
            random: { [self] count in
                (0..<count).map { _ in
                    UInt8(truncatingIfNeeded: random.withLock { $0.next() } >> 24)
                }
            },
            sleep: { [sandbox] in try? await sandbox.time.sleep(milliseconds: $0) },
            called: called, tell: { [self] in tell($0) })
    }

    func secret(_ name: String) -> SandboxSecret? {
        account.secret(Self.prefix + name, in: Self.region)
    }

    var keys: [SandboxKey] { account.keys(in: Self.region) }
}

/// What must never happen, and did.
struct Violation: Error {
    let text: String

    init(_ text: String) { self.text = text }
}
