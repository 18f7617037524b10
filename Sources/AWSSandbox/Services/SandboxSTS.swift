/// STS: who the caller is.
enum SandboxSTS {
    typealias Operation = @Sendable (Call, Form, inout Account) throws(Refused) -> [XML]?

    /// Every operation that the sandbox knows.
    static let operations: [String: Operation] = ["GetCallerIdentity": getCallerIdentity]

    /// Needs no permission, and no policy can take it away (STS API reference).
    static func getCallerIdentity(
        _ call: Call, _ form: Form, _ account: inout Account
    ) throws(Refused) -> [XML]? {
        [
            XML("Arn", call.caller), XML("UserId", account.userID(of: call)),
            XML("Account", account.id),
        ]
    }
}

extension Account {
    /// The unique id that STS says: the account's for root, with the session's name for a role.
    fileprivate func userID(of call: Call) -> String {
        let entity = entities.values.flatMap(\.values).first { $0.arn == call.principal }
        guard let entity else { return id }
        guard call.caller.contains(":assumed-role/"),
            let session = call.caller.split(separator: "/").last
        else { return entity.id }
        return "\(entity.id):\(session)"
    }
}
