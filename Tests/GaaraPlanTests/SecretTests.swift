import GaaraStore
import Testing

@testable import GaaraPlan

struct SecretTests {
    private func findings(
        _ bend: (inout Secret.Live) -> Void, supplied: Supply? = .token(Samples.token("v1")),
        scope: Scope = Scope(), declare: (inout Secret) -> Void = { _ in }
    ) throws -> Findings {
        var plan = Samples.plan
        declare(&plan.secrets[0])
        var live = Samples.live(Samples.secret)
        bend(&live)
        let setting = Setting(
            plan: plan, snapshot: Samples.applied(),
            supply: supplied.map { [Samples.databaseURL: $0] } ?? [:],
            pepperID: Samples.pepper.id, scope: scope)
        return plan.secrets[0].findings(from: live, in: setting)
    }

    private let path = "gaara-store/staging/database-url"

    @Test("a different value under our pepper is put, moved by compare-and-set, and unlabelled")
    func changedValue() throws {
        let findings = try findings({ _ in }, supplied: .token(Samples.token("v2")))
        let write = ValueWrite(
            seen: Samples.token("v1"), token: Samples.token("v2"), source: .envFile)
        #expect(findings.steps.map(\.verb) == [.change])
        #expect(
            findings.steps[0].calls == [
                .secret(.putValue(path, write)), .secret(.moveCurrent(path, write)),
                .secret(.removeStagedLabel(path, write)),
            ])
    }

    @Test("a value that somebody else wrote is shown and left alone")
    func outside() throws {
        let findings = try findings({ $0.stages = ["f00d": ["AWSCURRENT"]] })
        #expect(findings.steps.map(\.verb) == [.outside])
        #expect(findings.steps[0].calls == [])
    }

    @Test("a value that a rotation wrote is left alone, also where the plan owns the first one")
    func rotated() throws {
        let findings = try findings({
            $0.stages = ["f00d": ["AWSCURRENT"]]
            $0.rotation = Rotation.Live(isEnabled: true)
        })
        #expect(findings.steps == [])
    }

    @Test("what a CloudFormation stack owns is refused, whatever our tags on it say")
    func stack() throws {
        let findings = try findings({ $0.tags["aws:cloudformation:stack-name"] = "web" })
        #expect(findings.diagnostics.map(\.code) == ["foreign-owner"])
    }

    @Test("no first value is written while a rotation is under way")
    func firstWhilePending() throws {
        let findings = try findings({ $0.stages = ["p": ["AWSPENDING"]] })
        #expect(findings.steps == [])
        #expect(findings.notCompared.count == 1)
    }

    @Test("--overwrite corrects a value that somebody else wrote, and asks for confirmation")
    func overwrite() throws {
        let findings = try findings(
            { $0.stages = ["f00d": ["AWSCURRENT"]] },
            scope: Scope(overwrite: ["database-url"]))
        #expect(findings.steps.map(\.calls.count) == [3])
        #expect(findings.steps[0].consequence != nil)
    }

    @Test("where a list names two current versions, somebody else's is the one that counts")
    func twoCurrent() throws {
        for digit in "0123456789abcdef" {
            let findings = try findings({ $0.stages["\(digit)00d-1"] = ["AWSCURRENT"] })
            #expect(findings.steps.map(\.verb) == [.outside])
            #expect(findings.steps[0].calls == [])
        }
    }

    @Test("a value under another pepper, or without one, is not compared")
    func otherPepper() throws {
        let other = Pepper(Array(repeating: 9, count: 32))
        let foreign = other.token(of: SecretValue(string: "v1"), name: path)
        let keyed = try findings({ $0.stages = [foreign: ["AWSCURRENT"]] })
        #expect(keyed.steps == [])
        #expect(keyed.notCompared.map(\.address) == [.secret(Samples.databaseURL)])
        let unkeyed = try findings({ $0.stages = ["gaara0-1f": ["AWSCURRENT"]] })
        #expect(unkeyed.steps == [])
        #expect(unkeyed.notCompared.count == 1)
    }

    @Test("a value that nobody supplied is not compared, and says why")
    func notSupplied() throws {
        let findings = try findings({ _ in }, supplied: .missing("give --env-file"))
        #expect(findings.steps == [])
        #expect(findings.notCompared.map(\.reason) == ["give --env-file"])
    }

    @Test("a value with `owner: initial` is never compared")
    func initial() throws {
        let findings = try findings(
            { _ in }, supplied: .token(Samples.token("v2")), declare: { $0.owner = .initial })
        #expect(findings.steps == [])
        #expect(findings.notCompared == [])
    }

    @Test("no value is written while a rotation is under way")
    func pending() throws {
        let findings = try findings(
            { $0.stages["pending-version"] = ["AWSPENDING"] },
            supplied: .token(Samples.token("v2")))
        #expect(findings.steps == [])
        #expect(findings.notCompared.count == 1)
    }

    @Test("a secret without any version gets its first by a put alone")
    func firstVersion() throws {
        let findings = try findings({ $0.stages = [:] })
        let write = ValueWrite(seen: nil, token: Samples.token("v1"), source: .envFile)
        #expect(findings.steps.map(\.calls) == [[.secret(.putValue(path, write))]])
    }

    @Test("description and key are corrected in one call, tags in one each way")
    func attributes() throws {
        let findings = try findings({
            $0.description = "old"
            $0.kmsKeyID = nil
            $0.tags["team"] = "other"
            $0.tags["gaara:protect"] = "true"
            $0.tags["foreign"] = "stays"
        })
        #expect(
            findings.steps.map(\.calls) == [
                [
                    .secret(
                        .update(
                            path, description: "Primary", key: .known(arn: Samples.keyARN))),
                    .secret(.tag(path, ["team": "platform"])),
                    .secret(.untag(path, ["gaara:protect"])),
                ]
            ])
    }

    @Test(
        "each of the names that Secrets Manager gives to the key is the key",
        arguments: [
            Samples.keyARN, "1234abcd", "alias/gaara-store/staging",
            "arn:aws:kms:us-east-1:123456789012:alias/gaara-store/staging",
        ])
    func keyNames(_ name: String) throws {
        #expect(try findings({ $0.kmsKeyID = name }).steps == [])
    }

    @Test("a secret in its recovery window is restored, then corrected")
    func restore() throws {
        let findings = try findings({
            $0.deletionDate = Samples.now
            $0.description = "old"
        })
        #expect(findings.steps.map(\.verb) == [.restore, .change])
        #expect(findings.steps[0].calls == [.secret(.restore(path))])
        #expect(findings.steps[0].phase < findings.steps[1].phase)
    }

    @Test("no first value is written to a secret whose deletion may only hide its value")
    func restoreUnseen() throws {
        let findings = try findings({
            $0.deletionDate = Samples.now
            $0.stages = [:]
        })
        #expect(findings.steps.map(\.calls) == [[.secret(.restore(path))]])
        #expect(findings.steps[0].reason == "plan again afterwards for its value and rotation")
    }

    @Test("a secret without our tags is refused, and --adopt only tags it")
    func adopt() throws {
        let refused = try findings({ $0.tags = ["team": "x"] })
        #expect(refused.diagnostics.map(\.code) == ["not-ours"])
        let adopted = try findings(
            {
                $0.tags = ["team": "platform"]
                $0.description = "old"
            }, scope: Scope(adopt: true))
        #expect(adopted.steps.map(\.verb) == [.adopt])
        #expect(adopted.steps[0].calls == [.secret(.tag(path, Samples.identity.tags))])
    }

    @Test("a secret of another environment, a stack or a service is refused, --adopt or not")
    func foreign() throws {
        let scope = Scope(adopt: true)
        let other = try findings({ $0.tags["gaara:environment"] = "production" }, scope: scope)
        #expect(other.diagnostics.map(\.code) == ["foreign-owner"])
        let stack = try findings(
            { $0.tags = ["aws:cloudformation:stack-name": "web"] }, scope: scope)
        #expect(stack.diagnostics.map(\.code) == ["foreign-owner"])
        let service = try findings({ $0.owningService = "rds" }, scope: scope)
        #expect(service.diagnostics.map(\.code) == ["service-owned"])
        let replica = try findings({ $0.primaryRegion = "eu-west-1" }, scope: scope)
        #expect(replica.diagnostics.map(\.code) == ["is-replica"])
    }

    @Test("an external secret has to exist, and nothing of it is touched")
    func external() throws {
        let untouched = try findings(
            { $0.tags = [:] }, supplied: nil, declare: { $0.value = .external })
        #expect(untouched.steps == [])
        #expect(untouched.diagnostics == [])
        var plan = Samples.plan
        plan.secrets[0].value = .external
        let setting = Setting(
            plan: plan, snapshot: Snapshot(observedAt: 0), supply: [:], pepperID: nil,
            scope: Scope())
        let missing = plan.secrets[0].findings(from: nil, in: setting)
        #expect(missing.diagnostics.map(\.code) == ["external-missing"])
    }
}
