/// Managed policies.
extension SandboxIAM {
    static func createPolicy(
        _ call: Call, _ form: Form, _ account: inout Account
    ) throws(Refused) -> [XML]? {
        let name = try name("PolicyName", of: form, atMost: 128)
        let path = try path(of: form)
        let description = form["Description"]
        if let description, description.count > 1000 {
            throw Refused(
                .constraintQuery, "", "description",
                "Member must have length less than or equal to 1000")
        }
        let tags = try tags(of: form)
        let document = try form.required("PolicyDocument")
        try PolicyGrammar.check(document)
        // Names differ in more than case, whatever their path (botocore CreatePolicy.PolicyName).
        let taken = account.policies.values.contains { $0.name.lowercased() == name.lowercased() }
        guard !taken else { throw Refused(.policyExists, name) }

        let policy = ManagedPolicy(
            name: name, path: path, id: "ANPA" + account.random.text(17, of: .base32),
            arn: "arn:aws:iam::\(account.id):policy\(path)\(name)", description: description,
            created: call.now, updated: call.now, tags: Tags(tags),
            versions: [
                ManagedPolicy.Version(number: 1, document: document, created: call.now)
            ], defaultVersion: 1)
        account.policies[policy.arn] = policy
        return [XML("Policy", summary(of: policy, in: account, withTags: !tags.isEmpty))]
    }

    /// An empty list of tags is said here, and not by CreatePolicy
    /// (LS test_managed_policy_with_empty_resource).
    static func getPolicy(
        _ call: Call, _ form: Form, _ account: inout Account
    ) throws(Refused) -> [XML]? {
        let policy = try policy(of: form, in: account)
        var elements = summary(of: policy, in: account, withTags: true)
        if let description = policy.description {
            elements.append(XML("Description", description))
        }
        return [XML("Policy", elements)]
    }

    /// Neither tags nor descriptions are listed (botocore ListPolicies).
    static func listPolicies(
        _ call: Call, _ form: Form, _ account: inout Account
    ) throws(Refused) -> [XML]? {
        let prefix = form["PathPrefix"] ?? "/"
        let isAttachedOnly = try form.flag("OnlyAttached")
        let isAWS = form["Scope"] == "AWS"
        let policies = account.policies.values
            .filter { !isAWS && $0.path.hasPrefix(prefix) }
            .filter { !isAttachedOnly || account.attachmentCount(of: $0.arn) > 0 }
            .sorted { $0.arn < $1.arn }
        return try page(of: policies, form, called: "Policies", by: \.arn) {
            summary(of: $0, in: account, withTags: false)
        }
    }

    static func deletePolicy(
        _ call: Call, _ form: Form, _ account: inout Account
    ) throws(Refused) -> [XML]? {
        let policy = try policy(of: form, in: account)
        let uses =
            account.attachmentCount(of: policy.arn) + account.boundaryCount(of: policy.arn)
        guard uses == 0 else { throw Refused(.policyAttached) }
        guard policy.versions.count == 1 else { throw Refused(.policyHasVersions) }
        account.policies[policy.arn] = nil
        return nil
    }

    static func tagPolicy(
        _ call: Call, _ form: Form, _ account: inout Account
    ) throws(Refused) -> [XML]? {
        let policy = try policy(of: form, in: account)
        account.policies[policy.arn]?.tags = try merged(tags(of: form), into: policy.tags)
        return nil
    }

    static func untagPolicy(
        _ call: Call, _ form: Form, _ account: inout Account
    ) throws(Refused) -> [XML]? {
        let policy = try policy(of: form, in: account)
        account.policies[policy.arn]?.tags.remove(keys: form.texts("TagKeys"))
        return nil
    }

    static func listPolicyTags(
        _ call: Call, _ form: Form, _ account: inout Account
    ) throws(Refused) -> [XML]? {
        try listTags(try policy(of: form, in: account).tags, form)
    }

    static func summary(
        of policy: ManagedPolicy, in account: Account, withTags: Bool
    ) -> [XML] {
        let tags = policy.tags.all.map { [XML("Key", $0.key), XML("Value", $0.value)] }
        return [
            XML("PolicyName", policy.name), XML("PolicyId", policy.id), XML("Arn", policy.arn),
            XML("Path", policy.path), XML("DefaultVersionId", "v\(policy.defaultVersion)"),
            XML("AttachmentCount", account.attachmentCount(of: policy.arn)),
            XML("PermissionsBoundaryUsageCount", account.boundaryCount(of: policy.arn)),
            XML("IsAttachable", true), time("CreateDate", policy.created),
            time("UpdateDate", policy.updated),
        ] + (withTags ? [XML(list: "Tags", of: tags)] : [])
    }
}

extension Account {
    func attachmentCount(of arn: String) -> Int {
        entities.values.flatMap(\.values).count { $0.attached.contains(arn) }
    }

    func boundaryCount(of arn: String) -> Int {
        entities.values.flatMap(\.values).count { $0.boundary == arn }
    }
}
