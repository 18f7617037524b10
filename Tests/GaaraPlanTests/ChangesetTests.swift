import GaaraStore
import Testing

@testable import GaaraPlan

struct ChangesetTests {
    @Test("from nothing, makes keys, then secrets, then policies, then attachments")
    func fromNothing() throws {
        let changeset = try Samples.changeset(Snapshot(observedAt: Samples.now))
        #expect(
            changeset.steps.map(\.address.description) == [
                "key", "key/value-tokens", "secret/database-url", "policy/gaara-store-staging-app",
                "attachment/gaara-store-staging-app/role/app",
            ])
        #expect(changeset.steps.allSatisfy { $0.verb == .create })
        #expect(Summary(changeset.steps).planned == "5 to create, 0 to change, 0 to delete")
    }

    @Test("from nothing, the alias is the key's last call")
    func aliasLast() throws {
        let changeset = try Samples.changeset(Snapshot(observedAt: Samples.now))
        let actions = changeset.steps[0].calls.map(\.action)
        #expect(actions == ["kms:CreateKey", "kms:EnableKeyRotation", "kms:CreateAlias"])
    }

    @Test("from nothing, a key that is not made yet stands as a reference in every later call")
    func references() throws {
        let changeset = try Samples.changeset(Snapshot(observedAt: Samples.now))
        guard case .secret(.create(_, _, let key, _, _)) = changeset.steps[2].calls.first,
            case .policy(.create(_, _, let document, _)) = changeset.steps[3].calls.first
        else {
            Issue.record("other calls than expected")
            return
        }
        #expect(key == .made(.data))
        #expect(document.contains("\"key#arn\""))
    }

    @Test("what was applied and supplied again needs no step")
    func converged() throws {
        let changeset = try Samples.changeset(Samples.applied())
        #expect(changeset.steps == [])
        #expect(changeset.notCompared == [])
        #expect(changeset.isEmpty)
    }

    @Test("every refusal is reported at once")
    func refusals() throws {
        var snapshot = Samples.applied()
        snapshot.keys[.data]?.spec = "RSA_2048"
        snapshot.secrets[Samples.databaseURL]?.owningService = "rds"
        snapshot.policyNamesTaken["gaara-store-staging-app"] =
            "arn:aws:iam::123456789012:policy/other/Gaara-Store-Staging-App"
        #expect {
            try Samples.changeset(snapshot)
        } throws: { error in
            (error as? Refusals)?.diagnostics.map(\.code) == [
                "key-spec", "service-owned", "policy-name-taken",
            ]
        }
    }

    @Test("--only and --except choose by address")
    func scope() throws {
        let nothing = Snapshot(observedAt: Samples.now)
        let only = try Samples.changeset(nothing, scope: Scope(only: ["key*"]))
        #expect(only.steps.map(\.address.description) == ["key", "key/value-tokens"])
        let except = try Samples.changeset(nothing, scope: Scope(except: ["*value*", "policy/*"]))
        #expect(
            except.steps.map(\.address.description) == [
                "key", "secret/database-url", "attachment/gaara-store-staging-app/role/app",
            ])
    }

    @Test("what --only and --except leave out refuses nothing")
    func refusalsInScope() throws {
        var snapshot = Samples.applied()
        snapshot.keys[.data]?.spec = "RSA_2048"
        snapshot.secrets[Samples.databaseURL]?.owningService = "rds"
        snapshot.policies["gaara-store-staging-app"]?.attachments = []
        snapshot.missingPrincipals = [Principal(.role, "app")]
        func codes(_ scope: Scope) -> [String] {
            do {
                _ = try Samples.changeset(snapshot, scope: scope)
                return []
            } catch {
                return (error as? Refusals)?.diagnostics.map(\.code) ?? []
            }
        }
        #expect(codes(Scope()) == ["key-spec", "service-owned", "no-such-principal"])
        #expect(codes(Scope(only: ["key"])) == ["key-spec"])
        #expect(codes(Scope(only: ["key/value-tokens"])) == [])
        #expect(codes(Scope(only: ["rotation/database-url"])) == ["service-owned"])
        #expect(codes(Scope(only: ["policy/*"])) == [])
        #expect(codes(Scope(except: ["key", "*/database-url"])) == ["no-such-principal"])
    }

    @Test("a value that is missing for something to be created is planned and named")
    func missingValue() throws {
        let supply: [SecretName: Supply] = [
            Samples.databaseURL: .missing("DATABASE_URL comes from --env-file, not given")
        ]
        let changeset = try Samples.changeset(Snapshot(observedAt: Samples.now), supply: supply)
        #expect(changeset.steps.contains { $0.address == .secret(Samples.databaseURL) })
        #expect(
            changeset.missingValues == [
                NotCompared(
                    .secret(Samples.databaseURL), "DATABASE_URL comes from --env-file, not given")
            ])
    }

    @Test("an orphan is listed, and deleted only by --prune")
    func orphans() throws {
        var snapshot = Samples.applied()
        let old = Samples.name("old")
        var live = Samples.live(Samples.secret)
        live.name = "gaara-store/staging/old"
        snapshot.orphans = [.secret(old, live)]
        let listed = try Samples.changeset(snapshot)
        #expect(listed.orphans == ["secret/old"])
        #expect(listed.isEmpty)
        let pruned = try Samples.changeset(snapshot, scope: Scope(prune: true))
        #expect(
            pruned.calls == [.secret(.delete("gaara-store/staging/old", recoveryWindowDays: 30))])
        #expect(pruned.orphans == [])
    }
}
