import AWS
import AWSSandbox
import HTTP
import Testing

@Suite struct SandboxIAMTests {
    static let document =
        #"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","#
        + #""Action":"secretsmanager:GetSecretValue","Resource":"*"}]}"#

    let bench: Bench
    var client: AWSClient { bench.client }

    init() throws { bench = try Bench() }

    private func create(
        _ name: String, path: String? = nil, document: String = SandboxIAMTests.document,
        tags: [Tag] = []
    ) async throws -> IAM.Policy {
        try await client.send(
            IAM.CreatePolicy(
                policyName: name, policyDocument: document, path: path, tags: tags))
    }

    @Test("a policy comes back with its tags from GetPolicy, and without from ListPolicies")
    func roundTrip() async throws {
        let policy = try await create(
            "reader", path: "/gaara/staging/", tags: [Tag("gaara:application", "a/b =c")])
        #expect(policy.arn == "arn:aws:iam::123456789012:policy/gaara/staging/reader")
        let got = try await client.send(IAM.GetPolicy(policyARN: policy.arn))
        #expect(got.tags == [Tag("gaara:application", "a/b =c")])
        #expect(got.createDate == bench.sandbox.now)
        let listed = try await client.all(IAM.ListPolicies(pathPrefix: "/gaara/"))
        #expect(listed.map(\.arn) == [policy.arn])
        #expect(listed.first?.tags == [])
        #expect(try await client.all(IAM.ListPolicies(pathPrefix: "/other/")).isEmpty)
    }

