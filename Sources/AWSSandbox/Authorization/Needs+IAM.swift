/// What each call of IAM needs (service authorization reference, "AWS Identity and Access
/// Management").
enum IAMNeeds {
    typealias Row = @Sendable (Call, Form, Account) -> [AccessNeed]

    static let rows: [String: Row] =
        policies.merging(of(.role)) { $1 }.merging(of(.user)) { $1 }.merging(of(.group)) { $1 }

    private static let policies: [String: Row] = [
        "CreatePolicy": createPolicy,
        "GetPolicy": policy, "DeletePolicy": policy, "TagPolicy": policy, "UntagPolicy": policy,
        "ListPolicyTags": policy, "CreatePolicyVersion": policy, "GetPolicyVersion": policy,
        "ListPolicyVersions": policy, "DeletePolicyVersion": policy,
        "SetDefaultPolicyVersion": policy, "ListEntitiesForPolicy": policy,
        "ListPolicies": anywhere, "GetAccountAuthorizationDetails": anywhere,
        "SimulateCustomPolicy": anywhere,
        "SimulatePrincipalPolicy": { call, form, _ in
            [AccessNeed("iam:\(call.operation)", on: form["PolicySourceArn"] ?? "*")]
        },
    ]

    private static func of(_ kind: IAMEntity.Kind) -> [String: Row] {
        let name = kind.rawValue
        let entity = entity(kind)
        var rows: [String: Row] = [
            "Create\(name)": create(kind), "List\(name)s": anywhere,
            "Attach\(name)Policy": entity, "Detach\(name)Policy": entity,
            "ListAttached\(name)Policies": entity, "Put\(name)Policy": entity,
            "Get\(name)Policy": entity, "Delete\(name)Policy": entity,
            "List\(name)Policies": entity, "Get\(name)": entity, "Delete\(name)": entity,
        ]
        if kind != .group {
            for operation in [
                "Put\(name)PermissionsBoundary", "Delete\(name)PermissionsBoundary", "Tag\(name)",
                "Untag\(name)", "List\(name)Tags",
            ] {
                rows[operation] = entity
            }
        }
        let others: [String]
        switch kind {
        case .role:
            others = ["UpdateRole", "UpdateAssumeRolePolicy", "ListInstanceProfilesForRole"]
        case .user:
            others = [
                "ListGroupsForUser", "CreateAccessKey", "ListAccessKeys", "UpdateAccessKey",
                "DeleteAccessKey",
            ]
        case .group: others = ["AddUserToGroup", "RemoveUserFromGroup"]
        }
        for operation in others { rows[operation] = entity }
        return rows
    }

    private static let anywhere: Row = { call, _, _ in [AccessNeed("iam:\(call.operation)")] }

    private static let createPolicy: Row = { call, form, account in
        guard let name = form["PolicyName"] else { return [] }
        let arn = "arn:aws:iam::\(account.id):policy\(form["Path"] ?? "/")\(name)"
        return creating("CreatePolicy", "TagPolicy", arn, form)
    }

    private static let policy: Row = { call, form, account in
        guard let arn = form["PolicyArn"] else { return [] }
        var need = AccessNeed("iam:\(call.operation)", on: arn)
        if let policy = account.policies[arn] {
            need.context = AccessNeed.carried(policy.tags, as: ["aws:ResourceTag"])
        }
        need.context.merge(tags(of: call, form)) { $1 }
        return [need]
    }

    private static func create(_ kind: IAMEntity.Kind) -> Row {
        { call, form, account in
            let name = kind.rawValue
            guard let own = form["\(name)Name"] else { return [] }
            let arn =
                "arn:aws:iam::\(account.id):\(name.memberName)\(form["Path"] ?? "/")\(own)"
            return creating("Create\(name)", "Tag\(name)", arn, form)
        }
    }

    /// Making something with tags is tagging it, too.
    private static func creating(
        _ operation: String, _ tagging: String, _ arn: String, _ form: Form
    ) -> [AccessNeed] {
        var context = AccessNeed.requested(requestTags(form))
        context.add("iam:PermissionsBoundary", form["PermissionsBoundary"])
        let create = AccessNeed("iam:\(operation)", on: arn, context: context)
        guard context["aws:TagKeys"] != nil else { return [create] }
        return [create, AccessNeed("iam:\(tagging)", on: arn, context: context)]
    }

    /// A user who is not named is the caller.
    private static func entity(_ kind: IAMEntity.Kind) -> Row {
        { call, form, account in
            let name = form["\(kind.rawValue)Name"]
            let entity =
                name.flatMap { account.entities[kind]?[$0] }
                ?? (name == nil ? account.entity(arn: call.principal) : nil)
            let arn =
                entity?.arn
                ?? "arn:aws:iam::\(account.id):\(kind.rawValue.memberName)/\(name ?? "")"
            var need = AccessNeed("iam:\(call.operation)", on: arn)
            if let entity {
                need.context = AccessNeed.carried(
                    entity.tags, as: ["aws:ResourceTag", "iam:ResourceTag"])
                // Whoever hands out rights is held by the boundary of the one who gets them.
                need.context.add("iam:PermissionsBoundary", entity.boundary)
            }
            need.context.add("iam:PermissionsBoundary", form["PermissionsBoundary"])
            need.context.add("iam:PolicyARN", form["PolicyArn"])
            need.context.merge(tags(of: call, form)) { $1 }
            return [need]
        }
    }

    private static func tags(of call: Call, _ form: Form) -> [String: [String]] {
        if call.operation.hasPrefix("Tag") { return AccessNeed.requested(requestTags(form)) }
        guard call.operation.hasPrefix("Untag") else { return [:] }
        return ["aws:TagKeys": form.texts("TagKeys")]
    }

    private static func requestTags(_ form: Form) -> [Tags.Tag] {
        var tags: [Tags.Tag] = []
        while let key = form["Tags.member.\(tags.count + 1).Key"] {
            tags.append(
                Tags.Tag(key: key, value: form["Tags.member.\(tags.count + 1).Value"] ?? ""))
        }
        return tags
    }
}
