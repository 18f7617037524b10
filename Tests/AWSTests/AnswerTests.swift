import POSIX
import Testing

@testable import AWS

@Suite("Answers")
struct AnswerTests {
    private func output<Input: AWSOperation>(
        _ input: Input.Type, _ body: String
    ) throws(MalformedAnswer) -> Input.Output {
        try Input.output(from: Array(body.utf8))
    }

    @Test("a rotation without a period is AWS's 365 days")
    func rotationPeriod() throws {
        let bare = try output(KMS.GetKeyRotationStatus.self, #"{"KeyRotationEnabled":true}"#)
        #expect(bare.periodInDays == 365)
        let whole = try output(
            KMS.GetKeyRotationStatus.self,
            #"{"KeyRotationEnabled":true,"RotationPeriodInDays":90,"NextRotationDate":1.7E9}"#)
        #expect(whole.periodInDays == 90)
        #expect(whole.nextRotationDate == 1_700_000_000)
        #expect(throws: MalformedAnswer("KeyRotationEnabled is missing")) {
            try output(KMS.GetKeyRotationStatus.self, "{}")
        }
    }

    @Test("a MAC is exactly 32 bytes of base64")
    func mac() throws {
        let mac = try output(
            KMS.GenerateMac.self, #"{"Mac":"\#(String(repeating: "A", count: 43))="}"#)
        #expect(mac.withBytes { $0 } == [UInt8](repeating: 0, count: 32))
        for body in [#"{"Mac":"AAAA"}"#, #"{"Mac":"*"}"#, #"{"Mac":""}"#, "{}"] {
            #expect(throws: MalformedAnswer.self) { try output(KMS.GenerateMac.self, body) }
        }
    }

    @Test("a secret is read with its rules, stages and dates, and null is absent")
    func secret() throws {
        let secret = try output(
            SecretsManager.DescribeSecret.self,
            #"""
            {"ARN":"arn:s","Name":"a/b","KmsKeyId":null,"RotationEnabled":true,
            "RotationRules":{"AutomaticallyAfterDays":30,"Duration":"2h"},
            "VersionIdsToStages":{"v1":["AWSPREVIOUS"],"v2":["AWSCURRENT","x"]},
            "DeletedDate":1524085349.095,"Tags":[{"Key":"k","Value":""}],"New":{"member":1},
            "ReplicationStatus":[{"Region":"eu-west-1","Status":"InSync"}]}
            """#)
        #expect(secret.kmsKeyID == nil)
        #expect(secret.rotationRules?.automaticallyAfterDays == 30)
        #expect(secret.versionID(at: "AWSCURRENT") == "v2")
        #expect(secret.versionID(at: "AWSPENDING") == nil)
        #expect(secret.deletedDate == 1_524_085_349)
        #expect(secret.tags == [Tag("k", "")])
        #expect(secret.replicationStatus.map(\.status) == ["InSync"])
    }

    @Test(
        "a member of the wrong type is an error even where it may be absent",
        arguments: [
            (#"{"ARN":"a"}"#, "Name is missing"),
            (#"{"ARN":"a","Name":"n","Tags":[7]}"#, "Tags[0] is not an object"),
            (#"{"ARN":"a","Name":"n","Tags":[{"Key":"k"}]}"#, "Tags[0].Value is missing"),
            (
                #"{"ARN":"a","Name":"n","VersionIdsToStages":{"v":"x"}}"#,
                "VersionIdsToStages is not a map of lists of strings"
            ),
            (#"{"ARN":"a","Name":"n","DeletedDate":"x"}"#, "DeletedDate is not a time in seconds"),
            (
                #"{"ARN":"a","Name":"n","RotationEnabled":1}"#,
                "RotationEnabled is not true or false"
            ),
        ])
    func wrongTypes(body: String, reason: String) {
        #expect(throws: MalformedAnswer(reason)) {
            try output(SecretsManager.DescribeSecret.self, body)
        }
    }

    @Test("a value is a text or bytes, and neither is printed")
    func values() throws {
        let head = #"{"ARN":"a","Name":"n","VersionId":"v","VersionStages":["AWSCURRENT"],"#
        let text = try output(
            SecretsManager.GetSecretValue.self, head + #""SecretString":"hunter2"}"#)
        guard case .string(let bytes) = text.value else {
            Issue.record("the value is not a text")
            return
        }
        #expect(bytes.withBytes { $0 } == Array("hunter2".utf8))
        #expect(!"\(text)".contains("hunter2"))
        let binary = try output(
            SecretsManager.GetSecretValue.self, head + #""SecretBinary":"AAH+/w=="}"#)
        guard case .binary(let bytes) = binary.value else {
            Issue.record("the value is not bytes")
            return
        }
        #expect(bytes.withBytes { $0 } == [0, 1, 0xfe, 0xff])
        #expect(throws: MalformedAnswer("SecretBinary is missing")) {
            try output(SecretsManager.GetSecretValue.self, head + #""X":1}"#)
        }
    }

    @Test("a policy document is decoded twice, XML and percent, and keeps its plus signs")
    func policyDocument() throws {
        let version = try output(
            IAM.GetPolicyVersion.self,
            """
            <GetPolicyVersionResponse xmlns="https://iam.amazonaws.com/doc/2010-05-08/">
            <GetPolicyVersionResult><PolicyVersion><Document>%7B%22a%22%3A%22b+c%2B%22%7D</Document>
            <IsDefaultVersion>true</IsDefaultVersion><VersionId>v1</VersionId>
            <CreateDate>2015-08-30T12:36:00Z</CreateDate></PolicyVersion></GetPolicyVersionResult>
            <ResponseMetadata><RequestId>r</RequestId></ResponseMetadata></GetPolicyVersionResponse>
            """)
        #expect(version.document == #"{"a":"b+c+"}"#)
        #expect(version.isDefaultVersion)
        #expect(version.createDate == 1_440_938_160)
    }

    @Test("an XML answer without its wrapper, or of another operation, is refused")
    func wrappers() {
        let result =
            "<GetCallerIdentityResult><Arn>a</Arn><UserId>u</UserId></GetCallerIdentityResult>"
        for (body, reason) in [
            ("<html/>", "the answer is not a GetCallerIdentityResponse"),
            (
                "<GetCallerIdentityResponse/>",
                "GetCallerIdentityResponse.GetCallerIdentityResult is missing"
            ),
            (
                "<GetCallerIdentityResponse>\(result)</GetCallerIdentityResponse>",
                "GetCallerIdentityResult.Account is missing"
            ),
            ("{}", "the answer is not XML: text outside the root element"),
        ] {
            #expect(throws: MalformedAnswer(reason)) {
                try output(STS.GetCallerIdentity.self, body)
            }
        }
    }

    @Test("groups, users and roles that have a policy come as one list")
    func entities() throws {
        let page = try output(
            IAM.ListEntitiesForPolicy.self,
            """
            <ListEntitiesForPolicyResponse><ListEntitiesForPolicyResult>
            <PolicyRoles><member><RoleName>r</RoleName><RoleId>AROA</RoleId></member></PolicyRoles>
            <PolicyGroups/><PolicyUsers><member><UserName>u</UserName></member></PolicyUsers>
            <IsTruncated>true</IsTruncated><Marker>m</Marker>
            </ListEntitiesForPolicyResult></ListEntitiesForPolicyResponse>
            """)
        #expect(
            page.items == [
                IAM.PolicyEntity(kind: .user, name: "u"), IAM.PolicyEntity(kind: .role, name: "r"),
            ])
        #expect(page.next == "m")
    }

    @Test("a role comes with its boundary, trust and tags")
    func role() throws {
        let role = try output(
            IAM.GetRole.self,
            """
            <GetRoleResponse><GetRoleResult><Role><Path>/</Path><RoleName>r</RoleName>
            <RoleId>AROAEXAMPLE</RoleId><Arn>arn:aws:iam::123456789012:role/r</Arn>
            <AssumeRolePolicyDocument>%7B%7D</AssumeRolePolicyDocument>
            <PermissionsBoundary><PermissionsBoundaryType>Policy</PermissionsBoundaryType>
            <PermissionsBoundaryArn>arn:b</PermissionsBoundaryArn></PermissionsBoundary>
            <Tags><member><Key>k</Key><Value>v</Value></member></Tags></Role></GetRoleResult>
            </GetRoleResponse>
            """)
        #expect(role.principal.id == "AROAEXAMPLE")
        #expect(role.assumeRolePolicyDocument == "{}")
        #expect(role.permissionsBoundaryARN == "arn:b")
        #expect(role.tags == [Tag("k", "v")])
    }
}
