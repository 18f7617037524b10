import GaaraStore
import Testing

@testable import GaaraPlan

struct ScopeTests {
    private func messages(
        _ scope: Scope, plan: Plan = Samples.plan, beside snapshot: Snapshot = Samples.applied()
    ) -> [String] {
        scope.refusals(in: plan, beside: snapshot).map { "\($0.message); \($0.hint ?? "")" }
    }

    @Test(
        "each address that a step can have may be named",
        arguments: [
            "key", "key/value-tokens", "secret/database-url", "rotation/database-url",
            "policy/gaara-store-staging-app", "attachment/gaara-store-staging-app/role/app",
        ])
    func declared(address: String) {
        #expect(messages(Scope(only: [address], except: [address])) == [])
    }

    @Test("so may an orphan, and an attachment that somebody else made")
    func beside() {
        var snapshot = Samples.applied()
        let orphan = Samples.name("old-token")
        snapshot.orphans = [.secret(orphan, Samples.live(Samples.secret))]
        snapshot.policies["gaara-store-staging-app"]?.attachments = [Principal(.role, "other")]
        let scope = Scope(
            only: ["secret/old-token"], except: ["attachment/gaara-store-staging-app/role/other"])
        #expect(messages(scope, beside: snapshot) == [])
        #expect(messages(scope).count == 2)
    }

    @Test("a misspelt address is refused with the nearest, a glob that matches nothing is not")
    func misspelt() {
        let scope = Scope(only: ["secret/*-uri", "databas?"], except: ["secret/database-uri"])
        let tail = "is no address of the plan, nor of what is ours beside it"
        #expect(
            messages(scope) == [
                "--except secret/database-uri \(tail); did you mean secret/database-url?"
            ])
        #expect(
            messages(Scope(only: ["database-url"])) == [
                "--only database-url \(tail); did you mean secret/database-url?"
            ])
    }

    @Test("--overwrite takes a declared secret whose value the plan corrects")
    func overwrite() {
        var plan = Samples.plan
        #expect(messages(Scope(overwrite: ["database-url"]), plan: plan) == [])
        let unknown = ["secret/database-url", "database-uri"].map { "--overwrite \($0)" }
        #expect(
            messages(Scope(overwrite: ["secret/database-url", "database-uri"]), plan: plan).sorted()
                == unknown.sorted().map {
                    "\($0) names no secret of the plan; did you mean database-url?"
                })
        plan.secrets[0].owner = .initial
        #expect(messages(Scope(overwrite: ["database-url"]), plan: plan).count == 1)
        plan.secrets[0].owner = .plan
        plan.secrets[0].value = .external
        #expect(messages(Scope(overwrite: ["database-url"]), plan: plan).count == 1)
    }
}
