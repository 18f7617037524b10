import AWS
import AWSSandbox
import GaaraEngine
import GaaraPlan
import POSIX
import Testing

@Suite("A rotation")
struct RotationChangesTests {
    private let bench = Bench()
    private let values = ValueSources.apiToken("v1")

    private func rotation(_ lines: String) throws -> Plan {
        try PlanText.small(("every: 30 days", lines))
    }

    @Test("that is changed never rotates at once: days, expression, window and none")
    func schedules() async throws {
        try await bench.apply(try PlanText.small(), values: values)
        let first = try #require(bench.secret("login")?.versionID)
        for (lines, days, schedule, duration) in [
            ("every: 10 days", 10, nil, nil),
            ("schedule: \"rate(20 days)\"", 20, "rate(20 days)", nil),
            ("schedule: \"cron(0 4 1 * ? *)\"", nil, "cron(0 4 1 * ? *)", nil),
            (
                "schedule: \"cron(0 4 1 * ? *)\"\n      window: 2 hours", nil,
                "cron(0 4 1 * ? *)", "2h"
            ),
        ] as [(String, Int?, String?, String?)] {
            try await bench.convergeFurther(
                to: try rotation(lines), values: values, writes: ["RotateSecret"])
            let live = try #require(bench.secret("login")?.rotation)
            #expect(live.schedule == schedule)
            #expect(live.duration == duration)
            if schedule == nil { #expect(live.days == days) }
        }
        #expect(bench.secret("login")?.versionID == first)
        let text = PlanText.small.replacing("every: 30 days", with: "")
            .replacing("      function: \(Bench.function)\n", with: "")
            .replacing("rotation:\n", with: "rotation: none\n")
        try await bench.convergeFurther(
            to: try PlanText.read(text), values: values, writes: ["CancelRotateSecret"])
        #expect(bench.secret("login")?.rotation?.isEnabled == false)
        #expect(bench.secret("login")?.versionID == first)
    }

    @Test("with `start: now` rotates once, when it is first enabled")
    func startNow() async throws {
        let plan = try rotation("every: 30 days\n      start: now")
        expectComplete(try await bench.apply(plan, values: values))
        let rotated = try #require(bench.secret("login"))
        #expect(rotated.stages.count == 2)
        #expect(try await bench.changeset(plan, values: values).words == [])
        let changed = try rotation("every: 31 days\n      start: now")
        try await bench.convergeFurther(to: changed, values: values, writes: ["RotateSecret"])
        #expect(bench.secret("login")?.versionID == rotated.versionID)
    }

    @Test("that is cancelled half-way has its pending label taken off")
    func cancelledHalfWay() async throws {
        bench.account.addFunction(Bench.function, fails: true)
        let plan = try rotation("every: 30 days\n      start: now")
        expectComplete(try await bench.apply(plan, values: values))
        #expect(bench.secret("login")?.stages.values.contains(["AWSPENDING"]) == true)
        let text = PlanText.small.replacing("every: 30 days", with: "")
            .replacing("      function: \(Bench.function)\n", with: "")
            .replacing("rotation:\n", with: "rotation: none\n")
        try await bench.convergeFurther(
            to: try PlanText.read(text), values: values,
            writes: ["CancelRotateSecret", "UpdateSecretVersionStage"])
        #expect(bench.secret("login")?.stages.values.contains(["AWSPENDING"]) == false)
    }

    @Test("says when its next windows open, about the day where only Secrets Manager knows")
    func nextWindows() async throws {
        for (lines, expected) in [
            ("every: 30 days", "about 2026-01-31, 2026-03-02, 2026-04-01"),
            ("schedule: \"rate(10 days)\"", "about 2026-01-11, 2026-01-21, 2026-01-31"),
            ("schedule: \"rate(12 hours)\"", "about 2026-01-01, 2026-01-02, 2026-01-02"),
            ("schedule: \"cron(0 4 1 * ? *)\"", "2026-01-01 04:00 UTC, 2026-02-01 04:00 UTC"),
        ] {
            let changeset = try await bench.changeset(try rotation(lines), values: values)
            let step = try #require(
                changeset.steps.first { $0.address.description == "rotation/login" })
            let change = try #require(step.changes.first { $0.path == "next windows" })
            guard case .text(let text) = change.after else {
                Issue.record("\(change)")
                continue
            }
            #expect(text.hasPrefix(expected), "\(text)")
        }
    }

    @Test("by a function that may not be invoked is waited for, then reported")
    func notInvokable() async throws {
        bench.account.addFunction(Bench.function, permitsSecretsManager: false)
        let receipt = try await bench.apply(try PlanText.small(), values: values)
        #expect(receipt.failures.map(\.step.address.description) == ["rotation/login"])
        #expect(receipt.notTried == [], "nothing builds on a rotation")
        #expect(
            receipt.failures.first?.error.hint?.contains(
                "aws lambda add-permission --function-name \(Bench.function)") == true)
        bench.account.addFunction(Bench.function)
        expectComplete(try await bench.apply(try PlanText.small(), values: values))
        #expect(try await bench.changeset(try PlanText.small(), values: values).words == [])
    }
}

@Suite("A rotation by the service that owns the secret")
struct ManagedRotationTests {
    private let bench = Bench()

    private func plan(_ schedule: String) throws -> Plan {
        try PlanText.read(
            PlanText.withSecret("value: external\nrotation: { function: managed, \(schedule) }"))
    }

    @Test("is switched on and its schedule corrected, without a function")
    func schedule() async throws {
        let path = "gaara-store/staging/api-token"
        _ = try await bench.client().send(
            SecretsManager.CreateSecret(
                name: path, clientRequestToken: String(repeating: "t", count: 32),
                value: .string(ProtectedBytes(Array("made-up".utf8)))))
        let plan = try plan("every: 30 days")
        let refusals = await #expect(throws: Refusals.self) { try await bench.changeset(plan) }
        #expect(refusals?.diagnostics.map(\.code) == ["not-managed"])
        bench.account.setOwner("rds", of: path, in: Bench.region)
        expectComplete(try await bench.apply(plan))
        #expect(bench.secret("api-token")?.rotation?.isEnabled == true)
        #expect(try await bench.changeset(plan).words == [])
        let before = bench.sandbox.writes.count
        let other = try self.plan("every: 10 days")
        expectComplete(try await bench.apply(other))
        #expect(bench.writes(since: before) == ["RotateSecret"])
        #expect(bench.secret("api-token")?.rotation?.days == 10)
        #expect(try await bench.changeset(other).words == [])
    }
}