    @Test("what XML keeps for itself is escaped")
    func escaping() async throws {
        let fields = [
            "PolicyName": "reader", "PolicyDocument": Self.document, "Description": "a&b <\"c\">",
        ]
        let arn = try #require(
            try await bench.call("iam", "CreatePolicy", fields).element("Arn"))
        let got = try await bench.call("iam", "GetPolicy", ["PolicyArn": arn])
        #expect(got.element("Description") == "a&amp;b &lt;&quot;c&quot;&gt;")
    }

    // botocore GetPolicyVersion: RFC 3986.
    @Test("documents come percent-encoded, and the client reads them back byte for byte")
    func documents() async throws {
        let document = Self.document.replacing("\"*\"", with: "\"arn:aws:s3:::a+b/%20ü ?\"")
        let policy = try await create("reader", document: document)
        let version = try await client.send(
            IAM.GetPolicyVersion(policyARN: policy.arn, versionID: "v1"))
        #expect(version.document == document)
        let key = bench.account.accessKey(for: "user/alice")
        let raw = try await bench.sandbox.send(
            bench.query(
                service: "iam",
                form: "Action=GetPolicyVersion&Version=2010-05-08&VersionId=v1&PolicyArn="
                    + policy.arn,
                signedWith: key))
        #expect(raw.text.contains("<Document>%7B%22Version%22%3A%222012-10-17%22"))
        #expect(raw.text.contains("a%2Bb%2F%2520%C3%BC%20%3F"))
    }

    // reference/moto.md row CreatePolicy: same name under another path accepted by moto.
    @Test("names are unique in the account, whatever their path and case")
    func unique() async throws {
        _ = try await create("Reader", path: "/a/")
        for (name, path) in [("Reader", "/b/"), ("reader", "/a/"), ("READER", nil)] {
            await expectRefusal(
                "EntityAlreadyExists",
                "A policy called \(name) already exists. Duplicate names are not allowed.",
                status: 409
            ) { try await create(name, path: path) }
        }
        let other = try bench.sandbox.addAccount(id: "210987654321")
            .client(as: "user/alice", in: Bench.region)
        _ = try await other.send(
            IAM.CreatePolicy(policyName: "Reader", policyDocument: Self.document))
    }

    // aws-cloudformation/cfn-lint#996; aws/aws-cli#5860.
    @Test("names and paths keep to their letters")
    func names() async throws {
        for name in ["with space", "slash/ed", "ümlaut"] {
            await expectRefusal(
                "ValidationError",
                "The specified value for policyName is invalid. It must contain only "
                    + "alphanumeric characters and/or the following: +=,.@_-"
            ) { try await create(name) }
        }
        await expectRefusal("ValidationError") {
            try await create(String(repeating: "n", count: 129))
        }
        for path in ["gaara/", "/gaara", "//", "/a b/"] {
            await expectRefusal("ValidationError") { try await create("reader", path: path) }
        }
        #expect(bench.account.policies().isEmpty)
    }

    @Test("tags are refused twice in any case, and AWS's own")
    func tags() async throws {
        for tags in [[Tag("a", "1"), Tag("A", "2")], [Tag("aws:x", "1")]] {
            await expectRefusal("InvalidInput") { try await create("reader", tags: tags) }
        }
        let policy = try await create("reader")
        _ = try await client.send(IAM.TagPolicy(policyARN: policy.arn, tags: [Tag("a", "1")]))
        _ = try await client.send(IAM.TagPolicy(policyARN: policy.arn, tags: [Tag("b", "2")]))
        _ = try await client.send(IAM.UntagPolicy(policyARN: policy.arn, tagKeys: ["a"]))
        #expect(bench.account.policy("reader")?.tags == ["b": "2"])
    }

    // 99designs/iamy#21; redradrat/aws-iam-operator#13.
    @Test("a policy has five versions, numbers are not used again, and the default one stays")
    func versions() async throws {
        let policy = try await create("reader")
        for _ in 2...5 {
            _ = try await client.send(
                IAM.CreatePolicyVersion(
                    policyARN: policy.arn, policyDocument: Self.document, setAsDefault: true))
        }
        await expectRefusal("LimitExceeded", status: 409) {
            try await client.send(
                IAM.CreatePolicyVersion(
                    policyARN: policy.arn, policyDocument: Self.document, setAsDefault: true))
        }
        await expectRefusal(
            "DeleteConflict", "Cannot delete the default version of a policy.", status: 409
        ) {
            try await client.send(
                IAM.DeletePolicyVersion(policyARN: policy.arn, versionID: "v5"))
        }
        _ = try await client.send(
            IAM.DeletePolicyVersion(policyARN: policy.arn, versionID: "v1"))
        let sixth = try await client.send(
            IAM.CreatePolicyVersion(
                policyARN: policy.arn, policyDocument: Self.document, setAsDefault: false))
        #expect(sixth.versionID == "v6" && !sixth.isDefaultVersion)
        #expect(bench.account.policy("reader")?.versions == ["v2", "v3", "v4", "v5", "v6"])
        _ = try await client.send(
            IAM.SetDefaultPolicyVersion(policyARN: policy.arn, versionID: "v2"))
        let listed = try await client.all(IAM.ListPolicyVersions(policyARN: policy.arn))
        #expect(listed.first { $0.isDefaultVersion }?.versionID == "v2")
        await expectRefusal(
            "NoSuchEntity",
            "Policy \(policy.arn) version v1 does not exist or is not attachable.", status: 404
        ) {
            try await client.send(
                IAM.GetPolicyVersion(policyARN: policy.arn, versionID: "v1"))
        }
    }

    // 99designs/iamy#22, rebuy-de/aws-nuke#1; reference/moto.md row DeletePolicy: moto deletes.
    @Test("a policy goes only when nothing is attached and one version is left")
    func delete() async throws {
        bench.account.addRole("app")
        let policy = try await create("reader")
        bench.account.addUser("bound", boundary: policy.arn)
        let attached = "Cannot delete a policy attached to entities."
        _ = try await client.send(
            IAM.AttachRolePolicy(roleName: "app", policyARN: policy.arn))
        _ = try await client.send(
            IAM.CreatePolicyVersion(
                policyARN: policy.arn, policyDocument: Self.document, setAsDefault: true))
        await expectRefusal("DeleteConflict", attached, status: 409) {
            try await client.send(IAM.DeletePolicy(policyARN: policy.arn))
        }
        let free = try await create("free")
        _ = try await client.send(
            IAM.CreatePolicyVersion(
                policyARN: free.arn, policyDocument: Self.document, setAsDefault: true))
        await expectRefusal("DeleteConflict", status: 409) {
            try await client.send(IAM.DeletePolicy(policyARN: free.arn))
        }
        _ = try await client.send(
            IAM.DeletePolicyVersion(policyARN: free.arn, versionID: "v1"))
        _ = try await client.send(IAM.DeletePolicy(policyARN: free.arn))
        await expectRefusal("NoSuchEntity", "Policy \(free.arn) was not found.", status: 404) {
            try await client.send(IAM.GetPolicy(policyARN: free.arn))
        }
        // Detached from the role, it still bounds the user.
        _ = try await client.send(
            IAM.DetachRolePolicy(roleName: "app", policyARN: policy.arn))
        await expectRefusal("DeleteConflict", attached, status: 409) {
            try await client.send(IAM.DeletePolicy(policyARN: policy.arn))
        }
    }

    // LS test_iam.snapshot.json.
    @Test("attaching twice is fine, detaching twice is not")
    func attachments() async throws {
        bench.account.addRole("app")
        bench.account.addUser("bob")
        bench.account.addGroup("team")
        let policy = try await create("reader")
        for _ in 1...2 {
            _ = try await client.send(
                IAM.AttachRolePolicy(roleName: "app", policyARN: policy.arn))
        }
        _ = try await client.send(IAM.AttachUserPolicy(userName: "bob", policyARN: policy.arn))
        _ = try await client.send(
            IAM.AttachGroupPolicy(groupName: "team", policyARN: policy.arn))
        #expect(
            bench.account.policy("reader")?.attachedTo == ["group/team", "role/app", "user/bob"])
        let entities = try await client.all(IAM.ListEntitiesForPolicy(policyARN: policy.arn))
        #expect(Set(entities.map(\.name)) == ["app", "bob", "team"])
        let attached = try await client.all(IAM.ListAttachedRolePolicies(roleName: "app"))
        #expect(attached.map(\.policyName) == ["reader"])

        _ = try await client.send(
            IAM.DetachRolePolicy(roleName: "app", policyARN: policy.arn))
        await expectRefusal("NoSuchEntity", "Policy \(policy.arn) was not found.", status: 404) {
            try await client.send(
                IAM.DetachRolePolicy(roleName: "app", policyARN: policy.arn))
        }
        await expectRefusal(
            "NoSuchEntity", "The role with name nobody cannot be found.", status: 404
        ) {
            try await client.send(
                IAM.AttachRolePolicy(roleName: "nobody", policyARN: policy.arn))
        }
    }

    // LS test_iam.snapshot.json; reference/moto.md row Attach: the guide's wrong ARN.
    @Test("AWS's own policies must be known to be attached")
    func awsManaged() async throws {
        bench.account.addRole("app")
        let custom = "arn:aws:iam::aws:policy/custom/reader"
        await expectRefusal(
            "NoSuchEntity", "Policy \(custom) does not exist or is not attachable.", status: 404
        ) {
            try await client.send(IAM.AttachRolePolicy(roleName: "app", policyARN: custom))
        }
        _ = try await client.send(
            IAM.AttachRolePolicy(
                roleName: "app", policyARN: "arn:aws:iam::aws:policy/ReadOnlyAccess"))
    }

    // aws/eks-hybrid#741.
    @Test("a role has ten policies")
    func quota() async throws {
        bench.account.addRole("app")
        for number in 1...11 { _ = try await create("p\(number)") }
        for number in 1...10 {
            _ = try await client.send(
                IAM.AttachRolePolicy(
                    roleName: "app", policyARN: "arn:aws:iam::123456789012:policy/p\(number)"))
        }
        await expectRefusal(
            "LimitExceeded", "Cannot exceed quota for PoliciesPerRole: 10", status: 409
        ) {
            try await client.send(
                IAM.AttachRolePolicy(
                    roleName: "app", policyARN: "arn:aws:iam::123456789012:policy/p11"))
        }
    }

    @Test("roles, users and groups answer for themselves")
    func entities() async throws {
        let boundary = "arn:aws:iam::123456789012:policy/limits"
        let arn = bench.account.addRole("app", path: "/team/", boundary: boundary)
        let role = try await client.send(IAM.GetRole(roleName: "app"))
        #expect(role.principal.arn == arn)
        #expect(role.principal.path == "/team/")
        #expect(role.permissionsBoundaryARN == boundary)
        bench.account.addGroup("team")
        #expect(try await client.send(IAM.GetUser(userName: "alice")).name == "alice")
        #expect(try await client.send(IAM.GetGroup(groupName: "team")).name == "team")
        await expectRefusal("NoSuchEntity", status: 404) {
            try await client.send(IAM.GetRole(roleName: "nobody"))
        }
    }

    // botocore ListPolicies.MaxItems: 100 where none is given.
    @Test("policies come in pages, each with the marker of the next")
    func pages() async throws {
        for number in 0..<210 { _ = try await create("p\(number)") }
        let listed = try await client.all(IAM.ListPolicies())
        #expect(listed.count == 210)
        #expect(Set(listed.map(\.arn)).count == 210)
        let key = bench.account.accessKey(for: "user/alice")
        let first = try await bench.sandbox.send(
            bench.query(
                service: "iam", form: "Action=ListPolicies&Version=2010-05-08",
                signedWith: key))
        #expect(first.text.split(separator: "<member>").count == 101)
        #expect(first.text.contains("<IsTruncated>true</IsTruncated><Marker>arn:aws:iam::"))
    }
}
