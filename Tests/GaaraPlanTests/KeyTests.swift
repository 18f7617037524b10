import GaaraStore
import Testing

@testable import GaaraPlan

struct KeyTests {
    private func findings(
        _ bend: (inout Key.Live) -> Void, scope: Scope = Scope(),
        declare: (inout Plan) -> Void = { _ in }
    ) -> Findings {
        var plan = Samples.plan
        declare(&plan)
        var live = Samples.live(Samples.key)
        bend(&live)
        let setting = Setting(
            plan: plan, snapshot: Samples.applied(), supply: [:], pepperID: nil, scope: scope)
        return plan.keys[0].findings(from: live, in: setting)
    }

    private let key = KeyReference.known(arn: Samples.keyARN)

    @Test("description, rotation and tags are corrected where they differ")
    func correction() {
        let findings = findings {
            $0.description = "old"
            $0.rotationDays = nil
            $0.tags["team"] = nil
        }
        #expect(
            findings.steps.map(\.calls) == [
                [
                    .key(.updateDescription(key, "Gaara Store")),
                    .key(.enableRotation(key, days: 365)),
                    .key(.tag(key, ["team": "platform"])),
                ]
            ])
    }

    @Test("`rotation: none` switches automatic rotation off")
    func rotationOff() {
        let findings = findings({ _ in }, declare: { $0.keys[0].rotationDays = nil })
        #expect(findings.steps.map(\.calls) == [[.key(.disableRotation(key))]])
    }

    @Test("a key found by its claim gets the alias that a killed apply did not make")
    func claimed() {
        let findings = findings { $0.hasAlias = false }
        #expect(
            findings.steps.map(\.calls) == [
                [.key(.createAlias("alias/gaara-store/staging", key: key))]
            ])
    }

    @Test("another key policy is put back, and taking rights away needs confirmation")
    func policy() {
        let findings = findings {
            $0.policy = """
                {"Version":"2012-10-17","Statement":[{"Sid":"All","Effect":"Allow",
                "Principal":{"AWS":"arn:aws:iam::123456789012:root"},"Action":"kms:*",
                "Resource":"*"}]}
                """
        }
        #expect(findings.steps.map { $0.calls.map(\.action) } == [["kms:PutKeyPolicy"]])
        #expect(
            findings.steps[0].consequence
                == "the new key policy may take rights away from account 123456789012: kms:*")
    }

    @Test("who may lose what by a new key policy is told by name; who gains is no reason to ask")
    func narrowing() {
        // Without an applier everybody may use the key whom IAM lets.
        var plan = Samples.plan
        plan.operators.applier = ["role/apply"]
        let declare: (inout Plan) -> Void = { $0.operators = plan.operators }
        var more = plan
        more.access[0].roles.append(Access.RoleAttachment(name: "worker", place: Samples.place))
        more.access[0].users = ["bob"]
        let wider = more.keyPolicy(of: Samples.key).text
        #expect(
            findings({ $0.policy = wider }, declare: declare).steps.map(\.consequence) == [
                "the new key policy may take rights away from role/worker: kms:decrypt;"
                    + " user/bob: kms:decrypt"
            ])
        let narrower = plan.keyPolicy(of: Samples.key).text
        let widened = findings({ $0.policy = narrower }, declare: { $0 = more })
        #expect(widened.steps.map(\.consequence) == [nil])
        #expect(
            findings { $0.policy = "{" }.steps.map(\.consequence) == [
                "the new key policy may take rights away: the present one cannot be compared"
            ])
    }

    @Test("a disabled key is enabled only with confirmation")
    func disabled() {
        let findings = findings { $0.state = .disabled }
        #expect(findings.steps.map(\.calls) == [[.key(.enable(key))]])
        #expect(findings.steps[0].consequence != nil)
    }

    @Test("a key pending deletion is saved, never replaced")
    func pendingDeletion() {
        let findings = findings { $0.state = .pendingDeletion(until: nil) }
        #expect(findings.steps.map(\.verb) == [.restore])
        #expect(findings.steps[0].calls == [.key(.cancelDeletion(key)), .key(.enable(key))])
    }

    @Test("a key that AWS manages, or of another spec or owner, is refused")
    func refused() {
        #expect(
            findings { $0.isCustomerManaged = false }.diagnostics.map(\.code)
                == ["key-managed-by-aws"])
        #expect(findings { $0.spec = "RSA_2048" }.diagnostics.map(\.code) == ["key-spec"])
        #expect(
            findings { $0.tags["gaara:region"] = "eu-west-1" }.diagnostics.map(\.code)
                == ["foreign-owner"])
    }

    @Test("a key that the plan does not own has to exist and is never changed")
    func existing() {
        let untouched = findings(
            {
                $0.description = "theirs"
                $0.tags = [:]
            }, declare: { $0.keys[0].isExisting = true })
        #expect(untouched.steps == [])
        #expect(untouched.diagnostics == [])
        var plan = Samples.plan
        plan.keys[0].isExisting = true
        let setting = Setting(
            plan: plan, snapshot: Snapshot(observedAt: 0), supply: [:], pepperID: nil,
            scope: Scope())
        #expect(
            plan.keys[0].findings(from: nil, in: setting).diagnostics.map(\.code)
                == ["key-not-found"])
    }

    @Test("the claim tells role, account, region, application and environment apart")
    func claims() {
        let claims = [
            Samples.key.claim(of: Samples.identity), Samples.hmacKey.claim(of: Samples.identity),
            Samples.key.claim(
                of: Identity(
                    application: "gaara-store", environment: .production,
                    account: "123456789012", region: "us-east-1")),
            Samples.key.claim(
                of: Identity(
                    application: "gaara-store", environment: .staging, account: "123456789012",
                    region: "eu-west-1")),
        ]
        #expect(Set(claims).count == 4)
    }

    @Test("an administrator who does not exist is named before anything is written")
    func missingAdministrator() {
        var plan = Samples.plan
        plan.keys[0].administrators = ["role/teams/ops", "role/security"]
        var snapshot = Snapshot(observedAt: Samples.now)
        snapshot.missingPrincipals = [Principal(.role, "ops")]
        #expect {
            try Samples.changeset(snapshot, plan: plan)
        } throws: {
            ($0 as? Refusals)?.diagnostics.map(\.message)
                == ["role/ops does not exist, so it cannot administer key"]
        }
    }

    @Test("a key carries the protection of its secrets")
    func protection() {
        let findings = findings({ _ in }, declare: { $0.secrets[0].isProtected = true })
        #expect(findings.steps.map(\.calls) == [[.key(.tag(key, ["gaara:protect": "true"]))]])
    }

    @Test("says that a role which its policy names was deleted, and who loses and gains what")
    func deletedRole() throws {
        let plan = Samples.plan
        let policy = plan.keyPolicy(of: Samples.key).text.replacing(
            plan.identity.iamARN("root"), with: "AROAEXAMPLEID1234567")
        let step = try #require(findings({ $0.policy = policy }).steps.first)
        #expect(
            step.reason == "role AROAEXAMPLEID1234567 was deleted: the policy keeps only the id")
        let change = try #require(step.changes.first { $0.path == "policy" })
        let lines = try #require(change.permissions?.lines)
        #expect(lines.contains { $0.hasPrefix("AROAEXAMPLEID1234567, which was deleted, can no") })
    }
}
