import GaaraPlan
import JSON
import Testing

@Suite struct KeyPolicyTests {
    private static let golden =
        #"{"Version":"2012-10-17","Id":"gaara-store-production","Statement":["#
        + #"{"Sid":"AccountAdministersButDoesNotUse","Effect":"Allow","#
        + #""Principal":{"AWS":"arn:aws:iam::123456789012:root"},"Action":["kms:CancelKeyDeletion","#
        + #""kms:CreateAlias","kms:DeleteAlias","kms:DescribeKey","kms:DisableKey","#
        + #""kms:DisableKeyRotation","kms:EnableKey","kms:EnableKeyRotation","kms:GetKeyPolicy","#
        + #""kms:GetKeyRotationStatus","kms:ListGrants","kms:ListKeyPolicies","#
        + #""kms:ListResourceTags","kms:PutKeyPolicy","kms:RevokeGrant","kms:ScheduleKeyDeletion","#
        + #""kms:TagResource","kms:UntagResource","kms:UpdateAlias","kms:UpdateKeyDescription"],"#
        + #""Resource":"*"},"#
        + #"{"Sid":"PlannerLooks","Effect":"Allow","#
        + #""Principal":{"AWS":"arn:aws:iam::123456789012:root"},"#
        + #""Action":["kms:DescribeKey","kms:GetKeyPolicy","kms:GetKeyRotationStatus","#
        + #""kms:ListGrants","kms:ListKeyPolicies","kms:ListResourceTags"],"Resource":"*","#
        + #""Condition":{"ArnLike":{"aws:PrincipalArn":"#
        + #""arn:aws:iam::123456789012:role/gaara-store-production-plan"}}},"#
        + #"{"Sid":"ReadersMayBeAllowedDecryptThroughSecretsManager","Effect":"Allow","#
        + #""Principal":{"AWS":"arn:aws:iam::123456789012:root"},"Action":"kms:Decrypt","#
        + #""Resource":"*","Condition":{"ArnLike":{"aws:PrincipalArn":["#
        + #""arn:aws:iam::123456789012:role/*/gaara-store-production-app","#
        + #""arn:aws:iam::123456789012:role/gaara-store-production-app","#
        + #""arn:aws:iam::123456789012:role/gaara-store-production-break-glass"]},\#(through)}},"#
        + #"{"Sid":"WritersMayBeAllowedEncryptThroughSecretsManager","Effect":"Allow","#
        + #""Principal":{"AWS":"arn:aws:iam::123456789012:root"},"#
        + #""Action":["kms:Decrypt","kms:Encrypt","kms:GenerateDataKey"],"#
        + #""Resource":"*","Condition":{"ArnLike":{"aws:PrincipalArn":["#
        + #""arn:aws:iam::123456789012:role/gaara-store-production-apply","#
        + #""arn:aws:iam::123456789012:role/gaara-store-production-migrate"]},\#(through)}}]}"#

    private static let through =
        #""StringEquals":{"kms:ViaService":"secretsmanager.us-east-1.amazonaws.com"},"#
        + #""StringLike":{"kms:EncryptionContext:SecretARN":["#
        + #""arn:aws:secretsmanager:us-east-1:123456789012:secret:gaara-store/production/database-url-??????","#
        + #""arn:aws:secretsmanager:us-east-1:123456789012:secret:gaara-store/production/jwt-secret-??????","#
        + #""arn:aws:secretsmanager:us-east-1:123456789012:secret:gaara-store/production/redis-url-??????"]}"#

    private func document(_ role: Key.Role, change: (inout Plan) throws -> Void = { _ in }) throws
        -> PolicyDocument
    {
        var plan = try PolicyFixture.plan()
        try change(&plan)
        return plan.keyPolicy(of: try #require(plan.keys.first { $0.role == role }))
    }

    private func statement(_ sid: String, of document: PolicyDocument) throws -> JSON {
        try #require(
            document.json["Statement"]?.array?.first { $0["Sid"]?.string == sid }, "\(sid)")
    }

    private func principals(of statement: JSON) -> JSON? {
        statement["Condition"]?["ArnLike"]?["aws:PrincipalArn"]
    }

    private func secrets(of statement: JSON) -> JSON? {
        statement["Condition"]?["StringLike"]?["kms:EncryptionContext:SecretARN"]
    }

    @Test(
        "lets the account administer, readers decrypt and writers encrypt, in every partition",
        arguments: [
            ("us-east-1", "aws"), ("cn-north-1", "aws-cn"), ("us-gov-west-1", "aws-us-gov"),
        ])
    func golden(region: String, partition: String) throws {
        let plan = try PolicyFixture.plan(region: region)
        let expected = Self.golden.replacing("arn:aws:", with: "arn:\(partition):")
            .replacing("us-east-1", with: region)
        #expect(plan.keyPolicy(of: plan.keys[0]).text == expected)
        #expect(expected.contains("secretsmanager.\(region).amazonaws.com\""))
    }

