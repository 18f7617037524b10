import AWS
import AWSSandbox
import HTTP
import Testing

@Suite struct SandboxIAMRoleTests {
    static let document = SandboxIAMTests.document
    static let trust =
        #"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","#
        + #""Principal":{"Service":"lambda.amazonaws.com"},"Action":"sts:AssumeRole"}]}"#

    let bench: Bench
    var client: AWSClient { bench.client }

    init() throws { bench = try Bench() }

    private func create(
        _ name: String, trust: String = SandboxIAMRoleTests.trust, path: String? = nil,
        boundary: String? = nil, tags: [Tag] = []
    ) async throws -> IAM.Role {
        try await client.send(
            IAM.CreateRole(
                roleName: name, assumeRolePolicyDocument: trust, path: path,
                permissionsBoundaryARN: boundary, tags: tags))
    }

    private func policy(_ name: String) async throws -> String {
        try await client.send(
            IAM.CreatePolicy(policyName: name, policyDocument: Self.document)
        ).arn
    }

    // LS test_create_describe_role, test_role_with_tags, test_list_roles_with_permission_boundary.
    @Test("a role comes back with its marks from CreateRole and GetRole, and listed without")
    func roundTrip() async throws {
        let limits = try await policy("limits")
        let role = try await create(
            "app", path: "/team/", boundary: limits, tags: [Tag("a", "1")])
        #expect(role.principal.arn == "arn:aws:iam::123456789012:role/team/app")
        #expect(role.principal.id.hasPrefix("AROA"))
        #expect(try await client.send(IAM.GetRole(roleName: "app")) == role)
        #expect(role.assumeRolePolicyDocument == Self.trust)
        #expect(role.permissionsBoundaryARN == limits)
        #expect(role.tags == [Tag("a", "1")])
        let raw = try await bench.call("iam", "GetRole", ["RoleName": "app"])
        #expect(raw.element("MaxSessionDuration") == "3600")
        #expect(raw.text.contains("<RoleLastUsed></RoleLastUsed>"))
        let listed = try await bench.call("iam", "ListRoles", ["PathPrefix": "/team/"])
        #expect(listed.elements("RoleName") == ["app"])
        #expect(listed.element("MaxSessionDuration") == "3600")
        #expect(listed.element("PermissionsBoundary") == nil && listed.element("Tags") == nil)
    }

    @Test("description and longest session can be changed, and nothing else with them")
    func update() async throws {
        _ = try await create("app")
        let updated = try await bench.call(
            "iam", "UpdateRole",
            ["RoleName": "app", "Description": "reads", "MaxSessionDuration": "7200"])
        #expect(updated.text.contains("<UpdateRoleResult></UpdateRoleResult>"))
        let role = try await bench.call("iam", "GetRole", ["RoleName": "app"])
        #expect(role.element("Description") == "reads")
        #expect(role.element("MaxSessionDuration") == "7200")
    }

    // Sources of the texts: Refusal+Principals.swift.
    @Test(
        "what CreateRole cannot take is refused",
        arguments: [
            (
                ["RoleName": "a b"],
                "400 ValidationError The specified value for roleName is invalid. It must contain "
                    + "only alphanumeric characters and/or the following: +=,.@_-"
            ),
            (
                ["MaxSessionDuration": "3599"],
                "400 ValidationError 1 validation error detected: Value '3599' at "
                    + "'maxSessionDuration' failed to satisfy constraint: Member must have value "
                    + "greater than or equal to 3600"
            ),
            (
                ["MaxSessionDuration": "43201"],
                "400 ValidationError 1 validation error detected: Value '43201' at "
                    + "'maxSessionDuration' failed to satisfy constraint: Member must have value "
                    + "less than or equal to 43200"
            ),
            (
                ["RoleName": "App"],
                "409 EntityAlreadyExists Role with name App already exists."
            ),
            (
                ["PermissionsBoundary": "arn:aws:iam::123456789012:policy/none"],
                "404 NoSuchEntity Scope ARN: arn:aws:iam::123456789012:policy/none does not exist "
                    + "or is not attachable."
            ),
            (
                ["PermissionsBoundary": "a policy without an ARN"],
                "400 ValidationError Invalid ARN:  Could not be parsed!"
            ),
            (
                ["Description": "\u{7f}"],
                "400 ValidationError 1 validation error detected: Value '\u{7f}' at 'description' "
                    + "failed to satisfy constraint: Member must satisfy regular expression "
                    + #"pattern: [\u0009\u000A\u000D\u0020-\u007E\u00A1-\u00FF]*"#
            ),
        ])
    func refused(fields: [String: String], text: String) async throws {
        _ = try await create("app")
        let form = ["RoleName": "new", "AssumeRolePolicyDocument": Self.trust]
        let answer = try await bench.call("iam", "CreateRole", form.merging(fields) { $1 })
        #expect(answer.xmlRefusal == text)
    }

