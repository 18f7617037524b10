/// Roles, users and groups, and what is attached to them.
extension SandboxIAM {
    /// Attaching what is attached already is no error (reference/aws-semantics.md section 5 row 14).
    static func attach(
        _ kind: IAMEntity.Kind, _ form: Form, _ account: inout Account
    ) throws(Refused) -> [XML]? {
        let entity = try changeable(kind, of: form, in: account)
        let arn = try policyARN("PolicyArn", of: form)
        guard exists(arn, in: account) else { throw Refused(.policyNotAttachable, arn) }
        guard !entity.attached.contains(arn) else { return nil }
        guard entity.attached.count < 10 else { throw Refused(.attachmentQuota, kind.rawValue) }
        account.entities[kind]?[entity.name]?.attached.append(arn)
        return nil
    }

    static func detach(
        _ kind: IAMEntity.Kind, _ form: Form, _ account: inout Account
    ) throws(Refused) -> [XML]? {
        let entity = try changeable(kind, of: form, in: account)
        let arn = try policyARN("PolicyArn", of: form)
        guard entity.attached.contains(arn) else { throw Refused(.noSuchPolicy, arn) }
        account.entities[kind]?[entity.name]?.attached.removeAll { $0 == arn }
        return nil
    }

    static func listAttached(
        _ kind: IAMEntity.Kind, _ form: Form, _ account: Account
    ) throws(Refused) -> [XML]? {
        let entity = try entity(kind, of: form, in: account)
        return try page(of: entity.attached.sorted(), form, called: "AttachedPolicies", by: \.self)
        { arn in attachment(arn) }
    }

    static func attachment(_ arn: String) -> [XML] {
        let name = arn.split(separator: "/").last.map(String.init) ?? arn
        return [XML("PolicyName", name), XML("PolicyArn", arn)]
    }

    static func listEntitiesForPolicy(
        _ call: Call, _ form: Form, _ account: inout Account
    ) throws(Refused) -> [XML]? {
        let arn = try form.required("PolicyArn")
        guard exists(arn, in: account) else { throw Refused(.noSuchPolicy, arn) }
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

    /// The ARN of a policy in that field; whether it is there is another question.
    static func policyARN(_ field: String, of form: Form) throws(Refused) -> String {
        let arn = try form.required(field)
        _ = try form.text(field, length: 20...2048)
        let parts = arn.split(separator: ":", maxSplits: 5, omittingEmptySubsequences: false)
        guard parts.count == 6, parts[0] == "arn", parts[2] == "iam" else {
            throw Refused(.policyARN)
        }
        return arn
    }

    static func exists(_ arn: String, in account: Account) -> Bool {
        account.policies[arn] != nil || isAWSManaged(arn)
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