    @Test(
        "lets nobody use the key but through Secrets Manager, and nobody put a policy under a condition"
    )
    func invariants() throws {
        let changes: [(inout Plan) throws -> Void] = [
            { _ in }, { $0.operators = Operators() },
            { $0.keys[0].administrators = ["role/ops"] },
            { plan in
                plan.operators = Operators()
                plan.keys[0].administrators = ["role/ops"]
            },
            { $0.access[0].groups = ["developers"] },
            { $0.secrets[0].rotation = PolicyFixture.rotation(role: nil) },
            { $0.access = [] },
        ]
        let use = ["kms:Decrypt", "kms:Encrypt", "kms:GenerateDataKey"]
        for (position, change) in changes.enumerated() {
            let document = try document(.data, change: change)
            #expect(
                Set(document.statements.map(\.sid)).count == document.statements.count,
                "change \(position)")
            #expect(
                document.statements.contains {
                    $0.actions.contains("kms:PutKeyPolicy") && $0.conditions.isEmpty
                }, "change \(position)")
            for statement in document.statements {
                #expect(statement.sid.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber) })
                #expect(statement.principal == .aws(["arn:aws:iam::123456789012:root"]))
                guard statement.actions.contains(where: use.contains) else { continue }
                #expect(statement.actions.allSatisfy(use.contains), "\(statement.sid)")
                let keys = statement.conditions.map(\.key)
                #expect(keys.contains("kms:ViaService"), "\(statement.sid)")
                #expect(keys.contains("kms:EncryptionContext:SecretARN"), "\(statement.sid)")
            }
        }
    }

    @Test("leaves looking and PutKeyPolicy to the account where administrators are named")
    func administrators() throws {
        let document = try document(.data) { plan in
            plan.keys[0].administrators = ["role/ops", "user/root-of-all"]
        }
        #expect(
            try statement("AccountLooksAndRestoresThePolicy", of: document) == [
                "Sid": "AccountLooksAndRestoresThePolicy", "Effect": "Allow",
                "Principal": ["AWS": "arn:aws:iam::123456789012:root"],
                "Action": [
                    "kms:DescribeKey", "kms:GetKeyPolicy", "kms:GetKeyRotationStatus",
                    "kms:ListGrants", "kms:ListKeyPolicies", "kms:ListResourceTags",
                    "kms:PutKeyPolicy",
                ],
                "Resource": "*",
            ])
        let administrators = try statement("AdministratorsAdministerButDoNotUse", of: document)
        #expect(
            principals(of: administrators) == [
                "arn:aws:iam::123456789012:role/ops",
                "arn:aws:iam::123456789012:user/root-of-all",
            ])
        #expect(administrators["Action"]?.array?.contains("kms:ScheduleKeyDeletion") == true)
        let applier = try statement("ApplierManages", of: document)
        #expect(
            principals(of: applier)
                == "arn:aws:iam::123456789012:role/gaara-store-production-apply")
        #expect(applier["Action"]?.array?.contains("kms:CreateAlias") == true)
        #expect(applier["Action"]?.array?.contains("kms:DisableKey") == false)
        #expect(!document.statements.map(\.sid).contains("AccountAdministersButDoesNotUse"))
    }

    @Test("names no principal for writing and managing while no applier is declared")
    func withoutApplier() throws {
        let document = try document(.data) { plan in
            plan.operators.applier = []
            plan.keys[0].administrators = ["role/ops"]
        }
        #expect(
            principals(
                of: try statement("WritersMayBeAllowedEncryptThroughSecretsManager", of: document))
                == nil)
        #expect(try statement("ApplierManages", of: document)["Condition"] == nil)
        let tokens = try self.document(.valueTokens) { $0.operators.applier = [] }
        #expect(
            try statement("WritersMayBeAllowedValueTokens", of: tokens)["Condition"]
                == ["StringEquals": ["kms:MacAlgorithm": "HMAC_SHA_256"]])
    }

    @Test("lets users of a group decrypt only the secrets of the entries that attach one")
    func groups() throws {
        let document = try document(.data) { plan in
            plan.access.append(
                try PolicyFixture.access("people", read: ["redis-url"], groups: ["developers"]))
        }
        let groups = try statement(
            "GroupReadersMayBeAllowedDecryptThroughSecretsManager", of: document)
        #expect(principals(of: groups) == nil)
        #expect(
            secrets(of: groups)
                == "arn:aws:secretsmanager:us-east-1:123456789012:secret:gaara-store/production/redis-url-??????"
        )
        let named = try statement("ReadersMayBeAllowedDecryptThroughSecretsManager", of: document)
        #expect(principals(of: named)?.array?.count == 3)
    }

    @Test("names users beside roles, wherever in the account's paths they are")
    func users() throws {
        let document = try document(.data) { plan in
            plan.operators.breakGlass = []
            plan.access = [
                try PolicyFixture.access("app", read: ["redis-url"], users: ["deploy"])
            ]
        }
        #expect(
            principals(
                of: try statement("ReadersMayBeAllowedDecryptThroughSecretsManager", of: document))
                == [
                    "arn:aws:iam::123456789012:user/*/deploy",
                    "arn:aws:iam::123456789012:user/deploy",
                ])
    }

    @Test("has no statement for readers where nobody reads")
    func withoutReaders() throws {
        let document = try document(.data) { plan in
            plan.access = []
            plan.operators.breakGlass = []
        }
        #expect(
            document.statements.map(\.sid) == [
                "AccountAdministersButDoesNotUse", "PlannerLooks",
                "WritersMayBeAllowedEncryptThroughSecretsManager",
            ])
    }

    @Test("lets the role of a rotation function write, and an unnamed one only its own secret")
    func rotation() throws {
        let document = try document(.data) { plan in
            plan.secrets[0].rotation = PolicyFixture.rotation(role: "role/rotation-function")
            plan.secrets[2].rotation = PolicyFixture.rotation(role: nil)
        }
        #expect(
            principals(
                of: try statement("WritersMayBeAllowedEncryptThroughSecretsManager", of: document))
                == [
                    "arn:aws:iam::123456789012:role/gaara-store-production-apply",
                    "arn:aws:iam::123456789012:role/gaara-store-production-migrate",
                    "arn:aws:iam::123456789012:role/rotation-function",
                ])
        let unnamed = try statement(
            "UnnamedRotationMayBeAllowedEncryptThroughSecretsManager", of: document)
        #expect(principals(of: unnamed) == nil)
        #expect(
            secrets(of: unnamed)
                == "arn:aws:secretsmanager:us-east-1:123456789012:secret:gaara-store/production/redis-url-??????"
        )
    }

    @Test("lets nobody write an external secret, and readers decrypt it")
    func external() throws {
        let document = try document(.data) { $0.secrets[1].value = .external }
        let name = "jwt-secret-??????"
        for (sid, isThere) in [
            ("ReadersMayBeAllowedDecryptThroughSecretsManager", true),
            ("WritersMayBeAllowedEncryptThroughSecretsManager", false),
        ] {
            let names = secrets(of: try statement(sid, of: document))?.array ?? []
            #expect(names.contains { $0.string?.hasSuffix(name) == true } == isThere, "\(sid)")
        }
    }

    @Test("lets appliers and migrators alone compute value tokens, the planner not")
    func valueTokens() throws {
        let document = try document(.valueTokens)
        #expect(
            document.text
                == #"{"Version":"2012-10-17","Id":"gaara-store-production-value-tokens","Statement":["#
                + #"{"Sid":"AccountAdministersButDoesNotUse","Effect":"Allow","#
                + #""Principal":{"AWS":"arn:aws:iam::123456789012:root"},"#
                + #""Action":["kms:CancelKeyDeletion","kms:CreateAlias","kms:DeleteAlias","#
                + #""kms:DescribeKey","kms:DisableKey","kms:EnableKey","kms:GetKeyPolicy","#
                + #""kms:ListGrants","kms:ListKeyPolicies","kms:ListResourceTags","#
                + #""kms:PutKeyPolicy","kms:RevokeGrant","kms:ScheduleKeyDeletion","#
                + #""kms:TagResource","kms:UntagResource","kms:UpdateAlias","#
                + #""kms:UpdateKeyDescription"],"Resource":"*"},"#
                + #"{"Sid":"PlannerLooks","Effect":"Allow","#
                + #""Principal":{"AWS":"arn:aws:iam::123456789012:root"},"#
                + #""Action":["kms:DescribeKey","kms:GetKeyPolicy","#
                + #""kms:ListGrants","kms:ListKeyPolicies","kms:ListResourceTags"],"Resource":"*","#
                + #""Condition":{"ArnLike":{"aws:PrincipalArn":"#
                + #""arn:aws:iam::123456789012:role/gaara-store-production-plan"}}},"#
                + #"{"Sid":"WritersMayBeAllowedValueTokens","Effect":"Allow","#
                + #""Principal":{"AWS":"arn:aws:iam::123456789012:root"},"Action":"kms:GenerateMac","#
                + #""Resource":"*","Condition":{"ArnLike":{"aws:PrincipalArn":["#
                + #""arn:aws:iam::123456789012:role/gaara-store-production-apply","#
                + #""arn:aws:iam::123456789012:role/gaara-store-production-migrate"]},"#
                + #""StringEquals":{"kms:MacAlgorithm":"HMAC_SHA_256"}}}]}"#)
    }
}
