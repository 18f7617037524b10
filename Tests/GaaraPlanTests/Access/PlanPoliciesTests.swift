import GaaraPlan
import GaaraStore
import Testing

@Suite struct PlanPoliciesTests {
    private func plan(secrets count: Int) throws -> Plan {
        var plan = try PolicyFixture.plan()
        // Names of 20 characters.
        let names = (0..<count).map { "a-secret-number-\(1000 + $0)" }
        plan.secrets = try names.map { name in try PolicyFixture.secret(name) }
        plan.access = [try PolicyFixture.access("app", read: names, roles: ["app"])]
        return plan
    }

    @Test("finds no fault with a plan of an ordinary size")
    func none() throws {
        #expect(try PolicyFixture.plan().policyFaults == [])
        #expect(try plan(secrets: 26).policyFaults == [])
    }

    @Test("names the reader's policy that is too long for IAM, its size and what to do")
    func reader() throws {
        let plan = try plan(secrets: 27)
        let document = plan.readerPolicy(of: plan.access[0]).document(keyARN: PolicyFixture.keyARN)
        #expect(document.nonSpaceCount > 6144)
        #expect(
            plan.policyFaults == [
                Diagnostic(
                    .error, "policy-too-long",
                    "policy/app would have \(document.nonSpaceCount) characters, and a managed "
                        + "policy has at most 6144, white space not counted",
                    hint: "share its secrets out over two access entries", at: PolicyFixture.place)
            ])
    }

    @Test("names secrets by their prefix in the key's policy where exact names are too many")
    func prefix() throws {
        func document(_ count: Int) throws -> PolicyDocument {
            var plan = try plan(secrets: count)
            plan.access = []
            #expect(plan.policyFaults == [])
            return plan.keyPolicy(of: plan.keys[0])
        }
        let (few, many) = (try document(20), try document(5000))
        let prefix = "secret:gaara-store/production/*"
        #expect(!few.text.contains(prefix) && few.text.contains("a-secret-number-1000-??????"))
        #expect(many.text.contains(prefix) && !many.text.contains("a-secret-number"))
        #expect(many.text.utf8.count < 32_768)
        // Nothing else is another.
        #expect(few.statements.map(\.sid) == many.statements.map(\.sid))
    }

    @Test("names the key's policy that is too long for KMS, but not that of a key it does not own")
    func key() throws {
        var plan = try plan(secrets: 2)
        plan.access = [
            try PolicyFixture.access(
                "app", read: ["a-secret-number-1000"],
                roles: (0..<300).map { "a-role-of-some-length-\($0)" })
        ]
        let size = plan.keyPolicy(of: plan.keys[0]).text.utf8.count
        #expect(size > 32_768)
        #expect(
            plan.policyFaults.map(\.message) == [
                "the policy of key would have \(size) bytes, and a key policy has at most 32768"
            ])
        plan.keys[0].isExisting = true
        #expect(plan.policyFaults == [])
    }

    @Test("shows a key that is not made yet as a reference")
    func keyARN() {
        #expect(KeyARN.later.description == "key#arn")
        #expect(KeyARN.known(PolicyFixture.keyARN).description == PolicyFixture.keyARN)
    }
}
