/// Access keys of users: two at most, active or not.
extension SandboxIAM {
    static let keyOperations: [String: Operation] = [
        "CreateAccessKey": createAccessKey,
        "ListAccessKeys": listAccessKeys,
        "UpdateAccessKey": updateAccessKey,
        "DeleteAccessKey": deleteAccessKey,
    ]

    /// The only answer that holds the secret.
    static func createAccessKey(
        _ call: Call, _ form: Form, _ account: inout Account
    ) throws(Refused) -> [XML]? {
        let user = try user(of: form, or: call, in: account)
        guard account.keys(of: user).count < 2 else { throw Refused(.keyQuota) }
        let key = FrontDoor.AccessKey(
            id: "AKIA" + account.random.text(16, of: .base32),
            secret: account.random.text(40, of: .alphanumeric), token: nil, account: account.id,
            caller: user.arn, principal: user.arn, created: call.now, user: user.name)
        account.accessKeys[key.id] = key
        return [XML("AccessKey", summary(of: key) + [XML("SecretAccessKey", key.secret)])]
    }

    static func listAccessKeys(
        _ call: Call, _ form: Form, _ account: inout Account
    ) throws(Refused) -> [XML]? {
        let user = try user(of: form, or: call, in: account)
        return try page(
            of: account.keys(of: user), form, called: "AccessKeyMetadata", by: \.id, summary)
    }

    static func updateAccessKey(
        _ call: Call, _ form: Form, _ account: inout Account
    ) throws(Refused) -> [XML]? {
        let key = try key(of: form, call, in: account)
        let status = try form.required("Status")
        guard ["Active", "Inactive"].contains(status) else {
            // LS test_invalid_update_parameters: the value is left out.
            throw Refused(.constraintQuery, "", "status", "Member must satisfy enum value set")
        }
        account.accessKeys[key.id]?.isActive = status == "Active"
        return nil
    }

    static func deleteAccessKey(
        _ call: Call, _ form: Form, _ account: inout Account
    ) throws(Refused) -> [XML]? {
        account.accessKeys[try key(of: form, call, in: account).id] = nil
        return nil
    }

    private static func key(
        of form: Form, _ call: Call, in account: Account
    ) throws(Refused) -> FrontDoor.AccessKey {
        let user = try user(of: form, or: call, in: account)
        let id = try form.required("AccessKeyId")
        _ = try form.text("AccessKeyId", length: 16...128, pattern: #"[\w]+"#) {
            $0.isASCIIAlphanumeric || $0 == "_"
        }
        guard let key = account.accessKeys[id], key.user == user.name else {
            throw Refused(.noSuchAccessKey, id)
        }
        return key
    }

    private static func summary(of key: FrontDoor.AccessKey) -> [XML] {
        [
            XML("UserName", key.user ?? ""), XML("AccessKeyId", key.id),
            XML("Status", key.isActive ? "Active" : "Inactive"),
            time("CreateDate", key.created),
        ]
    }
}

extension Account {
    /// The keys that a user was given, by id.
    fileprivate func keys(of user: IAMEntity) -> [FrontDoor.AccessKey] {
        accessKeys.values.filter { $0.user == user.name }.sorted { $0.id < $1.id }
    }
}
