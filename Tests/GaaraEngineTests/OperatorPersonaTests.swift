import AWSSandbox
import GaaraEngine
import GaaraPlan
import Testing

@testable import AWSSandbox

/// What planner and applier of production must be allowed, counted from the calls that the engine
/// makes (reference/iam.md sections A1.2 and A1.3).
@Suite("Who plans and applies in production")
struct OperatorPersonaTests {
    private static let tags = [
        "aws:RequestTag/gaara:application": ["gaara-store"],
        "aws:RequestTag/gaara:environment": ["production"],
        "aws:RequestTag/gaara:region": ["us-east-1"], "aws:RequestTag/team": ["platform"],
    ]
    private static let tagged = [
        "aws:ResourceTag/gaara:application": ["gaara-store"],
        "aws:ResourceTag/gaara:environment": ["production"],
    ]
    private static let changed = [
        "aws:RequestTag/team": ["other"], "aws:TagKeys": ["team"],
    ]
    private static let secret = Production.secret("database-login-AbCdEf")
    private static let policy = Production.iam(
        "policy/gaara-store/production/gaara-store-production-app")
    private static let function =
        "arn:aws:lambda:us-east-1:123456789012:function:SecretsManagerRotation"

    /// What a call of the engine asks of the policies: of ours alone, since it is tagged.
    private static func requests(
        of operation: String, data: String, tokens: String
    ) -> [Persona.Request]? {
        let alias = "arn:aws:kms:us-east-1:123456789012:alias/gaara-store/production"
        let role = Production.iam("role/gaara-store-production-app")
        func key(_ action: String, _ policies: [String], _ more: [String: [String]] = [:])
            -> [Persona.Request]
        {
            policies.map {
                Persona.Request(
                    "kms:\(action)", on: Production.key, tagged.merging(more) { $1 },
                    keyPolicy: $0)
            }
        }
        let name = String(operation.split(separator: ":").last ?? "")
        switch operation {
        // Needs no permission (STS API, GetCallerIdentity).
        case "sts:GetCallerIdentity": return []
        case "tagging:GetResources": return [Persona.Request("tag:GetResources", on: "*")]
        case "kms:ListKeys", "secretsmanager:ListSecrets", "iam:ListPolicies",
            "iam:GetAccountAuthorizationDetails":
            return [Persona.Request(operation, on: "*")]
        case "kms:DescribeKey", "kms:GetKeyPolicy", "kms:ListResourceTags", "kms:PutKeyPolicy":
            return key(name, [data, tokens])
        case "kms:UpdateKeyDescription", "kms:GetKeyRotationStatus", "kms:EnableKeyRotation",
            "kms:DisableKeyRotation":
            return key(name, [data])
        case "kms:GenerateMac":
            return key(name, [tokens], ["kms:MacAlgorithm": ["HMAC_SHA_256"]])
        // There is no key yet whose policy could say anything, and its tags are asked about apart
        // (KMS Developer Guide, "Tagging keys").
        case "kms:CreateKey":
            return [
                Persona.Request(operation, on: "*", tags),
                Persona.Request("kms:TagResource", on: Production.key, tags),
            ]
        // On the alias by IAM, on the key by its policy (KMS Developer Guide, "Controlling access
        // to aliases").
        case "kms:CreateAlias", "kms:UpdateAlias":
            return [
                Persona.Request(operation, on: alias),
                Persona.Request(operation, on: "\(alias)/value-tokens"),
            ] + key(name, [data, tokens])
        case "secretsmanager:CreateSecret":
            return [
                Persona.Request(operation, on: secret, tags),
                Persona.Request("secretsmanager:TagResource", on: secret, tags),
            ] + use(["Decrypt", "GenerateDataKey"], data)
        case "secretsmanager:PutSecretValue":
            return [Persona.Request(operation, on: secret, tagged)]
                + use(["Decrypt", "GenerateDataKey"], data)
        case "secretsmanager:UpdateSecret":
            return [Persona.Request(operation, on: secret, tagged)]
                + use(["Decrypt", "Encrypt", "GenerateDataKey"], data)
        case "secretsmanager:RotateSecret":
            let context = ["secretsmanager:RotationLambdaARN": [function]]
            return [
                Persona.Request(operation, on: secret, tagged.merging(context) { $1 }),
                Persona.Request("lambda:InvokeFunction", on: function),
            ]
        case "secretsmanager:DescribeSecret", "secretsmanager:UpdateSecretVersionStage",
            "secretsmanager:ListSecretVersionIds":
            return [Persona.Request(operation, on: secret, tagged)]
        // Of what is there only the tags that differ are sent.
        case "secretsmanager:TagResource":
            return [Persona.Request(operation, on: secret, tagged.merging(changed) { $1 })]
        case "kms:TagResource": return key(name, [data, tokens], changed)
        case "iam:TagPolicy":
            return [Persona.Request(operation, on: policy, tagged.merging(changed) { $1 })]
        case "secretsmanager:RestoreSecret", "secretsmanager:CancelRotateSecret":
            return [Persona.Request(operation, on: secret, tagged)]
        case "iam:CreatePolicy":
            return [
                Persona.Request(operation, on: policy, tags),
                Persona.Request("iam:TagPolicy", on: policy, tags),
            ]
        case "iam:GetPolicy", "iam:GetPolicyVersion", "iam:ListPolicyVersions",
            "iam:ListEntitiesForPolicy", "iam:CreatePolicyVersion":
            return [Persona.Request(operation, on: policy)]
        case "iam:AttachRolePolicy", "iam:DetachRolePolicy":
            return [Persona.Request(operation, on: role, ["iam:PolicyARN": [policy]])]
        case "iam:GetRole": return [Persona.Request(operation, on: role)]
        default: return nil
        }
    }