    // ansible/ansible#22832, rebuy-de/aws-nuke#294; reference/aws-semantics.md section 2.
    @Test("a role goes only without policies, attached or its own")
    func delete() async throws {
        let role = try await create("app")
        let arn = try await policy("reader")
        _ = try await client.send(IAM.AttachRolePolicy(roleName: "app", policyARN: arn))
        _ = try await bench.call(
            "iam", "PutRolePolicy",
            ["RoleName": "app", "PolicyName": "own", "PolicyDocument": Self.document])
        await expectRefusal(
            "DeleteConflict", "Cannot delete entity, must detach all policies first.", status: 409
        ) { try await client.send(IAM.DeleteRole(roleName: "app")) }
        _ = try await client.send(IAM.DetachRolePolicy(roleName: "app", policyARN: arn))
        await expectRefusal(
            "DeleteConflict", "Cannot delete entity, must delete policies first.", status: 409
        ) { try await client.send(IAM.DeleteRole(roleName: "app")) }
        _ = try await bench.call(
            "iam", "DeleteRolePolicy", ["RoleName": "app", "PolicyName": "own"])
        _ = try await client.send(IAM.DeleteRole(roleName: "app"))
        await expectRefusal(
            "NoSuchEntity", "The role with name app cannot be found.", status: 404
        ) { try await client.send(IAM.DeleteRole(roleName: "app")) }
        #expect(try await create("app").principal.id != role.principal.id)
    }

    @Test("a boundary is put, replaced and taken away, and counts as a use of its policy")
    func boundary() async throws {
        _ = try await create("app")
        let arn = try await policy("limits")
        _ = try await client.send(
            IAM.PutRolePermissionsBoundary(roleName: "app", policyARN: arn))
        await expectRefusal("DeleteConflict", status: 409) {
            try await client.send(IAM.DeletePolicy(policyARN: arn))
        }
        _ = try await client.send(IAM.DeleteRolePermissionsBoundary(roleName: "app"))
        let role = try await client.send(IAM.GetRole(roleName: "app"))
        #expect(role.permissionsBoundaryARN == nil)
        _ = try await client.send(IAM.DeletePolicy(policyARN: arn))
    }

    @Test("tags of a role are set, replaced in any case of the key, and removed")
    func tags() async throws {
        _ = try await create("app", tags: [Tag("Team", "1")])
        _ = try await client.send(
            IAM.TagRole(roleName: "app", tags: [Tag("team", "2"), Tag("b", "")]))
        let role = try await client.send(IAM.GetRole(roleName: "app"))
        #expect(Set(role.tags) == [Tag("team", "2"), Tag("b", "")])
        _ = try await client.send(IAM.UntagRole(roleName: "app", tagKeys: ["b", "none"]))
        let listed = try await bench.call("iam", "ListRoleTags", ["RoleName": "app"])
        #expect(listed.elements("Key") == ["team"])
        await expectRefusal("LimitExceeded", status: 409) {
            try await client.send(
                IAM.TagRole(roleName: "app", tags: (1...50).map { Tag("k\($0)", "") }))
        }
        await expectRefusal("ValidationError") {
            try await client.send(IAM.TagRole(roleName: "app", tags: [Tag("a;b", "")]))
        }
    }

