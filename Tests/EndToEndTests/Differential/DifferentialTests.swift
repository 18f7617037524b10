import AWSSandbox
import JSON
import POSIX
import SigV4
import Synchronization
import Testing

@Suite struct DifferentialTests {
    /// What one sequence of calls came to.
    private struct Course {
        /// Steps that were compared.
        var length = 0
        var used: Set<String> = []
        /// The first step that nothing explains, and what both sides said to it.
        var fault: (position: Int, agreement: Agreement)?
    }

    /// What all sequences came to.
    private final class Tally: Sendable {
        private let state = Mutex((compared: 0, used: Set<String>(), faulty: [String: Int]()))

        var compared: Int { state.withLock { $0.compared } }

        func add(_ course: Course) {
            state.withLock {
                $0.compared += course.length
                $0.used.formUnion(course.used)
            }
        }

        /// How often an operation had a difference that nothing explains.
        var faulty: [String: Int] { state.withLock { $0.faulty } }

        /// Whether it is the first one of that operation: one of each is shown.
        func isFirst(ofOperation operation: String) -> Bool {
            state.withLock {
                $0.faulty[operation, default: 0] += 1
                return $0.faulty[operation] == 1
            }
        }

        func isUsed(_ id: String) -> Bool { state.withLock { $0.used.contains(id) } }
    }

    private static let isLong = ProcessEnvironment.value("GAARA_TEST_LENGTH") == "long"

    @Test("the sandbox and moto agree on random calls, but for the differences that are known")
    func sequences() async throws {
        let seeds = Array(1...UInt64(Self.isLong ? 3000 : 600))
        let halves = stride(from: 0, to: 2, by: 1).map { half in
            seeds.filter { $0 % 2 == UInt64(half) }
        }
        let tally = Tally()
        try await withThrowingTaskGroup(of: Void.self) { group in
            for half in halves {
                group.addTask {
                    try await Moto.lease { moto in
                        for seed in half {
                            let steps = Step.sequence(seed: seed, length: 20)
                            let course = try await Self.run(steps, on: moto)
                            tally.add(course)
                            guard let fault = course.fault,
                                tally.isFirst(ofOperation: steps[fault.position].operation)
                            else { continue }
                            try await Self.report(seed, steps, course, on: moto)
                        }
                    }
                }
            }
            try await group.waitForAll()
        }
        let known = KnownDifference.all.map(\.id) + KnownParting.all.map(\.id)
        let unused = known.filter { !tally.isUsed($0) }
        print(
            "compared \(tally.compared) calls of \(seeds.count) sequences, "
                + "known differences \(known.count)")
        #expect(tally.faulty.isEmpty)
        #expect(unused.isEmpty, "known differences that did not occur")
        // Sequences end where the two part, most of them late.
        #expect(tally.compared > seeds.count * 8)
    }

    private static func run(_ steps: [Step], on moto: Moto) async throws -> Course {
        try await moto.reset()
        let key = SigningCredential(
            accessKeyID: "AKIADIFFERENTIAL0000", secretAccessKey: "moto", sessionToken: nil)
        var motos = Side(now: Int(SystemTime().secondsSince1970()), credential: key) {
            try await moto.send($0)
        }
        var early = motos
        for step in beginning { _ = try await early.perform(step) }

        let sandbox = Sandbox(seed: 1)
        let account = sandbox.addAccount(id: "123456789012")
        account.addRole("r")
        account.addUser("u")
        account.addGroup("g")
        var ours = Side(
            now: sandbox.now, credential: account.accessKey(for: "root")
        ) { try await sandbox.send($0) }

        var course = Course()
        for (position, step) in steps.enumerated() {
            let agreement = Agreement(
                step, try await ours.perform(step), try await motos.perform(step),
                known: KnownDifference.all)
            course.length += 1
            course.used.formUnion(agreement.used)
            if !agreement.isExplained {
                course.fault = (position, agreement)
                break
            }
            if agreement.isParting { break }
        }
        return course
    }

    /// What moto has to be told, and the sandbox is given.
    private static let beginning: [Step] = [
        Step(
            "iam CreateRole",
            [
                "RoleName": "r",
                "AssumeRolePolicyDocument": .string(
                    #"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","#
                        + #""Principal":{"Service":"ecs-tasks.amazonaws.com"},"#
                        + #""Action":"sts:AssumeRole"}]}"#),
            ]),
        Step("iam CreateUser", ["UserName": "u"]), Step("iam CreateGroup", ["GroupName": "g"]),
    ]

    /// Takes steps out as long as the sequence still ends in a difference that nothing explains.
    private static func report(
        _ seed: UInt64, _ steps: [Step], _ course: Course, on moto: Moto
    ) async throws {
        guard var fault = course.fault else { return }
        var shortest = Array(steps.prefix(fault.position + 1))
        let operation = shortest[fault.position].operation
        for position in shortest.indices.dropLast().reversed() {
            var shorter = shortest
            shorter.remove(at: position)
            guard let other = try await run(shorter, on: moto).fault,
                shorter[other.position].operation == operation
            else { continue }
            shortest = Array(shorter.prefix(other.position + 1))
            fault = other
        }
        Issue.record(
            """
            seed \(seed): the two differ after
              \(shortest.map(\.description).joined(separator: "\n  "))
            the sandbox: \(fault.agreement.ours)
            moto:        \(fault.agreement.motos)
            """)
    }
}
