import AWS
import AWSSandbox
import HTTP
import SigV4
import Testing

@Suite struct SandboxIAMUserTests {
    static let document = SandboxIAMTests.document

    let bench: Bench

    init() throws { bench = try Bench() }

    /// Calls IAM and expects it to say yes.
    @discardableResult
    private func iam(
        _ action: String, _ fields: [String: String] = [:], as key: SigningCredential? = nil,
        sourceLocation: SourceLocation = #_sourceLocation
    ) async throws -> HTTPResponse {
        let answer = try await bench.call("iam", action, fields, as: key)
        #expect(answer.status == 200, "\(answer.xmlRefusal)", sourceLocation: sourceLocation)
        return answer
    }

    private func newKey(of user: String) async throws -> SigningCredential {
        let answer = try await iam("CreateAccessKey", ["UserName": user])
        return SigningCredential(
            accessKeyID: answer.element("AccessKeyId") ?? "",
            secretAccessKey: answer.element("SecretAccessKey") ?? "")
    }

    @Test("a user that is made with a key can sign with it until the key is off or gone")
    func keys() async throws {
        let user = try await iam("CreateUser", ["UserName": "app", "Path": "/x/"])
        #expect(user.element("Arn") == "arn:aws:iam::123456789012:user/x/app")
        let key = try await newKey(of: "app")
        #expect(key.accessKeyID.hasPrefix("AKIA") && key.secretAccessKey.utf8.count == 40)
        func whoAmI() async throws -> HTTPResponse {
            try await bench.call("sts", "GetCallerIdentity", as: key)
        }
        #expect(try await whoAmI().element("Arn") == user.element("Arn"))
        #expect(try await whoAmI().element("UserId") == user.element("UserId"))
        let status = ["UserName": "app", "AccessKeyId": key.accessKeyID, "Status": "Inactive"]
        try await iam("UpdateAccessKey", status)
        let unknown =
            "403 InvalidClientTokenId The security token included in the request is invalid."
        #expect(try await whoAmI().xmlRefusal == unknown)
        let listed = try await iam("ListAccessKeys", ["UserName": "app"])
        #expect(listed.elements("Status") == ["Inactive"])
        #expect(!listed.text.contains(key.secretAccessKey))
        try await iam("UpdateAccessKey", status.merging(["Status": "Active"]) { $1 })
        #expect(try await whoAmI().status == 200)
        try await iam("DeleteAccessKey", ["UserName": "app", "AccessKeyId": key.accessKeyID])
        #expect(try await whoAmI().xmlRefusal == unknown)
    }

