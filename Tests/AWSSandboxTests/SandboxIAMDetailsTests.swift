import AWS
import AWSSandbox
import HTTP
import Testing

@Suite struct SandboxIAMDetailsTests {
    static let document = SandboxIAMTests.document

    let bench: Bench
    var client: AWSClient { bench.client }

    init() throws { bench = try Bench() }

    private func setUp() async throws -> String {
        let policy = try await client.send(
            IAM.CreatePolicy(
                policyName: "reader", policyDocument: Self.document, tags: [Tag("t", "1")]))
        _ = try await client.send(
            IAM.CreatePolicyVersion(
                policyARN: policy.arn,
                policyDocument: Self.document.replacing("Allow", with: "Deny"),
                setAsDefault: true))
        _ = try await client.send(
            IAM.CreateRole(
                roleName: "app", assumeRolePolicyDocument: SandboxIAMRoleTests.trust,
                permissionsBoundaryARN: policy.arn, tags: [Tag("a", "1")]))
        _ = try await client.send(IAM.AttachRolePolicy(roleName: "app", policyARN: policy.arn))
        for (action, fields) in [
            ("CreateGroup", ["GroupName": "team"]),
            ("AddUserToGroup", ["GroupName": "team", "UserName": "alice"]),
            (
                "PutRolePolicy",
                ["RoleName": "app", "PolicyName": "own", "PolicyDocument": Self.document]
            ),
            ("AttachGroupPolicy", ["GroupName": "team", "PolicyArn": policy.arn]),
            (
                "PutUserPolicy",
                ["UserName": "alice", "PolicyName": "mine", "PolicyDocument": Self.document]
            ),
        ] {
            #expect(try await bench.call("iam", action, fields).status == 200)
        }
        return policy.arn
    }

    @Test("everything of an account stands in one list, policies with all versions and no tags")
    func all() async throws {
        let arn = try await setUp()
        let details = try await client.all(IAM.GetAccountAuthorizationDetails())
        #expect(details.count == 4)
        for detail in details {
            switch detail {
            case .user(let user):
                #expect(user.principal.name == "alice")
                #expect(user.groups == ["team"])
                #expect(user.inlinePolicies.map(\.policyName) == ["mine"])
                #expect(user.inlinePolicies.map(\.document) == [Self.document])
            case .group(let group):
                #expect(group.principal.name == "team")
                #expect(group.attachedPolicies.map(\.policyARN) == [arn])
            case .role(let role):
                #expect(role.principal.name == "app")
                #expect(role.assumeRolePolicyDocument == SandboxIAMRoleTests.trust)
                #expect(role.permissionsBoundaryARN == arn)
                #expect(role.attachedPolicies.map(\.policyName) == ["reader"])
                #expect(role.inlinePolicies.map(\.policyName) == ["own"])
                #expect(role.tags == [Tag("a", "1")])
            case .policy(let policy, let versions):
                #expect(policy.arn == arn && policy.tags.isEmpty)
                #expect(versions.map(\.versionID) == ["v2", "v1"])
                #expect(versions.map(\.isDefaultVersion) == [true, false])
                #expect(versions.map(\.document).last == Self.document)
            }
        }
    }

    @Test(
        "a filter leaves the rest out",
        arguments: [
            (IAM.GetAccountAuthorizationDetails.Kind.user, "UserName", "alice"),
            (.group, "GroupName", "team"), (.role, "RoleName", "app"),
            (.localManagedPolicy, "DefaultVersionId", "v2"),
        ])
    func filter(
        kind: IAM.GetAccountAuthorizationDetails.Kind, element: String, text: String
    ) async throws {
        _ = try await setUp()
        let details = try await client.all(IAM.GetAccountAuthorizationDetails(filter: [kind]))
        #expect(details.count == 1)
        let raw = try await bench.call(
            "iam", "GetAccountAuthorizationDetails", ["Filter.member.1": kind.rawValue])
        #expect(raw.elements(element) == [text])
    }

    @Test("pages count users, groups, roles and policies together")
    func pages() async throws {
        _ = try await setUp()
        var seen: [Int] = []
        var marker: String?
        repeat {
            var fields = ["MaxItems": "3"]
            fields["Marker"] = marker
            let page = try await bench.call("iam", "GetAccountAuthorizationDetails", fields)
            seen.append(page.elements("Path").count)
            marker = page.element("Marker")
        } while marker != nil
        #expect(seen == [3, 1])
    }

    @Test("a filter that IAM does not know is refused")
    func unknownFilter() async throws {
        let refused = try await bench.call(
            "iam", "GetAccountAuthorizationDetails", ["Filter.member.1": "Key"])
        #expect(refused.status == 400 && refused.element("Code") == "ValidationError")
    }
}
