/// Roles, users and groups, and what is attached to them.
extension SandboxIAM {
    /// Attaching what is attached already is no error (reference/aws-semantics.md section 5 row 14).
    static func attach(
        _ kind: IAMEntity.Kind, _ form: Form, _ account: inout Account
    ) throws(Refused) -> [XML]? {
        let entity = try entity(kind, of: form, in: account)
        let arn = try form.required("PolicyArn")
        guard account.policies[arn] != nil || isAWSManaged(arn) else {
            throw Refused(.policyNotAttachable, arn)
        }
        guard !entity.attached.contains(arn) else { return nil }
        guard entity.attached.count < 10 else { throw Refused(.attachmentQuota, kind.rawValue) }
        account.entities[kind]?[entity.name]?.attached.append(arn)
        return nil
    }

    static func detach(
        _ kind: IAMEntity.Kind, _ form: Form, _ account: inout Account
    ) throws(Refused) -> [XML]? {
        let entity = try entity(kind, of: form, in: account)
        let arn = try form.required("PolicyArn")
        guard entity.attached.contains(arn) else { throw Refused(.noSuchPolicy, arn) }
        account.entities[kind]?[entity.name]?.attached.removeAll { $0 == arn }
        return nil
    }

    static func listAttached(
        _ kind: IAMEntity.Kind, _ form: Form, _ account: Account
    ) throws(Refused) -> [XML]? {
        let entity = try entity(kind, of: form, in: account)
        return try page(of: entity.attached.sorted(), form, called: "AttachedPolicies", by: \.self)
        { arn in
            let name = arn.split(separator: "/").last.map(String.init) ?? arn
            return [XML("PolicyName", name), XML("PolicyArn", arn)]
        }
    }

    static func listEntitiesForPolicy(
        _ call: Call, _ form: Form, _ account: inout Account
    ) throws(Refused) -> [XML]? {
        let arn = try form.required("PolicyArn")
        guard account.policies[arn] != nil || isAWSManaged(arn) else {
            throw Refused(.noSuchPolicy, arn)
        }
        let usage = form["PolicyUsageFilter"]
        let filter = form["EntityFilter"]
        let entities = IAMEntity.Kind.allCases
            .filter { filter == nil || filter == $0.rawValue }
            .flatMap { account.entities[$0, default: [:]].values.sorted { $0.name < $1.name } }
            .filter { entity in
                usage != "PermissionsBoundary" && entity.attached.contains(arn)
                    || usage != "PermissionsPolicy" && entity.boundary == arn
            }
        let limit = try form.number("MaxItems", in: 1...1000, default: 100)
        let first = form["Marker"].flatMap(Int.init) ?? 0
        let page = entities.dropFirst(first).prefix(limit)
        let isTruncated = first + page.count < entities.count
        let lists = IAMEntity.Kind.allCases.map { kind in
            XML(
                list: "Policy\(kind.rawValue)s",
                of: page.filter { $0.kind == kind }.map {
                    [XML("\(kind.rawValue)Name", $0.name), XML("\(kind.rawValue)Id", $0.id)]
                })
        }
        return lists + [XML("IsTruncated", isTruncated)]
            + (isTruncated ? [XML("Marker", first + page.count)] : [])
    }

    static func get(
        _ kind: IAMEntity.Kind, _ form: Form, _ account: Account
    ) throws(Refused) -> [XML]? {
        let entity = try entity(kind, of: form, in: account)
        var elements = [
            XML("Path", entity.path), XML("\(kind.rawValue)Name", entity.name),
            XML("\(kind.rawValue)Id", entity.id), XML("Arn", entity.arn),
            time("CreateDate", entity.created),
        ]
        if kind == .role {
            elements += [
                XML("AssumeRolePolicyDocument", trust.percentEncoded),
                XML("MaxSessionDuration", 3600),
            ]
        }
        if let boundary = entity.boundary {
            elements.append(
                XML(
                    "PermissionsBoundary",
                    [
                        XML("PermissionsBoundaryType", "Policy"),
                        XML("PermissionsBoundaryArn", boundary),
                    ]))
        }
        let result = [XML(kind.rawValue, elements)]
        guard kind == .group else { return result }
        return result + [XML(list: "Users", of: []), XML("IsTruncated", false)]
    }

    private static let trust =
        #"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","#
        + #""Principal":{"Service":"ecs-tasks.amazonaws.com"},"Action":"sts:AssumeRole"}]}"#

    private static func entity(
        _ kind: IAMEntity.Kind, of form: Form, in account: Account
    ) throws(Refused) -> IAMEntity {
        let limit = kind == .group ? 128 : 64
        let name = try name("\(kind.rawValue)Name", of: form, atMost: limit)
        guard let entity = account.entities[kind]?[name] else {
            throw Refused(.noSuchEntity, kind.rawValue.memberName, name)
        }
        return entity
    }

    /// The policies of AWS that the sandbox has heard of; there are some 1,400.
    private static func isAWSManaged(_ arn: String) -> Bool {
        [
            "AdministratorAccess", "PowerUserAccess", "ReadOnlyAccess", "SecurityAudit",
            "SecretsManagerReadWrite", "service-role/AWSLambdaBasicExecutionRole",
            "service-role/AmazonECSTaskExecutionRolePolicy",
        ].contains { arn == "arn:aws:iam::aws:policy/\($0)" }
    }
}
