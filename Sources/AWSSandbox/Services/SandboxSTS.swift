/// STS: who the caller is, and temporary keys.
enum SandboxSTS {
    /// It sees all accounts: a role may be assumed from another one.
    typealias Operation = @Sendable (Call, Form, inout World) throws(Refused) -> [XML]?

    /// Every operation that the sandbox knows.
    static let operations: [String: Operation] = [
        "GetCallerIdentity": getCallerIdentity,
        "AssumeRole": assumeRole,
        "AssumeRoleWithWebIdentity": assumeRoleWithWebIdentity,
        "GetSessionToken": getSessionToken,
        "GetAccessKeyInfo": getAccessKeyInfo,
        "DecodeAuthorizationMessage": decodeAuthorizationMessage,
    ]

    /// Needs no permission, and no policy can take it away (STS API reference).
    static func getCallerIdentity(
        _ call: Call, _ form: Form, _ world: inout World
    ) throws(Refused) -> [XML]? {
        [
            XML("Arn", call.caller),
            XML("UserId", world.accounts[call.account]?.userID(of: call) ?? call.account),
            XML("Account", call.account),
        ]
    }

    /// The user again, for a time; of root, for an hour at most (botocore GetSessionToken).
    static func getSessionToken(
        _ call: Call, _ form: Form, _ world: inout World
    ) throws(Refused) -> [XML]? {
        guard call.session == nil else { throw Refused(.sessionInSession, call.operation) }
        guard form["SerialNumber"] == nil, form["TokenCode"] == nil else {
            throw Refused(.noSuchDevice)
        }
        let asked = try form.number("DurationSeconds", in: 900...129_600, default: 43_200)
        let duration = call.principal.hasSuffix(":root") ? min(asked, 3600) : asked
        let key = world.withAccount(call.account) { account in
            account.beginSession(
                Session(kind: .token), caller: call.caller, principal: call.principal,
                at: call.now, until: call.now + duration)
        }
        return [credentials(of: key)]
    }

    static func getAccessKeyInfo(
        _ call: Call, _ form: Form, _ world: inout World
    ) throws(Refused) -> [XML]? {
        let id = try form.required("AccessKeyId")
        _ = try form.text("AccessKeyId", length: 16...128, pattern: #"[\w]*"#) {
            $0.isASCIIAlphanumeric || $0 == "_"
        }
        let owner = world.accounts.values.first { $0.accessKeys[id] != nil }
        guard let owner else { throw Refused(.noSuchKeyID, id) }
        return [XML("Account", owner.id)]
    }

    /// The sandbox encodes no messages, so there are none to decode.
    static func decodeAuthorizationMessage(
        _ call: Call, _ form: Form, _ world: inout World
    ) throws(Refused) -> [XML]? {
        _ = try form.required("EncodedMessage")
        _ = try form.text("EncodedMessage", length: 1...10_240)
        throw Refused(.undecodable)
    }

    /// The `Credentials` of an answer.
    static func credentials(of key: FrontDoor.AccessKey) -> XML {
        XML(
            "Credentials",
            [
                XML("AccessKeyId", key.id), XML("SecretAccessKey", key.secret),
                XML("SessionToken", key.token ?? ""),
                XML("Expiration", ISO8601.text(secondsSince1970: key.expires ?? 0)),
            ])
    }
}

extension Account {
    /// The unique id that STS says: the account's for root, with the session's name for a role.
    fileprivate func userID(of call: Call) -> String {
        guard let entity = entity(arn: call.principal) else { return id }
        guard call.caller.contains(":assumed-role/"),
            let session = call.caller.split(separator: "/").last
        else { return entity.id }
        return "\(entity.id):\(session)"
    }
}