    /// What Secrets Manager does with the key in the caller's name.
    private static func use(_ actions: [String], _ policy: String) -> [Persona.Request] {
        actions.map {
            Persona.Request(
                "kms:\($0)", on: Production.key,
                Production.through(secret).merging(tagged) { $1 }, keyPolicy: policy)
        }
    }

    /// Expects that every call since the `count`-th is one that `persona` may make.
    private func expectAllowed(
        _ bench: Bench, to persona: Persona, since count: Int = 0,
        sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        let (data, tokens) = (try Production.keyPolicy(), try Production.keyPolicy(.valueTokens))
        let operations = Set(
            bench.sandbox.calls.dropFirst(count).map { "\($0.service):\($0.operation)" })
        #expect(!operations.isEmpty, sourceLocation: sourceLocation)
        for operation in operations.sorted() {
            let requests = try #require(
                Self.requests(of: operation, data: data, tokens: tokens),
                "\(operation) has no row", sourceLocation: sourceLocation)
            for request in requests {
                #expect(
                    persona.decision(on: request) == .allowed, "\(operation): \(request)",
                    sourceLocation: sourceLocation)
            }
        }
    }

    @Test("the applier may make every call of a first apply, and of none")
    func applies() async throws {
        let bench = Bench()
        let applier = try Persona.applier()
        let plan = try PlanText.repository("production")
        expectComplete(try await bench.apply(plan, values: .repository))
        try expectAllowed(bench, to: applier)
        let count = bench.sandbox.calls.count
        _ = try await bench.changeset(plan, values: .repository)
        try expectAllowed(bench, to: applier, since: count)
    }

    @Test("the applier may make every call that a changed plan needs")
    func changes() async throws {
        let bench = Bench()
        let applier = try Persona.applier()
        try await bench.apply(try PlanText.repository("production"), values: .repository)
        var count = bench.sandbox.calls.count
        let changed = try PlanText.repository(
            "production", ("team: platform", "team: other"),
            ("Gaara Store encryption key", "Another description"),
            ("Cache and job queue", "Cache"), ("every: 30 days", "every: 60 days"),
            ("rotation: 365 days", "rotation: none"),
            ("[\"gaara-store-${environment}-app\"]", "[gaara-store-production-migrations]"))
        expectComplete(
            try await bench.apply(
                changed, values: .repository(["REDIS_URL": "redis://another"])))
        try expectAllowed(bench, to: applier, since: count)
        let done = Set(bench.sandbox.writes.map(\.operation))
        for operation in [
            "TagResource", "TagPolicy", "UpdateKeyDescription", "DisableKeyRotation",
            "PutKeyPolicy", "UpdateSecret", "PutSecretValue", "UpdateSecretVersionStage",
            "RotateSecret", "AttachRolePolicy", "DetachRolePolicy",
        ] {
            #expect(done.contains(operation), "\(operation)")
        }

        count = bench.sandbox.calls.count
        let fewer = try PlanText.repository(
            "production", ("read: [database-url, jwt-secret,", "read: [jwt-secret,"))
        expectComplete(try await bench.apply(fewer, values: .repository))
        try expectAllowed(bench, to: applier, since: count)
        #expect(bench.sandbox.writes.contains { $0.operation == "CreatePolicyVersion" })
    }

    @Test("the applier may make every call that brings back what was deleted")
    func restores() async throws {
        let bench = Bench()
        let plan = try PlanText.repository("staging")
        try await bench.apply(plan, values: .repository)
        expectComplete(try await bench.destroy(plan))
        let count = bench.sandbox.calls.count
        expectComplete(try await bench.apply(plan, values: .repository))
        try expectAllowed(bench, to: try Persona.applier(), since: count)
        #expect(bench.sandbox.writes.contains { $0.operation == "RestoreSecret" })
    }

    @Test("the planner may make every call of a plan without values, and none reads a value")
    func plans() async throws {
        let bench = Bench()
        let planner = try Persona.planner()
        let plan = try PlanText.repository("production")
        _ = try await bench.changeset(plan)
        try expectAllowed(bench, to: planner)
        try await bench.apply(plan, values: .repository)
        let count = bench.sandbox.calls.count
        _ = try await bench.changeset(plan)
        try expectAllowed(bench, to: planner, since: count)
        let calls = bench.sandbox.calls.dropFirst(count)
        #expect(!calls.contains { $0.operation.contains("GetSecretValue") || $0.isWrite })
    }

    @Test(
        "the planner changes nothing and reads no value",
        arguments: [
            "secretsmanager:CreateSecret", "secretsmanager:PutSecretValue",
            "secretsmanager:UpdateSecret", "secretsmanager:RotateSecret", "kms:CreateKey",
            "kms:PutKeyPolicy", "kms:GenerateMac", "iam:CreatePolicy", "iam:AttachRolePolicy",
        ])
    func plannerBeyond(operation: String) throws {
        let requests = try #require(
            Self.requests(
                of: operation, data: try Production.keyPolicy(),
                tokens: try Production.keyPolicy(.valueTokens)))
        let planner = try Persona.planner()
        #expect(requests.contains { planner.decision(on: $0) != .allowed })
        let read = Persona.Request("secretsmanager:GetSecretValue", on: Self.secret)
        #expect(planner.decision(on: read) == .explicitDeny(.identity))
    }

    @Test(
        "the applier is refused what is not ours",
        arguments: [
            // A0.9: a policy of somebody else, and one of AWS's, attached.
            (
                "iam:AttachRolePolicy", Production.iam("role/gaara-store-production-app"),
                ["iam:PolicyARN": ["arn:aws:iam::aws:policy/AdministratorAccess"]]
            ),
            (
                "iam:AttachRolePolicy", Production.iam("role/other"),
                ["iam:PolicyARN": [policy]]
            ),
            ("iam:CreatePolicyVersion", Production.iam("policy/other/some"), [:]),
            ("iam:CreatePolicy", policy, ["aws:RequestTag/gaara:application": ["gaara-store"]]),
            (
                "secretsmanager:CreateSecret",
                Production.secret("a-AbCdEf", environment: "staging"),
                tags
            ),
            ("secretsmanager:PutSecretValue", secret, [:]),
            ("secretsmanager:DeleteSecret", secret, tagged),
            (
                "secretsmanager:RotateSecret", secret,
                tagged.merging([
                    "secretsmanager:RotationLambdaARN": [
                        "arn:aws:lambda:us-east-1:123456789012:function:other"
                    ]
                ]) { $1 }
            ),
            ("kms:CreateKey", "*", [:]),
            ("kms:CreateKey", "*", tags.merging(["aws:RequestedRegion": ["eu-west-1"]]) { $1 }),
            ("kms:CreateKey", "*", tags.merging(["kms:MultiRegion": ["true"]]) { $1 }),
            (
                "kms:CreateKey", "*",
                tags.merging(["kms:BypassPolicyLockoutSafetyCheck": ["true"]]) { $1 }
            ),
            ("kms:TagResource", Production.key, [:]),
        ])
    func applierBeyond(action: String, resource: String, context: [String: [String]]) throws {
        let request = Persona.Request(action, on: resource, context)
        #expect(try Persona.applier().decision(on: request) == .implicitDeny(.identity))
    }

    @Test("the applier uses the key through Secrets Manager alone, and reads no value")
    func applierUse() throws {
        let applier = try Persona.applier()
        let data = try Production.keyPolicy()
        let direct = Persona.Request(
            "kms:Decrypt", on: Production.key, Self.tagged, keyPolicy: data)
        #expect(applier.decision(on: direct) == .implicitDeny(.resource))
        let read = Persona.Request("secretsmanager:GetSecretValue", on: Self.secret, Self.tagged)
        #expect(applier.decision(on: read) == .explicitDeny(.identity))
    }

    // IAM User Guide, "IAM and AWS STS quotas".
    @Test(
        "each policy fits into a managed one",
        arguments: ["planner", "applier-secrets", "applier-platform"])
    func sizes(name: String) throws {
        let text = try Persona.file("Tests/GaaraEngineTests/Personas/\(name).json")
        #expect(throws: Never.self) { try PolicyGrammar.check(text) }
    }
}
