import AWS
import AWSSandbox
import HTTP
import Testing

extension SandboxIAMSimulationTests {
    @Test("refuses to judge by a policy of AWS whose text it does not have")
    func unknownText() async throws {
        let bench = try Bench()
        let role = bench.account.addRole("app")
        for (name, status) in [("AdministratorAccess", 200), ("ReadOnlyAccess", 501)] {
            try await bench.client.send(
                IAM.AttachRolePolicy(
                    roleName: "app", policyARN: "arn:aws:iam::aws:policy/\(name)"))
            let response = try await answer(
                to: bench, "SimulatePrincipalPolicy",
                [("PolicySourceArn", role), ("ActionNames.member.1", "kms:Decrypt")])
            #expect(response.status == status)
        }
    }

    // newrelic/newrelic-lambda-cli#96.
    @Test("refuses a session, and whoever is not there")
    func nobody() async throws {
        let bench = try Bench()
        let session = "arn:aws:sts::123456789012:assumed-role/app/one"
        let question = IAM.Question(actionNames: ["kms:Decrypt"])
        await expectRefusal(
            "InvalidInput",
            "Invalid Entity Arn: \(session) does not clearly define entity type and name."
        ) {
            try await bench.client.send(
                IAM.SimulatePrincipalPolicy(policySourceARN: session, question: question))
        }
        await expectRefusal("NoSuchEntity", status: 404) {
            try await bench.client.send(
                IAM.SimulatePrincipalPolicy(
                    policySourceARN: "arn:aws:iam::123456789012:role/nobody", question: question))
        }
    }

    // aws-containers/amazon-ecs-exec-checker#35.
    @Test("refuses what is no ARN, no policy or no action")
    func malformed() async throws {
        let policy = Self.statement("Allow", "kms:*")
        await expectRefusal(
            "InvalidInput", "ResourceNames are not in a valid ARN format: 14a050d4."
        ) {
            try await custom(
                [policy], IAM.Question(actionNames: ["kms:Decrypt"], resourceARNs: ["14a050d4"]))
        }
        await expectRefusal("InvalidInput") {
            try await custom(["{}"], IAM.Question(actionNames: ["kms:Decrypt"]))
        }
        await expectRefusal("InvalidInput") {
            try await custom([policy], IAM.Question(actionNames: ["kms:*"]))
        }
        await expectRefusal("ValidationError") {
            try await custom([policy], IAM.Question(actionNames: []))
        }
        await expectRefusal("ValidationError") {
            try await custom([], IAM.Question(actionNames: ["kms:Decrypt"]))
        }
    }

    @Test("answers 501 to what it does not simulate")
    func unknown() async throws {
        let bench = try Bench()
        let response = try await answer(
            to: bench, "SimulateCustomPolicy",
            [
                ("PolicyInputList.member.1", Self.statement("Allow", "kms:*")),
                ("ActionNames.member.1", "kms:Decrypt"), ("ResourceOwner", "123456789012"),
            ])
        #expect(response.status == 501)
    }
}
