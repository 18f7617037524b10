import GaaraStore
import Testing

@testable import GaaraPlan

struct DestroyTests {
    @Test("detaches, deletes policies, then secrets, and keeps the keys")
    func order() throws {
        let changeset = try Changeset.destroying(Samples.plan, Samples.applied())
        #expect(
            changeset.calls.map(\.action) == [
                "iam:DetachRolePolicy", "iam:DeletePolicy", "secretsmanager:DeleteSecret",
            ])
        #expect(changeset.notes.map(\.code) == ["key-kept", "key-kept"])
    }

    @Test("deletes the versions of a policy that are not in force before the policy")
    func versions() throws {
        var snapshot = Samples.applied()
        snapshot.policies["gaara-store-staging-app"]?.versions = ["v1", "v2"]
        snapshot.policies["gaara-store-staging-app"]?.defaultVersion = "v2"
        let changeset = try Changeset.destroying(Samples.plan, snapshot)
        #expect(
            changeset.calls.map(\.action) == [
                "iam:DetachRolePolicy", "iam:DeletePolicyVersion", "iam:DeletePolicy",
                "secretsmanager:DeleteSecret",
            ])
    }

    @Test("a protected secret refuses the whole of it")
    func protected() {
        var snapshot = Samples.applied()
        snapshot.secrets[Samples.databaseURL]?.tags["gaara:protect"] = "true"
        #expect {
            try Changeset.destroying(Samples.plan, snapshot)
        } throws: {
            ($0 as? Refusals)?.diagnostics.map(\.code) == ["protected"]
        }
    }

    @Test("a secret that the plan protects is not deleted because its tag was taken off")
    func declaredProtected() {
        var plan = Samples.plan
        plan.secrets[0].isProtected = true
        #expect {
            try Changeset.destroying(plan, Samples.applied())
        } throws: {
            ($0 as? Refusals)?.diagnostics.map(\.code) == ["protected"]
        }
    }

    @Test("takes what is ours and no longer declared with it")
    func orphans() throws {
        var plan = Samples.plan
        var snapshot = Samples.applied()
        snapshot.orphans = [.secret(Samples.databaseURL, Samples.live(Samples.secret))]
        plan.secrets = []
        plan.access = []
        let changeset = try Changeset.destroying(plan, snapshot)
        #expect(changeset.calls.map(\.action) == ["secretsmanager:DeleteSecret"])
    }

    @Test("deleting a secret that was read within seven days needs confirmation")
    func readLately() throws {
        var snapshot = Samples.applied()
        snapshot.secrets[Samples.databaseURL]?.lastAccessed = Samples.now - 7 * 86_400
        let lately = try Changeset.destroying(Samples.plan, snapshot)
        #expect(lately.steps.last?.consequence != nil)
        snapshot.secrets[Samples.databaseURL]?.lastAccessed = Samples.now - 9 * 86_400
        let longAgo = try Changeset.destroying(Samples.plan, snapshot)
        #expect(longAgo.steps.last?.consequence == nil)
    }

    @Test("a time of reading beyond all reckoning is no end of the process")
    func readAtNoTime() throws {
        for (time, isLately) in [(Int64.min, false), (.min + 1024, false), (.max, true)] {
            let live = Secret.Live(name: "a", arn: "b", lastAccessed: time)
            #expect(live.wasReadLately(asOf: Samples.now) == isLately)
        }
    }

    @Test("what does not carry our tags is kept, and said to be")
    func notOurs() throws {
        var snapshot = Samples.applied()
        snapshot.secrets[Samples.databaseURL]?.tags = [:]
        snapshot.policies["gaara-store-staging-app"]?.tags = [:]
        let changeset = try Changeset.destroying(Samples.plan, snapshot)
        #expect(changeset.steps == [])
        #expect(changeset.notes.filter { $0.code == "kept" }.count == 2)
    }

    @Test("what is already gone or in its recovery window needs no step")
    func gone() throws {
        var snapshot = Samples.applied()
        snapshot.policies = [:]
        snapshot.secrets[Samples.databaseURL]?.deletionDate = Samples.now
        #expect(try Changeset.destroying(Samples.plan, snapshot).isEmpty)
    }
}
