internal import JSON

/// AssumeRole: a session of a role for a principal whom it trusts.
extension SandboxSTS {
    static func assumeRole(
        _ call: Call, _ form: Form, _ world: inout World
    ) throws(Refused) -> [XML]? {
        let request = try RoleRequest(form)
        guard form["SerialNumber"] == nil, form["TokenCode"] == nil else {
            throw Refused(.noSuchDevice)
        }
        let externalID = try form.text(
            "ExternalId", length: 2...1224, pattern: #"[\w+=,.@:\/-]*"#
        ) { isNameLetter($0) || ":/".unicodeScalars.contains($0) }
        let sourceIdentity = try sourceIdentity(of: form, call)
        let tags = try SessionTags(form, inheriting: call.session)
        guard !call.principal.hasSuffix(":root") else { throw Refused(.rootAssumes) }

        let role = world.role(request.roleARN)
        var asker = TrustPolicy.Asker()
        asker.names["AWS"] = names(of: call, for: role, in: world)
        asker.context = context(of: call, tags)
        asker.context["sts:externalid"] = externalID.map { [$0] }
        asker.context["sts:rolesessionname"] = [request.sessionName]
        asker.context["sts:sourceidentity"] = sourceIdentity.map { [$0] }
        var actions = ["sts:AssumeRole"]
        if !tags.asked.isEmpty { actions.append("sts:TagSession") }
        if sourceIdentity != nil { actions.append("sts:SetSourceIdentity") }
        for action in actions {
            guard let terms = role?.role, TrustPolicy(terms.trust).admits(asker, to: action) else {
                throw Refused(.notTrusted, call.caller, action, request.roleARN)
            }
        }
        guard let role, let terms = role.role else { return nil }
        if let authority = call.authority {
            // Whom the trust names in person needs no policy, in the same account (IAM User Guide,
            // "Cross-account policy evaluation logic").
            let account = [call.account, "arn:aws:iam::\(call.account):root"]
            asker.names["AWS"]?.subtract(account)
            let isOwn = role.arn.split(separator: ":", omittingEmptySubsequences: false)[4]
            for action in actions {
                let isNamed =
                    isOwn == call.account && TrustPolicy(terms.trust).admits(asker, to: action)
                var need = AccessNeed(action, on: role.arn, context: asker.context)
                need.policy = trust(
                    isNamed ? call.principal : "arn:aws:iam::\(call.account):root", action)
                need.isKey = true
                try authority.check(need, isJSON: false)
            }
        }
        // What was got from another role lasts an hour (STS API reference, AssumeRole).
        let isChained = call.session != nil
        guard !isChained || request.duration <= 3600 else { throw Refused(.chainTooLong) }
        guard request.duration <= terms.maximumSession else { throw Refused(.sessionTooLong) }
        try request.checkSize(with: tags.asked)

        let session = Session(
            kind: .role, policy: request.policy, policyARNs: request.policyARNs, tags: tags.all,
            transitive: tags.transitive, sourceIdentity: sourceIdentity)
        let key = world.begin(session, of: role, for: request, at: call.now)
        return answer(key, role, request, tags.asked)
            + (sourceIdentity.map { [XML("SourceIdentity", $0)] } ?? [])
    }

    /// What the role's trust policy comes to for this caller.
    private static func trust(_ principal: String, _ action: String) -> String {
        let statement: JSON = [
            "Effect": "Allow", "Principal": ["AWS": .string(principal)],
            "Action": .string(action), "Resource": "*",
        ]
        return JSON.object(["Statement": statement]).compact
    }

    /// What every answer about a new session of a role holds.
    static func answer(
        _ key: FrontDoor.AccessKey, _ role: IAMEntity, _ request: RoleRequest,
        _ tags: [String: String]
    ) -> [XML] {
        let user = XML(
            "AssumedRoleUser",
            [
                XML("AssumedRoleId", "\(role.id):\(request.sessionName)"),
                XML("Arn", key.caller),
            ])
        let size = request.packedSize(with: tags)
        return [credentials(of: key), user] + (size == 0 ? [] : [XML("PackedPolicySize", size)])
    }

    /// `[\w+=,.@-]`: letters of names of sessions.
    static func isNameLetter(_ scalar: Unicode.Scalar) -> Bool {
        scalar.isASCIIAlphanumeric || "_+=,.@-".unicodeScalars.contains(scalar)
    }

    /// A source identity, once set, stays through a chain (STS API reference, AssumeRole).
    private static func sourceIdentity(
        of form: Form, _ call: Call
    ) throws(Refused) -> String? {
        let asked = try form.text(
            "SourceIdentity", length: 2...64, pattern: #"[\w+=,.@-]*"#, isAllowed: isNameLetter)
        return asked ?? call.session?.sourceIdentity
    }

    /// Everything that a trust policy may call the caller by: its account, itself, its session.
    ///
    /// Its ARN does not count where the policy was written for another principal of that name.
    private static func names(of call: Call, for role: IAMEntity?, in world: World) -> Set<String> {
        let entity = world.accounts[call.account]?.entity(arn: call.principal)
        var names: Set<String> = [
            "*", call.account, "arn:aws:iam::\(call.account):root", call.caller, call.principal,
        ]
        if let id = entity?.id { names.insert(id) }
        if let id = role?.role?.trusted[call.principal], id != entity?.id {
            names.remove(call.principal)
        }
        return names
    }

    private static func context(of call: Call, _ tags: SessionTags) -> [String: [String]] {
        var context: [String: [String]] = [
            "aws:principalarn": [call.principal], "aws:principalaccount": [call.account],
            "aws:principaltype": [call.caller.contains(":assumed-role/") ? "AssumedRole" : "User"],
        ]
        for (key, value) in tags.asked {
            context["aws:requesttag/\(key.lowercased())"] = [value]
        }
        for (key, value) in call.session?.tags ?? [:] {
            context["aws:principaltag/\(key.lowercased())"] = [value]
        }
        if !tags.asked.isEmpty { context["aws:tagkeys"] = tags.asked.keys.sorted() }
        return context
    }
}

extension World {
    /// The role of that ARN, of any account.
    func role(_ arn: String) -> IAMEntity? {
        let parts = arn.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 6 else { return nil }
        let entity = accounts[String(parts[4])]?.entity(arn: arn)
        return entity?.kind == .role ? entity : nil
    }

    mutating func begin(
        _ session: Session, of role: IAMEntity, for request: RoleRequest, at now: Int
    ) -> FrontDoor.AccessKey {
        let parts = role.arn.split(separator: ":", omittingEmptySubsequences: false)
        let owner = parts.count == 6 ? String(parts[4]) : ""
        return withAccount(owner) { account in
            account.beginSession(
                session,
                caller: "arn:aws:sts::\(owner):assumed-role/\(role.name)/\(request.sessionName)",
                principal: role.arn, at: now, until: now + request.duration)
        }
    }
}
