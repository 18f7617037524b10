import GaaraStore
import Testing

@testable import GaaraPlan

@Suite("The difference of two policies, in words")
struct PolicyDifferenceTests {
    private func plan(reading names: [String]) throws -> Plan {
        var plan = Samples.plan
        plan.secrets = try names.map { name in
            var secret = Samples.secret
            secret.name = try SecretName(validating: name)
            return secret
        }
        plan.access[0].read = plan.secrets.map(\.name)
        return plan
    }

    private func document(of plan: Plan) -> PolicyDocument {
        plan.readerPolicy(of: plan.access[0]).document(keyARN: Samples.keyARN)
    }

    private func difference(_ before: [String], _ after: [String]) throws -> PolicyDifference {
        let new = try plan(reading: after)
        return PolicyDifference(
            from: document(of: try plan(reading: before)).text, to: document(of: new),
            bearers: [Principal(.role, "app")], in: new)
    }

    @Test("one more secret is a gain, told once, and only widens")
    func widened() throws {
        let difference = try difference(["a", "b"], ["a", "b", "redis-url"])
        #expect(difference.verdict == .widened)
        #expect(difference.gains == ["role/app can also read redis-url"])
        #expect(difference.losses == [])
    }

    @Test("one secret less only narrows")
    func narrowed() throws {
        let difference = try difference(["a", "b"], ["a"])
        #expect(difference.verdict == .narrowed)
        #expect(difference.losses == ["role/app can no longer read b"])
        #expect(difference.gains == [])
    }

    @Test("one secret for another is neither, which is said")
    func both() throws {
        let difference = try difference(["a"], ["b"])
        #expect(difference.verdict == .unproved)
        #expect(difference.gains == ["role/app can also read b"])
        #expect(difference.losses == ["role/app can no longer read a"])
        #expect(
            difference.changes.first
                == Change(
                    "meaning", .absent,
                    .text("cannot prove that it is only wider or only narrower")))
    }

    @Test("another order is the same meaning; a text that is no policy proves nothing")
    func same() throws {
        #expect(try difference(["a", "b"], ["b", "a"]).verdict == .same)
        let plan = try plan(reading: ["a"])
        for text in ["", "{}", "[]", #"{"Version":"2012-10-17","Version":"2012-10-17"}"#] {
            let difference = PolicyDifference(
                from: text, to: document(of: plan), bearers: [], in: plan)
            #expect(difference.verdict == .unproved, "\(text)")
            #expect(difference.gains + difference.losses == [])
        }
    }

    @Test("a right without conditions or on everything is more than the same on one thing")
    func patterns() throws {
        let plan = try plan(reading: ["a"])
        func one(_ action: String, _ resource: String) -> PolicyDocument {
            PolicyDocument(statements: [
                PolicyStatement("One", actions: [action], resources: [resource])
            ])
        }
        func verdict(_ old: PolicyDocument, _ new: PolicyDocument) -> PolicyDifference.Verdict {
            PolicyDifference(from: old.text, to: new, bearers: [], in: plan).verdict
        }
        let read = "secretsmanager:GetSecretValue"
        for (narrow, wide) in [
            (one(read, "arn:a"), one(read, "*")), (one(read, "arn:a"), one(read, "arn:?")),
            (one(read, "arn:a*"), one(read, "arn:*")),
            (one(read, "x"), one("secretsmanager:*", "x")),
            (one(read, "x"), one("*", "*")), (document(of: plan), one("*", "*")),
        ] {
            #expect(verdict(narrow, wide) == .widened)
            #expect(verdict(wide, narrow) == .narrowed)
        }
        for (one, other) in [
            (one(read, "arn:a*"), one(read, "arn:?")), (one(read, "arn:*b"), one(read, "arn:a*")),
            (one(read, "${aws:username}"), one(read, "????????????????")),
        ] {
            #expect(verdict(one, other) == .unproved)
            #expect(verdict(other, one) == .unproved)
        }
    }

    @Test("a role that was deleted is told by its id")
    func deletedPrincipals() throws {
        let plan = try plan(reading: ["a"])
        let old = PolicyDocument(statements: [
            PolicyStatement(
                "Old", principal: .aws(["AROAEXAMPLEID12345678"]), actions: ["kms:Decrypt"],
                resources: ["*"])
        ])
        let difference = PolicyDifference(
            from: old.text, to: plan.keyPolicy(of: Samples.key), bearers: [], in: plan)
        #expect(
            difference.losses == [
                "a deleted role (AROAEXAMPLEID12345678) can no longer decrypt everything"
            ])
    }

    @Test("a replica's secret is told with its region")
    func replicas() throws {
        let before = try plan(reading: ["a"])
        var after = before
        after.secrets[0].replicas = [
            Secret.Replica(region: "eu-west-1", key: nil, place: Samples.place)
        ]
        let difference = PolicyDifference(
            from: document(of: before).text, to: document(of: after),
            bearers: [Principal(.role, "app")], in: after)
        #expect(difference.gains == ["role/app can also read a in eu-west-1"])
    }
}
