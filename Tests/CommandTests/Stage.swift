import AWS
import AWSSandbox
import HTTP
import POSIX
import SigV4
import Synchronization

@testable import gaara_infra

/// A world that commands run in: a sandbox of AWS, a folder of its own, an environment, and a
/// person at a terminal who says what the test says.
final class Stage: Sendable {
    static let region = "us-east-1"
    static let accountID = "123456789012"
    static let operatorName = "user/alice"

    /// What one command showed, and how it ended.
    struct Result {
        var output = ""
        var complaint = ""
        var code: Int32 = 0
    }

    private struct State {
        var environment: [String: String] = [:]
        var terminal = World.Terminals()
        var answers: [String] = []
        var result = Result()
        /// The operations at whose arrival somebody sends that signal.
        var interruptions: [String: Int32] = [:]
        var signals: AsyncStream<Int32>.Continuation?
        var random: UInt8 = 0
        /// What the instance metadata of the machine says; `nil` where there is none.
        var machineRegion: String?
    }

    let sandbox: Sandbox
    let front: Front
    let account: SandboxAccount
    let folder: TemporaryFolder
    private let state: Mutex<State>
    /// One for all stages, so that tests which watch a clock are not starved by these.
    private static let executor = OneThread()

    init(seed: UInt64 = 1) throws {
        sandbox = Sandbox(seed: seed)
        front = Front(sandbox)
        account = sandbox.addAccount(id: Self.accountID)
        folder = try TemporaryFolder()
        state = Mutex(State())
        useCredentials(of: account)
        sandbox.setFaults(Faults { [weak self] call in self?.fault(at: call) })
    }

    /// Signs as alice of that account from now on.
    func useCredentials(of account: SandboxAccount) {
        let key = account.accessKey(for: Self.operatorName)
        state.withLock { state in
            state.environment["AWS_ACCESS_KEY_ID"] = key.accessKeyID
            state.environment["AWS_SECRET_ACCESS_KEY"] = key.secretAccessKey
            state.environment["AWS_SESSION_TOKEN"] = key.sessionToken
        }
    }

    /// Takes an action away from alice, in the sandbox and in what the policy simulator says.
    func deny(_ action: String) {
        account.deny(action, for: Self.operatorName)
        front.deny(action)
    }

    /// Gives an action back.
    func allow(_ action: String) {
        account.allow(action, for: Self.operatorName)
        front.allow(action)
    }

    /// `nil` takes the variable away.
    func set(_ variable: String, to value: String?) {
        state.withLock { $0.environment[variable] = value }
    }

    /// The machine is an EC2 instance in that region.
    func place(in region: String) { state.withLock { $0.machineRegion = region } }

    /// All three streams are a terminal's, or none is.
    func sit(atTerminal isTerminal: Bool, columns: Int? = nil) {
        state.withLock {
            $0.terminal = World.Terminals(
                input: isTerminal, output: isTerminal, error: isTerminal, columns: columns)
        }
    }

    /// What the person will say, one answer a question.
    func answer(_ words: [String]) { state.withLock { $0.answers += words } }

    /// Sends the signal when the sandbox next sees that operation.
    func send(_ signal: Int32, at operation: String) {
        state.withLock { $0.interruptions[operation] = signal }
    }

    func path(_ name: String) -> String { folder.file(name) }

    func write(_ name: String, _ text: String, mode: UInt32 = 0o600) throws {
        try File.write(path(name), Array(text.utf8), mode: mode)
    }

    func read(_ name: String) throws -> String {
        String(decoding: try File.read(path(name), maximumBytes: 1 << 20), as: UTF8.self)
    }

    /// Runs one command to its end.
    func run(_ arguments: [String]) async -> Result {
        state.withLock { $0.result = Result() }
        let world = world
        let code = await Task(executorPreference: Self.executor) {
            await Gaara.run(arguments, in: world)
        }.value
        return state.withLock { state in
            state.result.code = code
            return state.result
        }
    }

    private var world: World {
        let (environment, terminal) = state.withLock { ($0.environment, $0.terminal) }
        let transport = MachineTransport(
            region: state.withLock { $0.machineRegion }, others: front)
        let sandbox = sandbox
        return World(
            environment: environment,
            write: { [self] bytes, stream in
                let text = String(decoding: bytes, as: UTF8.self)
                state.withLock { state in
                    switch stream {
                    case .output: state.result.output += text
                    case .error: state.result.complaint += text
                    }
                }
            },
            terminal: terminal, ask: { [self] in ask($0) }, transport: { _ in transport },
            tls: {
                TLSFacts(
                    curl: "7.88.1", library: "OpenSSL/3.0.17", trust: $0 ?? "/etc/ssl/certs")
            },
            time: sandbox.time, random: { [self] in draw($0) },
            signals: { [self] in
                let (stream, continuation) = AsyncStream.makeStream(of: Int32.self)
                state.withLock { $0.signals = continuation }
                return stream
            })
    }

    /// The question and its answer stand with what the command complains of, as on a screen.
    private func ask(_ prompt: String) -> String? {
        state.withLock { state in
            let answer = state.answers.isEmpty ? nil : state.answers.removeFirst()
            state.result.complaint += prompt + (answer ?? "(end of input)") + "\n"
            return answer
        }
    }

    /// Other bytes every time, the same in every run.
    private func draw(_ count: Int) -> [UInt8] {
        state.withLock { state in
            (0..<count).map { _ in
                state.random = state.random &* 5 &+ 77
                return state.random
            }
        }
    }

    private func fault(at call: SandboxCall) -> Fault? {
        state.withLock { state in
            if let signal = state.interruptions.removeValue(forKey: call.operation) {
                state.signals?.yield(signal)
            }
            return nil
        }
    }
}
