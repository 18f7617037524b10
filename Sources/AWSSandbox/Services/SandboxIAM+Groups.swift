/// Groups and their members.
extension SandboxIAM {
    static let groupOperations: [String: Operation] = [
        "CreateGroup": createGroup,
        "GetGroup": getGroup,
        "DeleteGroup": deleteGroup,
        "AddUserToGroup": addUserToGroup,
        "RemoveUserFromGroup": removeUserFromGroup,
    ]

    static func createGroup(
        _ call: Call, _ form: Form, _ account: inout Account
    ) throws(Refused) -> [XML]? {
        let name = try newName(.group, of: form)
        let path = try path(of: form)
        try checkIsNew(.group, name, in: account)
        let group = account.add(.group, name, path: path, at: call.now)
        return [XML("Group", basics(of: group))]
    }

    static func getGroup(
        _ call: Call, _ form: Form, _ account: inout Account
    ) throws(Refused) -> [XML]? {
        let group = try entity(.group, of: form, in: account)
        let users = try page(
            of: account.members(of: group), form, called: "Users", by: \.name, basics)
        return [XML("Group", basics(of: group))] + users
    }

    static func deleteGroup(
        _ call: Call, _ form: Form, _ account: inout Account
    ) throws(Refused) -> [XML]? {
        let group = try entity(.group, of: form, in: account)
        guard account.members(of: group).isEmpty else { throw Refused(.groupHasUsers) }
        try checkIsFree(group)
        account.remove(group)
        return nil
    }

    /// A member again is no error.
    static func addUserToGroup(
        _ call: Call, _ form: Form, _ account: inout Account
    ) throws(Refused) -> [XML]? {
        let group = try entity(.group, of: form, in: account)
        let user = try entity(.user, of: form, in: account)
        guard !user.groups.contains(group.name) else { return nil }
        guard user.groups.count < 10 else { throw Refused(.groupQuota) }
        account.entities[.user]?[user.name]?.groups.append(group.name)
        return nil
    }

    static func removeUserFromGroup(
        _ call: Call, _ form: Form, _ account: inout Account
    ) throws(Refused) -> [XML]? {
        let group = try entity(.group, of: form, in: account)
        let user = try entity(.user, of: form, in: account)
        guard user.groups.contains(group.name) else {
            throw Refused(.notAMember, user.name, group.name)
        }
        account.entities[.user]?[user.name]?.groups.removeAll { $0 == group.name }
        return nil
    }
}

extension Account {
    /// The users of a group, by name.
    fileprivate func members(of group: IAMEntity) -> [IAMEntity] {
        entities[.user, default: [:]].values
            .filter { $0.groups.contains(group.name) }.sorted { $0.name < $1.name }
    }
}