    @Test("without a name, the caller's own user is meant")
    func ownUser() async throws {
        try await iam("CreateUser", ["UserName": "app"])
        let key = try await newKey(of: "app")
        #expect(try await iam("GetUser", as: key).element("UserName") == "app")
        #expect(try await iam("ListAccessKeys", as: key).elements("UserName") == ["app"])
        try await iam("CreateAccessKey", as: key)
        try await iam("DeleteAccessKey", ["AccessKeyId": key.accessKeyID], as: key)
        let session = bench.account.accessKey(for: "role/app")
        #expect(
            try await bench.call("iam", "GetUser", as: session).xmlRefusal
                == "400 ValidationError Must specify userName when calling with non-User "
                + "credentials")
    }

    // Sources of the texts: Refusal+Principals.swift.
    @Test(
        "what IAM cannot do to users, groups and keys is refused",
        arguments: [
            (
                "CreateUser", ["UserName": "APP"],
                "409 EntityAlreadyExists User with name APP already exists."
            ),
            (
                "CreateGroup", ["GroupName": "Team"],
                "409 EntityAlreadyExists Group with name Team already exists."
            ),
            (
                "CreateUser", ["UserName": String(repeating: "u", count: 65)],
                "400 ValidationError 1 validation error detected: Value '"
                    + String(repeating: "u", count: 65) + "' at 'userName' failed to satisfy "
                    + "constraint: Member must have length less than or equal to 64"
            ),
            (
                "CreateUser", ["UserName": "b", "Path": "x"],
                "400 ValidationError The specified value for path is invalid. It must begin and "
                    + "end with / and contain only alphanumeric characters and/or / characters."
            ),
            (
                "GetUser", ["UserName": "none"],
                "404 NoSuchEntity The user with name none cannot be found."
            ),
            (
                "GetGroup", ["GroupName": "none"],
                "404 NoSuchEntity The group with name none cannot be found."
            ),
            (
                "AddUserToGroup", ["UserName": "none", "GroupName": "team"],
                "404 NoSuchEntity The user with name none cannot be found."
            ),
            (
                "RemoveUserFromGroup", ["UserName": "app", "GroupName": "team"],
                "404 NoSuchEntity User app not in group team"
            ),
            (
                "GetUserPolicy", ["UserName": "app", "PolicyName": "p"],
                "404 NoSuchEntity The user policy with name p cannot be found."
            ),
            (
                "DeleteUserPolicy", ["UserName": "app", "PolicyName": "p"],
                "404 NoSuchEntity The user policy with name p cannot be found."
            ),
            (
                "DeleteAccessKey", ["UserName": "app", "AccessKeyId": "AKIANOBODYATALL00"],
                "404 NoSuchEntity The Access Key with id AKIANOBODYATALL00 cannot be found."
            ),
            (
                "DeleteAccessKey", ["UserName": "app", "AccessKeyId": "AKIA"],
                "400 ValidationError 1 validation error detected: Value 'AKIA' at 'accessKeyId' "
                    + "failed to satisfy constraint: Member must have length greater than or "
                    + "equal to 16"
            ),
            (
                "PutUserPermissionsBoundary",
                ["UserName": "app", "PermissionsBoundary": "arn:aws:iam::aws:policy/None"],
                "404 NoSuchEntity Scope ARN: arn:aws:iam::aws:policy/None does not exist or is "
                    + "not attachable."
            ),
            (
                "PutUserPolicy", ["UserName": "app", "PolicyName": "p", "PolicyDocument": "{"],
                "400 MalformedPolicyDocument This policy contains invalid Json"
            ),
            (
                "AttachUserPolicy", ["UserName": "app", "PolicyArn": "a-policy-by-its-name"],
                "400 ValidationError Invalid ARN:  Could not be parsed!"
            ),
            (
                "CreateUser", ["Path": "/"],
                "400 ValidationError 1 validation error detected: Value null at 'userName' failed "
                    + "to satisfy constraint: Member must not be null"
            ),
        ])
    func refused(action: String, fields: [String: String], text: String) async throws {
        try await iam("CreateUser", ["UserName": "app"])
        try await iam("CreateGroup", ["GroupName": "team"])
        #expect(try await bench.call("iam", action, fields).xmlRefusal == text)
    }

    // mozilla-services/userplex#17, aws-controllers-k8s/community#2229.
    @Test("a user goes only without keys, groups and policies")
    func deleteUser() async throws {
        try await iam("CreateUser", ["UserName": "app"])
        try await iam("CreateGroup", ["GroupName": "team"])
        try await iam("AddUserToGroup", ["UserName": "app", "GroupName": "team"])
        let key = try await newKey(of: "app")
        let arn = "arn:aws:iam::aws:policy/ReadOnlyAccess"
        try await iam("AttachUserPolicy", ["UserName": "app", "PolicyArn": arn])
        let own = ["UserName": "app", "PolicyName": "own", "PolicyDocument": Self.document]
        try await iam("PutUserPolicy", own)
        for (text, action, fields) in [
            ("delete access keys first.", "DeleteAccessKey", ["AccessKeyId": key.accessKeyID]),
            ("remove users from group first.", "RemoveUserFromGroup", ["GroupName": "team"]),
            ("detach all policies first.", "DetachUserPolicy", ["PolicyArn": arn]),
            ("delete policies first.", "DeleteUserPolicy", ["PolicyName": "own"]),
        ] {
            let refused = try await bench.call("iam", "DeleteUser", ["UserName": "app"])
            #expect(refused.xmlRefusal == "409 DeleteConflict Cannot delete entity, must \(text)")
            try await iam(action, fields.merging(["UserName": "app"]) { $1 })
        }
        try await iam("DeleteUser", ["UserName": "app"])
        #expect(try await iam("ListUsers").elements("UserName") == ["alice"])
    }

    // hashicorp/terraform#29147.
    @Test("a group goes only without users and policies")
    func deleteGroup() async throws {
        try await iam("CreateUser", ["UserName": "app"])
        try await iam("CreateGroup", ["GroupName": "team", "Path": "/x/"])
        let member = ["UserName": "app", "GroupName": "team"]
        for _ in 1...2 { try await iam("AddUserToGroup", member) }
        let own = ["GroupName": "team", "PolicyName": "own", "PolicyDocument": Self.document]
        try await iam("PutGroupPolicy", own)
        #expect(try await iam("GetGroup", ["GroupName": "team"]).elements("UserName") == ["app"])
        let groups = try await iam("ListGroupsForUser", ["UserName": "app"])
        #expect(groups.elements("Arn") == ["arn:aws:iam::123456789012:group/x/team"])
        for (text, action, fields) in [
            ("remove users from group first.", "RemoveUserFromGroup", member),
            ("delete policies first.", "DeleteGroupPolicy", own),
        ] {
            let refused = try await bench.call("iam", "DeleteGroup", ["GroupName": "team"])
            #expect(refused.xmlRefusal == "409 DeleteConflict Cannot delete entity, must \(text)")
            try await iam(action, fields)
        }
        try await iam("DeleteGroup", ["GroupName": "team"])
        #expect(try await iam("ListGroups").elements("GroupName").isEmpty)
    }

    // simonw/s3-credentials#64: an inactive key counts too.
    @Test("a user has two keys, ten groups, and 2,048 characters of policies")
    func quotas() async throws {
        try await iam("CreateUser", ["UserName": "app"])
        let key = try await newKey(of: "app")
        try await iam(
            "UpdateAccessKey",
            ["UserName": "app", "AccessKeyId": key.accessKeyID, "Status": "Inactive"])
        _ = try await newKey(of: "app")
        #expect(
            try await bench.call("iam", "CreateAccessKey", ["UserName": "app"]).xmlRefusal
                == "409 LimitExceeded Cannot exceed quota for AccessKeysPerUser: 2")
        for number in 1...11 { try await iam("CreateGroup", ["GroupName": "g\(number)"]) }
        for number in 1...10 {
            try await iam("AddUserToGroup", ["UserName": "app", "GroupName": "g\(number)"])
        }
        #expect(
            try await bench.call(
                "iam", "AddUserToGroup", ["UserName": "app", "GroupName": "g11"]
            ).xmlRefusal == "409 LimitExceeded Cannot exceed quota for GroupsPerUser: 10")
        let resource = "arn:aws:s3:::" + String(repeating: "x", count: 2048)
        let large = Self.document.replacing("\"*\"", with: "\"\(resource)\"")
        #expect(
            try await bench.call(
                "iam", "PutUserPolicy",
                ["UserName": "app", "PolicyName": "p", "PolicyDocument": large]
            ).xmlRefusal
                == "409 LimitExceeded Maximum policy size of 2048 bytes exceeded for user app")
    }

    @Test("a user's boundary and tags are its own, and are listed nowhere")
    func marks() async throws {
        let arn = "arn:aws:iam::aws:policy/ReadOnlyAccess"
        let made = try await iam(
            "CreateUser",
            [
                "UserName": "app", "PermissionsBoundary": arn, "Tags.member.1.Key": "a",
                "Tags.member.1.Value": "1",
            ])
        #expect(made.element("PermissionsBoundaryArn") == arn)
        #expect(made.element("PermissionsBoundaryType") == "Policy")
        let tag = ["UserName": "app", "Tags.member.1.Key": "b", "Tags.member.1.Value": "2"]
        try await iam("TagUser", tag)
        try await iam("UntagUser", ["UserName": "app", "TagKeys.member.1": "a"])
        #expect(try await iam("ListUserTags", ["UserName": "app"]).elements("Key") == ["b"])
        let other = "arn:aws:iam::aws:policy/SecurityAudit"
        try await iam(
            "PutUserPermissionsBoundary", ["UserName": "app", "PermissionsBoundary": other])
        #expect(
            try await iam("GetUser", ["UserName": "app"]).element("PermissionsBoundaryArn")
                == other)
        try await iam("DeleteUserPermissionsBoundary", ["UserName": "app"])
        let got = try await iam("GetUser", ["UserName": "app"])
        #expect(got.element("PermissionsBoundary") == nil)
        #expect(got.elements("Key") == ["b"])
        #expect(try await iam("ListUsers").element("Tags") == nil)
    }

    // LS test_put_user_policy_encoding.
    @Test("policies in a user are listed by name and come back percent-encoded")
    func inline() async throws {
        try await iam("CreateUser", ["UserName": "app"])
        let own = ["UserName": "app", "PolicyName": "own", "PolicyDocument": Self.document]
        try await iam("PutUserPolicy", own)
        let listed = try await iam("ListUserPolicies", ["UserName": "app"])
        #expect(listed.element("PolicyNames") == "<member>own</member>")
        let got = try await iam("GetUserPolicy", ["UserName": "app", "PolicyName": "own"])
        #expect(got.element("UserName") == "app" && got.element("PolicyName") == "own")
        #expect(got.element("PolicyDocument")?.hasPrefix("%7B%22Version%22%3A") == true)
    }

    @Test("users come in pages, in the order of their names")
    func pages() async throws {
        for name in ["b", "a", "c"] { try await iam("CreateUser", ["UserName": name]) }
        let first = try await iam("ListUsers", ["MaxItems": "2"])
        #expect(first.elements("UserName") == ["a", "alice"])
        #expect(first.element("IsTruncated") == "true")
        let marker = try #require(first.element("Marker"))
        let second = try await iam("ListUsers", ["MaxItems": "2", "Marker": marker])
        #expect(second.elements("UserName") == ["b", "c"])
        #expect(second.element("IsTruncated") == "false")
    }
}