    // LS test_put_role_policy_encoding; aws/aws-cli#6139.
    @Test("policies in a role come back percent-encoded, listed by name, and are replaced")
    func inline() async throws {
        _ = try await create("app")
        let document = Self.document.replacing("\"*\"", with: "\"arn:aws:s3:::a/%2Fb\"")
        for (name, text) in [("b", Self.document), ("a", Self.document), ("a", document)] {
            let put = try await bench.call(
                "iam", "PutRolePolicy",
                ["RoleName": "app", "PolicyName": name, "PolicyDocument": text])
            #expect(put.status == 200)
        }
        #expect(try await client.all(IAM.ListRolePolicies(roleName: "app")) == ["a", "b"])
        let got = try await client.send(IAM.GetRolePolicy(roleName: "app", policyName: "a"))
        #expect(got.document == document)
        await expectRefusal(
            "NoSuchEntity", "The role policy with name c cannot be found.", status: 404
        ) { try await client.send(IAM.GetRolePolicy(roleName: "app", policyName: "c")) }
    }

    // serverless/serverless#2508; IAM guide, IAM quotas: white space is not counted.
    @Test("policies in a role have 10,240 characters together")
    func inlineQuota() async throws {
        _ = try await create("app")
        let frame = Self.document.utf8.count
        func put(_ name: String, _ size: Int) async throws -> HTTPResponse {
            let text = Self.document.replacing(
                "\"*\"",
                with: "\"arn:aws:s3:::\(String(repeating: "x", count: size - frame - 12))\"")
            return try await bench.call(
                "iam", "PutRolePolicy",
                ["RoleName": "app", "PolicyName": name, "PolicyDocument": text + "\n   "])
        }
        #expect(try await put("a", 7000).status == 200)
        #expect(
            try await put("b", 3241).xmlRefusal
                == "409 LimitExceeded Maximum policy size of 10240 bytes exceeded for role app")
        #expect(try await put("b", 3240).status == 200)
        #expect(try await put("a", 7000).status == 200)
    }

    // rebuy-de/aws-nuke#441.
    @Test(
        "a role of IAM Identity Center is changed only by AWS",
        arguments: [
            ("DeleteRole", [:]), ("AttachRolePolicy", ["PolicyArn": "arn:aws:iam::aws:policy/x"]),
            ("UpdateAssumeRolePolicy", ["PolicyDocument": trust]),
            ("PutRolePolicy", ["PolicyName": "a", "PolicyDocument": document]),
            ("UpdateRole", [:]),
            ("DeleteRolePermissionsBoundary", [:]),
        ] as [(String, [String: String])])
    func protected(action: String, fields: [String: String]) async throws {
        _ = bench.account.signIn("ann", to: ["ReadOnly"])
        let listed = try await bench.call(
            "iam", "ListRoles", ["PathPrefix": "/aws-reserved/sso.amazonaws.com/"])
        let name = try #require(listed.element("RoleName"))
        let answer = try await bench.call(
            "iam", action, fields.merging(["RoleName": name]) { $1 })
        #expect(
            answer.xmlRefusal
                == "400 UnmodifiableEntity Cannot perform the operation on the protected role "
                + "'\(name)' - this role is only modifiable by AWS")
    }

    @Test("roles have no instance profiles, and one that is not there has none to list")
    func instanceProfiles() async throws {
        _ = try await create("app")
        let none = try await bench.call(
            "iam", "ListInstanceProfilesForRole", ["RoleName": "app"])
        #expect(none.text.contains("<InstanceProfiles></InstanceProfiles>"))
        let missing = try await bench.call(
            "iam", "ListInstanceProfilesForRole", ["RoleName": "none"])
        #expect(missing.xmlRefusal == "404 NoSuchEntity The role with name none cannot be found.")
    }

    // IAM guide, "AWS JSON policy elements: Principal"; DataDog agentless-scanner#43.
    @Test("a trusted role that was made again stands by its old id in the trust policy")
    func orphanedPrincipal() async throws {
        let caller = try await create("caller")
        let trust = Self.trust.replacing(
            #""Service":"lambda.amazonaws.com""#, with: #""AWS":"\#(caller.principal.arn)""#)
        _ = try await create("app", trust: trust)
        _ = try await client.send(IAM.DeleteRole(roleName: "caller"))
        _ = try await create("caller")
        let role = try await client.send(IAM.GetRole(roleName: "app"))
        #expect(
            role.assumeRolePolicyDocument
                == trust.replacing(caller.principal.arn, with: caller.principal.id))
        _ = try await client.send(
            IAM.UpdateAssumeRolePolicy(roleName: "app", policyDocument: trust))
        let again = try await client.send(IAM.GetRole(roleName: "app"))
        #expect(again.assumeRolePolicyDocument == trust)
    }
}
