import AWSSandbox
import GaaraPlan
import Testing

@testable import AWSSandbox

/// The generated policies of readers and of the keys, held against requests by the rules of the
/// IAM User Guide, "Policy evaluation logic".
@Suite("Who reads in production")
struct ReaderPersonaTests {
    private static let ours = Production.secret("database-url-AbCdEf")

    private func app() throws -> Persona {
        Persona(
            "gaara-store-production-app",
            documents: [try Persona.file("policies/production/reader-app.json")])
    }

    /// As `apply` puts it, with the key's ARN.
    private func appliedApp() throws -> Persona {
        let plan = try PlanText.repository("production")
        let access = try #require(plan.access.first { $0.entry == "app" })
        return Persona(
            "gaara-store-production-app",
            documents: [plan.readerPolicy(of: access).document(keyARN: Production.key).text])
    }

    // reference/iam.md section A1.1.
    @Test("describes and reads the secrets of its entry, alone and in a batch")
    func reads() throws {
        for app in [try app(), try appliedApp()] {
            for name in ["database-url", "jwt-secret", "redis-url", "smtp-password", "sentry-dsn"] {
                let secret = Production.secret("\(name)-AbCdEf")
                for action in ["DescribeSecret", "GetSecretValue"] {
                    let request = Persona.Request("secretsmanager:\(action)", on: secret)
                    #expect(app.decision(on: request) == .allowed, "\(request)")
                }
            }
            let batch = Persona.Request("secretsmanager:BatchGetSecretValue", on: "*")
            #expect(app.decision(on: batch) == .allowed)
        }
    }

    // A0.4: a secret that is not there is asked about by its bare name. A0.5 and A3: a longer name
    // is no match of a suffix of six.
    @Test(
        "is refused any other secret, action and region",
        arguments: [
            ("GetSecretValue", Production.secret("database-login-AbCdEf"), [:]),
            ("GetSecretValue", Production.secret("database-url-old-AbCdEf"), [:]),
            ("GetSecretValue", Production.secret("database-url"), [:]),
            ("GetSecretValue", Production.secret("jwt-secret"), [:]),
            (
                "GetSecretValue",
                Production.secret("database-url-AbCdEf", environment: "staging"), [:]
            ),
            ("PutSecretValue", ours, [:]), ("UpdateSecret", ours, [:]),
            ("DeleteSecret", ours, [:]), ("ListSecretVersionIds", ours, [:]),
            ("ListSecrets", "*", [:]),
            ("BatchGetSecretValue", "*", ["aws:RequestedRegion": ["eu-west-1"]]),
        ])
    func refused(action: String, resource: String, context: [String: [String]]) throws {
        let request = Persona.Request("secretsmanager:\(action)", on: resource, context)
        #expect(try app().decision(on: request) == .implicitDeny(.identity))
        #expect(try appliedApp().decision(on: request) == .implicitDeny(.identity))
    }

    @Test("decrypts through Secrets Manager, for its secrets, and in no other way")
    func decrypts() throws {
        let policy = try Production.keyPolicy()
        func decision(
            _ context: [String: [String]], _ action: String = "kms:Decrypt"
        ) throws -> [AccessDecision] {
            let request = Persona.Request(
                action, on: Production.key, context, keyPolicy: policy)
            return [try app(), try appliedApp()].map { $0.decision(on: request) }
        }
        #expect(try decision(Production.through(Self.ours)) == [.allowed, .allowed])
        // Directly, through another service, for another's secret, for a name that only begins so.
        let aliases = ["kms:ResourceAliases": ["alias/gaara-store/production"]]
        let denied: [AccessDecision] = [.implicitDeny(.resource), .implicitDeny(.resource)]
        #expect(try decision(aliases) == denied)
        var context = Production.through(Self.ours)
        context["kms:ViaService"] = ["ssm.us-east-1.amazonaws.com"]
        #expect(try decision(context) == denied)
        for other in [
            Production.secret("database-url-AbCdEf", environment: "staging"),
            Production.secret("database-url-old-AbCdEf"),
        ] {
            #expect(try decision(Production.through(other)) == denied)
        }
        // The key's policy lets readers read every secret of the plan; their own does not.
        let login = Production.through(Production.secret("database-login-AbCdEf"))
        #expect(
            try decision(login) == [.implicitDeny(.identity), .implicitDeny(.identity)])
        #expect(try decision(Production.through(Self.ours), "kms:GenerateDataKey") == denied)
        // KMS Developer Guide, "ABAC for AWS KMS": an alias counts minutes after it is set, so the
        // file that names the key by it does not help before.
        var unseen = Production.through(Self.ours)
        unseen["kms:ResourceAliases"] = nil
        #expect(try decision(unseen) == [.implicitDeny(.identity), .allowed])
    }

    @Test("reads as a role of any path")
    func path() throws {
        let app = Persona(
            "team/gaara-store-production-app",
            documents: [try Persona.file("policies/production/reader-app.json")])
        let request = Persona.Request(
            "kms:Decrypt", on: Production.key, Production.through(Self.ours),
            keyPolicy: try Production.keyPolicy())
        #expect(app.decision(on: request) == .allowed)
    }

    @Test(
        "an administrator administers the key, and neither decrypts nor makes value tokens",
        arguments: [
            ("kms:PutKeyPolicy", Key.Role.data, true), ("kms:ScheduleKeyDeletion", .data, true),
            ("kms:DescribeKey", .valueTokens, true), ("kms:PutKeyPolicy", .valueTokens, true),
            ("kms:Decrypt", .data, false), ("kms:GenerateDataKey", .data, false),
            ("kms:CreateGrant", .data, false), ("kms:GenerateMac", .valueTokens, false),
        ])
    func administrator(action: String, role: Key.Role, isAllowed: Bool) throws {
        var context = Production.through(Self.ours)
        context["kms:MacAlgorithm"] = ["HMAC_SHA_256"]
        let request = Persona.Request(
            action, on: Production.key, context, keyPolicy: try Production.keyPolicy(role))
        #expect(
            Persona.administrator.decision(on: request)
                == (isAllowed ? .allowed : .implicitDeny(.resource)))
    }

    // With every right in IAM, so that the key's policy alone decides.
    @Test(
        "the key is used by whom the plan names, each in one way",
        arguments: [
            ("gaara-store-production-app", [true, false, false]),
            ("gaara-store-production-migrations", [true, false, false]),
            ("gaara-store-production-break-glass", [true, false, false]),
            ("gaara-store-production-apply", [true, true, true]),
            ("gaara-store-production-migrate", [true, true, true]),
            ("gaara-store-production-rotation", [true, true, false]),
            ("gaara-store-staging-app", [false, false, false]),
            ("gaara-store-production-appx", [false, false, false]),
        ])
    func users(role: String, expected: [Bool]) throws {
        let persona = Persona(
            role,
            documents: [
                #"{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"*","Resource":"*"}}"#
            ])
        let through = Production.through(Production.secret("database-login-AbCdEf"))
        let data = try Production.keyPolicy()
        let requests = [
            Persona.Request("kms:Decrypt", on: Production.key, through, keyPolicy: data),
            Persona.Request("kms:GenerateDataKey", on: Production.key, through, keyPolicy: data),
            Persona.Request(
                "kms:GenerateMac", on: Production.key, ["kms:MacAlgorithm": ["HMAC_SHA_256"]],
                keyPolicy: try Production.keyPolicy(.valueTokens)),
        ]
        #expect(requests.map { persona.decision(on: $0) == .allowed } == expected)
    }
}
