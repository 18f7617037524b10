import AWS
import AWSSandbox
import GaaraPlan
import Testing

@testable import GaaraEngine

@Suite("Preflight")
struct PreflightTests {
    private let bench = Bench()
    private let values = ValueSources.apiToken("v1")

    /// Somebody of each kind.
    private func plan() throws -> Plan {
        for user in ["clerk"] { bench.account.addUser(user) }
        bench.account.addGroup("people")
        return try PlanText.small(
            ("roles: [app]", "roles: [app]\n      users: [clerk]\n      groups: [people]"))
    }

    private func report(
        _ plan: Plan, as principal: String = Bench.applier, calls: [Call] = []
    ) async throws -> Preflight.Report {
        let session = try await Session.open(
            try bench.client(as: principal), for: plan.identity, acceptsSimulation: true)
        return await Preflight(of: plan, in: session)
            .report(on: calls)
    }

    /// The actions of the calls since the `count`-th that were not about who we are.
    private func actions(since count: Int) -> Set<String> {
        Set(
            bench.sandbox.calls.dropFirst(count).map { call in
                // What it is signed for, and what actions begin with.
                "\(call.service == "tagging" ? "tag" : call.service):\(call.operation)"
            }
        ).subtracting(["sts:GetCallerIdentity"])
    }

    /// What comparing a plan with its values calls, and what the preflight tells of.
    private func compared(_ plan: Plan) async throws -> (made: Set<String>, told: Set<String>) {
        let start = bench.sandbox.calls.count
        _ = try await bench.compare(plan, values: values)
        let made = actions(since: start)
        return (made, Set(try await report(plan).reads.map(\.action)))
    }

    @Test("every operation that comparing a plan makes is told of, and no other")
    func completeness() async throws {
        let plan = try plan()
        let fresh = try await compared(plan)
        #expect(fresh.made.subtracting(fresh.told) == [])
        try await bench.apply(plan, values: values)
        let applied = try await compared(plan)
        #expect(applied.made.subtracting(applied.told) == [])
        try await bench.byHand(KMS.DeleteAlias(aliasName: "alias/gaara-store/staging"))
        let claimed = try await compared(plan)
        #expect(claimed.made.subtracting(claimed.told) == [])

        let made = fresh.made.union(applied.made).union(claimed.made)
        #expect(made == fresh.told.union(applied.told).union(claimed.told))
        #expect(made.count == 17)
        // What does not exist yet is told of all the same.
        #expect(fresh.told == made)
    }

    @Test("what is there is tried by calling, and nothing is written")
    func trying() async throws {
        let plan = try plan()
        try await bench.apply(plan, values: values)
        let (writes, start) = (bench.sandbox.writes.count, bench.sandbox.calls.count)
        let reads = try await report(plan).reads
        #expect(reads.allSatisfy { $0.evidence == .called && $0.verdict == .allowed })
        #expect(actions(since: start) == Set(reads.map(\.action)))
        #expect(bench.sandbox.writes.count == writes)
    }

    @Test(
        "a refusal is one denied finding with who would need it, and hides no other",
        arguments: [
            "kms:DescribeKey", "kms:GetKeyPolicy", "kms:ListResourceTags",
            "kms:GetKeyRotationStatus", "secretsmanager:ListSecrets",
            "secretsmanager:DescribeSecret", "iam:ListPolicies", "iam:GetPolicy",
            "iam:GetPolicyVersion", "iam:ListPolicyVersions", "iam:ListEntitiesForPolicy",
        ])
    func refusal(action: String) async throws {
        let plan = try plan()
        try await bench.apply(plan, values: values)
        bench.account.deny(action, for: "role/reader")
        let reads = try await report(plan, as: "role/reader").reads
        let denied = reads.filter { $0.verdict == .denied }
        #expect(Set(denied.map(\.action)) == [action])
        for finding in denied {
            #expect(finding.isNeeded)
            #expect(finding.reason?.contains("AccessDenied") == true)
            #expect(finding.hint?.hasPrefix("allow \(action) to arn:aws:sts::") == true)
        }
        // And comparing the plan does fail of it.
        await #expect(throws: EngineError.self) {
            try await bench.compare(plan, as: "role/reader")
        }
    }

    @Test(
        "what plan goes on without is denied and not needed, and what it cannot tell then is said",
        arguments: [
            "kms:GenerateMac", "tag:GetResources", "iam:GetRole", "iam:GetUser", "iam:GetGroup",
        ])
    func spared(action: String) async throws {
        let plan = try plan()
        try await bench.apply(plan, values: values)
        bench.account.deny(action, for: "role/reader")
        let denied = try await report(plan, as: "role/reader").reads
            .filter { $0.verdict == .denied }
        #expect(denied.map(\.action) == [action])
        #expect(denied.first?.isNeeded == false)
        #expect(denied.first?.hint?.contains("; without it plan ") == true)
        _ = try await bench.compare(plan, values: values, as: "role/reader")
    }

    @Test("the tags of somebody else's key may be denied: one of the account's keys is enough")
    func foreignTags() async throws {
        let plan = try plan()
        let finding = try await report(plan).reads.first { $0.action == "kms:ListKeys" }
        #expect(finding?.verdict == .allowed)
        _ = try await bench.byHand(KMS.CreateKey(description: "theirs"))
        let tags = try await report(plan).reads.filter {
            $0.action == "kms:ListResourceTags" && $0.evidence == .called
        }
        #expect(tags.map(\.verdict) == [.allowed])
        bench.account.deny("kms:ListResourceTags", for: "role/reader")
        let denied = try await report(plan, as: "role/reader").reads.filter {
            $0.verdict == .denied
        }
        #expect(denied.map(\.action) == ["kms:ListResourceTags"])
    }

    @Test("where the simulator cannot be asked nothing is guessed, for a reason that is said")
    func noSimulator() async throws {
        let plan = try plan()
        let calls = try await bench.changeset(plan).calls
        bench.account.deny("iam:SimulatePrincipalPolicy", for: Bench.applier)
        let report = try await report(plan, calls: calls)
        #expect(Set(calls.map(\.action)).subtracting(report.writes.map(\.action)) == [])
        for finding in report.writes {
            #expect(finding.verdict == .unknown && finding.evidence == .simulated)
            #expect(finding.reason?.hasPrefix("the simulator cannot be asked: ") == true)
        }
        #expect(Set(report.writes.compactMap(\.reason)).count == 1)
    }

    @Test("of the account's root nothing is guessed either")
    func root() async throws {
        let plan = try plan()
        let start = bench.sandbox.calls.count
        let calls = try await bench.changeset(plan).calls
        let report = try await report(plan, as: "root", calls: calls)
        #expect(Set(report.writes.map(\.verdict)) == [.unknown])
        #expect(report.writes.first?.reason?.contains("knows users and roles, not") == true)
        #expect(!actions(since: start).contains("iam:SimulatePrincipalPolicy"))
    }

    @Test("each action is told of once for each thing, however many calls need it")
    func once() async throws {
        let plan = try plan()
        let call = Call.secret(.restore("gaara-store/staging/api-token"))
        let report = try await report(plan, calls: [call, call])
        #expect(report.writes.count == 1)
    }
}
