import GaaraStore
import Testing

@testable import GaaraPlan

struct PolicyTests {
    private let arn =
        "arn:aws:iam::123456789012:policy/gaara-store/staging/gaara-store-staging-app"

    @Test("another document becomes a new default version")
    func newVersion() throws {
        var snapshot = Samples.applied()
        snapshot.policies["gaara-store-staging-app"]?.document =
            #"{"Version":"2012-10-17","Statement":[]}"#
        let changeset = try Samples.changeset(snapshot)
        #expect(changeset.calls.map(\.action) == ["iam:CreatePolicyVersion"])
    }

    @Test("with five versions the oldest that is not in force goes first, and is shown")
    func prunes() throws {
        var snapshot = Samples.applied()
        snapshot.policies["gaara-store-staging-app"]?.document = "{}"
        snapshot.policies["gaara-store-staging-app"]?.versions = ["v3", "v4", "v5", "v6", "v7"]
        snapshot.policies["gaara-store-staging-app"]?.defaultVersion = "v3"
        let changeset = try Samples.changeset(snapshot)
        #expect(changeset.calls.first == .policy(.deleteVersion(arn: arn, version: "v4")))
        #expect(changeset.steps[0].changes.contains { $0.path == "versions.v4" })
    }

    @Test("the policy is attached to the declared, and detached from everybody else")
    func attachments() throws {
        var snapshot = Samples.applied()
        snapshot.policies["gaara-store-staging-app"]?.attachments = [Principal(.user, "eve")]
        let changeset = try Samples.changeset(snapshot)
        #expect(
            changeset.calls == [
                .policy(.attach(arn: arn, Principal(.role, "app"))),
                .policy(.detach(arn: arn, Principal(.user, "eve"))),
            ])
    }

    @Test("a principal that does not exist is named before anything is written")
    func missingPrincipal() {
        var snapshot = Samples.applied()
        snapshot.policies["gaara-store-staging-app"]?.attachments = []
        snapshot.missingPrincipals = [Principal(.role, "app")]
        #expect {
            try Samples.changeset(snapshot)
        } throws: {
            ($0 as? Refusals)?.diagnostics.map(\.code) == ["no-such-principal"]
        }
    }

    @Test("a policy without our tags is refused, and --adopt only tags it")
    func adopt() throws {
        var snapshot = Samples.applied()
        snapshot.policies["gaara-store-staging-app"]?.tags = [:]
        snapshot.policies["gaara-store-staging-app"]?.attachments = []
        #expect(throws: Refusals.self) { try Samples.changeset(snapshot) }
        let adopted = try Samples.changeset(snapshot, scope: Scope(adopt: true))
        #expect(adopted.steps.map(\.verb) == [.adopt])
        #expect(adopted.calls == [.policy(.tag(arn: arn, Samples.plan.allTags))])
    }
}
