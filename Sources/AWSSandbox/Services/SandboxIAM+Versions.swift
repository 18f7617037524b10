/// Versions of managed policies: five at most, one of them the default.
extension SandboxIAM {
    static func createPolicyVersion(
        _ call: Call, _ form: Form, _ account: inout Account
    ) throws(Refused) -> [XML]? {
        let policy = try policy(of: form, in: account)
        let document = try form.required("PolicyDocument")
        let isDefault = try form.flag("SetAsDefault")
        try PolicyGrammar.check(document)
        guard policy.versions.count < 5 else { throw Refused(.policyVersions) }

        let number = policy.highestVersion + 1
        let version = ManagedPolicy.Version(
            number: number, document: document, created: call.now)
        account.policies[policy.arn]?.versions.append(version)
        account.policies[policy.arn]?.highestVersion = number
        account.policies[policy.arn]?.updated = call.now
        if isDefault { account.policies[policy.arn]?.defaultVersion = number }
        return [XML("PolicyVersion", summary(of: version, isDefault: isDefault))]
    }

    /// The document comes percent-encoded (botocore GetPolicyVersion).
    static func getPolicyVersion(
        _ call: Call, _ form: Form, _ account: inout Account
    ) throws(Refused) -> [XML]? {
        let (policy, version) = try version(of: form, in: account)
        let isDefault = version.number == policy.defaultVersion
        return [
            XML(
                "PolicyVersion",
                [XML("Document", version.document.percentEncoded)]
                    + summary(of: version, isDefault: isDefault))
        ]
    }

    /// Newest first, without documents.
    static func listPolicyVersions(
        _ call: Call, _ form: Form, _ account: inout Account
    ) throws(Refused) -> [XML]? {
        let policy = try policy(of: form, in: account)
        let versions = policy.versions.reversed().map {
            summary(of: $0, isDefault: $0.number == policy.defaultVersion)
        }
        // There are five at most, so they are never split.
        return [XML(list: "Versions", of: versions), XML("IsTruncated", false)]
    }

    static func deletePolicyVersion(
        _ call: Call, _ form: Form, _ account: inout Account
    ) throws(Refused) -> [XML]? {
        let (policy, version) = try version(of: form, in: account)
        guard version.number != policy.defaultVersion else { throw Refused(.defaultVersion) }
        account.policies[policy.arn]?.versions.removeAll { $0.number == version.number }
        return nil
    }

    static func setDefaultPolicyVersion(
        _ call: Call, _ form: Form, _ account: inout Account
    ) throws(Refused) -> [XML]? {
        let (policy, version) = try version(of: form, in: account)
        account.policies[policy.arn]?.defaultVersion = version.number
        account.policies[policy.arn]?.updated = call.now
        return nil
    }

    private static func version(
        of form: Form, in account: Account
    ) throws(Refused) -> (ManagedPolicy, ManagedPolicy.Version) {
        let policy = try policy(of: form, in: account)
        let id = try form.required("VersionId")
        guard let version = policy.version(id) else {
            throw Refused(.noSuchPolicyVersion, policy.arn, id)
        }
        return (policy, version)
    }

    static func summary(of version: ManagedPolicy.Version, isDefault: Bool) -> [XML] {
        [
            XML("VersionId", version.id), XML("IsDefaultVersion", isDefault),
            time("CreateDate", version.created),
        ]
    }
}
