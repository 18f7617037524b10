import GaaraStore
import Testing

@testable import GaaraPlan

struct RotationTests {
    private static let function =
        "arn:aws:lambda:us-east-1:123456789012:function:SecretsManagerRotation"
    private let path = "gaara-store/staging/database-url"

    /// The changes of the steps, without the windows, which follow from the schedule.
    private func shown(_ declared: RotationPart, _ live: Rotation.Live?) -> [[Change]] {
        findings(declared, live).steps.map { step in
            step.changes.filter { $0.path != "next windows" }
        }
    }

    private func findings(
        _ declared: RotationPart, _ live: Rotation.Live?, pending: Bool = false,
        bend: (inout Secret.Live) -> Void = { _ in }
    ) -> Findings {
        var plan = Samples.plan
        plan.secrets[0].rotation = declared
        var secret = Samples.live(Samples.secret)
        secret.rotation = live
        if pending { secret.stages["p"] = ["AWSPENDING"] }
        bend(&secret)
        let setting = Setting(
            plan: plan, snapshot: Samples.applied(), supply: [:], pepperID: nil, scope: Scope())
        return SecretRotation(plan.secrets[0]).findings(from: secret, in: setting)
    }

    private func rotation(
        _ schedule: Rotation.Schedule = .every(days: 30), window: Int? = nil,
        start: Rotation.Start = .nextWindow
    ) -> RotationPart {
        .rotation(
            Rotation(
                function: .lambda(Self.function), schedule: schedule, windowHours: window,
                start: start, place: Samples.place))
    }

    private var live: Rotation.Live {
        Rotation.Live(isEnabled: true, function: Self.function, everyDays: 30)
    }

    private func rules(_ days: Int?, _ expression: String? = nil, _ hours: Int? = nil)
        -> Rotation.Rules
    {
        Rotation.Rules(
            function: Self.function, everyDays: days, expression: expression, windowHours: hours)
    }

    @Test("rotation is enabled without rotating")
    func enabled() {
        let findings = findings(rotation(), nil)
        #expect(findings.steps.map(\.verb) == [.create])
        #expect(
            findings.steps[0].calls == [.secret(.rotate(path, rules(30), immediately: false))])
    }

    @Test("`start: now` rotates once, when rotation is first enabled")
    func now() {
        let first = findings(rotation(start: .now), nil)
        #expect(first.steps[0].calls == [.secret(.rotate(path, rules(30), immediately: true))])
        #expect(findings(rotation(start: .now), live).steps == [])
    }

    @Test("a changed schedule never rotates at once")
    func changed() {
        let findings = findings(rotation(.expression("cron(0 4 1 * ? *)"), window: 2), live)
        #expect(
            findings.steps.map(\.calls) == [
                [.secret(.rotate(path, rules(nil, "cron(0 4 1 * ? *)", 2), immediately: false))]
            ])
    }

    @Test("with a schedule, the days that Secrets Manager computes are not compared")
    func computedDays() {
        let current = Rotation.Live(
            isEnabled: true, function: Self.function, everyDays: 31,
            expression: "rate(10 days)", duration: "2h")
        #expect(findings(rotation(.expression("rate(10 days)"), window: 2), current).steps == [])
    }

    @Test("days replace a schedule, even one of which Secrets Manager computes the same days")
    func daysForSchedule() {
        let current = Rotation.Live(
            isEnabled: true, function: Self.function, everyDays: 30,
            expression: "cron(0 4 1 * ? *)")
        let findings = findings(rotation(), current)
        #expect(
            findings.steps.map(\.calls) == [
                [.secret(.rotate(path, rules(30), immediately: false))]
            ])
        var same = current
        same.expression = "rate(30 days)"
        #expect(self.findings(rotation(), same).steps == [])
    }

    @Test("a secret that is adopted or restored is not given a rotation in the same apply")
    func later() {
        #expect(findings(rotation(), nil, bend: { $0.tags = [:] }).steps == [])
        #expect(findings(rotation(), nil, bend: { $0.deletionDate = Samples.now }).steps == [])
    }

    @Test("a window that is added was not there before, and one that differs was as many hours")
    func window() {
        let none = Rotation.Live(isEnabled: true, function: Self.function, everyDays: 30)
        var four = none
        four.duration = "4h"
        let declared = rotation(window: 2)
        #expect(
            shown(declared, none)
                == [[Change("window", .absent, .text("2 hours"))]])
        #expect(
            shown(declared, four)
                == [[Change("window", .text("4 hours"), .text("2 hours"))]])
    }

    @Test("`rotation: none` cancels it and cleans up the pending version")
    func cancelled() {
        let findings = findings(.none, live, pending: true)
        #expect(findings.steps.map(\.verb) == [.delete])
        #expect(
            findings.steps[0].calls == [
                .secret(.cancelRotation(path)),
                .secret(.removeLabel(path, "AWSPENDING", version: "p")),
            ])
    }

    @Test("a version that an interrupted cancellation left pending is cleaned up by the next plan")
    func leftPending() {
        let findings = findings(.none, nil, pending: true)
        #expect(
            findings.steps.map(\.calls) == [
                [.secret(.removeLabel(path, "AWSPENDING", version: "p"))]
            ])
        #expect(self.findings(.none, nil).steps == [])
        #expect(self.findings(.unmanaged, nil, pending: true).steps == [])
    }

    @Test("and is taken off before rotation is enabled, which AWS would refuse beside it")
    func enabledOverPending() {
        let calls = findings(rotation(), nil, pending: true).steps.flatMap(\.calls)
        #expect(calls.map(\.action).count == 2)
        #expect(calls.first == .secret(.removeLabel(path, "AWSPENDING", version: "p")))
    }

    @Test("a rotation that the plan does not mention is noted and left alone")
    func unmanaged() {
        let findings = findings(.unmanaged, live)
        #expect(findings.steps == [])
        #expect(findings.diagnostics.map(\.code) == ["rotation-unmanaged"])
    }

    @Test("a rotation under way is not changed")
    func underWay() {
        let findings = findings(rotation(.every(days: 7)), live, pending: true)
        #expect(findings.diagnostics.map(\.code) == ["rotation-under-way"])
    }
}
