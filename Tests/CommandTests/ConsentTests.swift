import AWSSandbox
import POSIX
import Testing

@testable import gaara_infra

@Suite("Consent")
struct ConsentTests {
    private func stage() async throws -> Stage {
        let stage = try Stage()
        for file in ["store.yaml", "store.env"] {
            try stage.write(file, try TranscriptFolder.text(file))
        }
        stage.account.addRole("gaara-store-app")
        return stage
    }

    private func apply(_ stage: Stage, _ consent: String...) async -> Stage.Result {
        await stage.run(
            ["apply", stage.path("store.yaml"), "--env-file", stage.path("store.env")] + consent)
    }

    @Test(
        "nothing is written unless the answer is the word yes",
        arguments: ["y", "YES", "yes ", "", "no", "apply"])
    func answers(answer: String) async throws {
        let stage = try await stage()
        stage.sit(atTerminal: true)
        stage.answer([answer])
        #expect(await apply(stage).code == 1)
        #expect(stage.sandbox.writes.isEmpty)
    }

    @Test("nothing is written when the terminal goes away instead of an answer")
    func endOfInput() async throws {
        let stage = try await stage()
        stage.sit(atTerminal: true)
        let result = await apply(stage)
        #expect(result.code == 1)
        #expect(result.complaint.hasSuffix("(end of input)\nNothing was changed.\n"))
        #expect(stage.sandbox.writes.isEmpty)
    }

    @Test("the plan is shown before the question")
    func showsFirst() async throws {
        let stage = try await stage()
        stage.sit(atTerminal: true)
        stage.answer(["no"])
        #expect(await apply(stage).output.contains("Plan:"))
    }

    @Test("a wrong fingerprint changes nothing, and exit is 3 whatever else is said")
    func wrongFingerprint() async throws {
        let stage = try await stage()
        let result = await apply(stage, "--approve", "sha256:" + String(repeating: "0", count: 64))
        #expect(result.code == 3)
        #expect(stage.sandbox.writes.isEmpty)
    }

    @Test("whoever approves a plan that was made without values still supplies them")
    func approvedWithoutValues() async throws {
        let stage = try await stage()
        let plan = await stage.run(["plan", stage.path("store.yaml")])
        let fingerprint = try #require(
            plan.output.split(separator: "\n").last?.split(separator: " ").last.map(String.init))
        let refused = await stage.run([
            "apply", stage.path("store.yaml"), "--approve", fingerprint,
        ])
        #expect(refused.code == 1)
        #expect(stage.sandbox.writes.isEmpty)
        #expect(await apply(stage, "--approve", fingerprint).code == 0)
    }

    @Test("--confirm without --yes is no consent")
    func confirmAlone() async throws {
        let stage = try await stage()
        #expect(await apply(stage, "--confirm", "key").code == 1)
        #expect(stage.sandbox.writes.isEmpty)
    }

    @Test("--step with only no for an answer changes nothing")
    func stepByStep() async throws {
        let stage = try await stage()
        stage.sit(atTerminal: true)
        stage.answer(Array(repeating: "no", count: 7))
        #expect(await apply(stage, "--step").code == 1)
        #expect(stage.sandbox.writes.isEmpty)
    }

    @Test("whoever ends the asking of --step is asked no more, and no further step is begun")
    func endOfSteps() async throws {
        let stage = try await stage()
        stage.sit(atTerminal: true)
        stage.answer(["no"])
        let result = await apply(stage, "--step")
        #expect(result.code == 130)
        #expect(result.complaint.ranges(of: "Only \"yes\" runs it").count == 2)
        #expect(result.complaint.ranges(of: "(end of input)").count == 1)
        #expect(stage.sandbox.writes.isEmpty)
    }

    @Test("a second apply is no write")
    func secondApply() async throws {
        let stage = try await stage()
        #expect(await apply(stage, "--yes").code == 0)
        let writes = stage.sandbox.writes.count
        #expect(await apply(stage, "--yes").code == 0)
        #expect(stage.sandbox.writes.count == writes)
    }
}
