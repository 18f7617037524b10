/// Users.
extension SandboxIAM {
    static let userOperations: [String: Operation] = [
        "CreateUser": createUser,
        "GetUser": getUser,
        "DeleteUser": deleteUser,
        "ListGroupsForUser": listGroupsForUser,
        "PutUserPermissionsBoundary": { _, form, account throws(Refused) in
            try putBoundary(.user, form, &account)
        },
        "DeleteUserPermissionsBoundary": { _, form, account throws(Refused) in
            try deleteBoundary(.user, form, &account)
        },
        "TagUser": { _, form, account throws(Refused) in try tag(.user, form, &account) },
        "UntagUser": { _, form, account throws(Refused) in try untag(.user, form, &account) },
        "ListUserTags": { _, form, account throws(Refused) in
            try listTags(try entity(.user, of: form, in: account).tags, form)
        },
    ]

    static func createUser(
        _ call: Call, _ form: Form, _ account: inout Account
    ) throws(Refused) -> [XML]? {
        let name = try newName(.user, of: form)
        let path = try path(of: form)
        let tags = Tags(try tags(of: form))
        try checkIsNew(.user, name, in: account)
        let hasBoundary = form["PermissionsBoundary"] != nil
        let boundary = hasBoundary ? try boundary(of: form, in: account) : nil
        let user = account.add(
            .user, name, path: path, at: call.now, boundary: boundary, tags: tags)
        return [XML("User", basics(of: user) + marks(of: user))]
    }

    static func getUser(
        _ call: Call, _ form: Form, _ account: inout Account
    ) throws(Refused) -> [XML]? {
        let user = try user(of: form, or: call, in: account)
        return [XML("User", basics(of: user) + marks(of: user))]
    }

    static func deleteUser(
        _ call: Call, _ form: Form, _ account: inout Account
    ) throws(Refused) -> [XML]? {
        let user = try entity(.user, of: form, in: account)
        guard !account.accessKeys.values.contains(where: { $0.user == user.name }) else {
            throw Refused(.userHasKeys)
        }
        guard user.groups.isEmpty else { throw Refused(.groupHasUsers) }
        try checkIsFree(user)
        account.remove(user)
        return nil
    }

    static func listGroupsForUser(
        _ call: Call, _ form: Form, _ account: inout Account
    ) throws(Refused) -> [XML]? {
        let user = try entity(.user, of: form, in: account)
        let groups = user.groups.sorted().compactMap { account.entities[.group]?[$0] }
        return try page(of: groups, form, called: "Groups", by: \.name, basics)
    }

    /// The user that the form names; without a name, the caller.
    static func user(
        of form: Form, or call: Call, in account: Account
    ) throws(Refused) -> IAMEntity {
        guard form["UserName"] == nil else { return try entity(.user, of: form, in: account) }
        guard let caller = account.entity(arn: call.principal), caller.kind == .user else {
            throw Refused(.userNameNeeded)
        }
        return caller
    }
}
