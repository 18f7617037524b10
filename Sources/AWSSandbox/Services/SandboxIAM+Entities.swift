/// What roles, users and groups have alike: names, lists, how they are written, boundaries.
extension SandboxIAM {
    /// The role, user or group that the form names.
    static func entity(
        _ kind: IAMEntity.Kind, of form: Form, in account: Account
    ) throws(Refused) -> IAMEntity {
        let limit = kind == .role ? 64 : 128
        let name = try name("\(kind.rawValue)Name", of: form, atMost: limit)
        guard let entity = account.entities[kind]?[name] else {
            throw Refused(.noSuchEntity, kind.rawValue.memberName, name)
        }
        return entity
    }

    /// The same, unless only AWS may change it.
    static func changeable(
        _ kind: IAMEntity.Kind, of form: Form, in account: Account
    ) throws(Refused) -> IAMEntity {
        let entity = try entity(kind, of: form, in: account)
        guard entity.role?.isProtected != true else {
            throw Refused(.protectedRole, entity.name)
        }
        return entity
    }

    /// The name of something that is about to be made.
    ///
    /// Names differ in more than case, whatever their path (botocore CreateRole.RoleName).
    static func newName(
        _ kind: IAMEntity.Kind, of form: Form
    ) throws(Refused) -> String {
        try name("\(kind.rawValue)Name", of: form, atMost: kind.nameLimit)
    }

    static func checkIsNew(
        _ kind: IAMEntity.Kind, _ name: String, in account: Account
    ) throws(Refused) {
        let known = account.entities[kind, default: [:]]
        guard known[name] == nil,
            !known.keys.contains(where: { $0.lowercased() == name.lowercased() })
        else { throw Refused(.entityExists, kind.rawValue, name) }
    }

    /// What keeps a role, user or group from being deleted, of what all can have.
    static func checkIsFree(_ entity: IAMEntity) throws(Refused) {
        guard entity.attached.isEmpty else { throw Refused(.entityHasPolicies) }
        guard entity.inline.isEmpty else { throw Refused(.entityHasInlinePolicies) }
    }

    static func list(
        _ kind: IAMEntity.Kind, _ form: Form, _ account: Account
    ) throws(Refused) -> [XML]? {
        let prefix = form["PathPrefix"] ?? "/"
        let entities = account.entities[kind, default: [:]].values
            .filter { $0.path.hasPrefix(prefix) }.sorted { $0.name < $1.name }
        return try page(of: entities, form, called: "\(kind.rawValue)s", by: \.name) { entity in
            // Neither tags nor boundaries are listed (LS test_list_roles_with_permission_boundary).
            basics(of: entity) + (kind == .role ? terms(of: entity, in: account) : [])
        }
    }

    /// The members that every answer about it begins with.
    static func basics(of entity: IAMEntity) -> [XML] {
        let kind = entity.kind.rawValue
        return [
            XML("Path", entity.path), XML("\(kind)Name", entity.name),
            XML("\(kind)Id", entity.id), XML("Arn", entity.arn),
            time("CreateDate", entity.created),
        ]
    }

    /// Boundary and tags.
    static func marks(of entity: IAMEntity) -> [XML] {
        let boundary = entity.boundary.map { arn in
            XML(
                "PermissionsBoundary",
                [
                    XML("PermissionsBoundaryType", "Policy"), XML("PermissionsBoundaryArn", arn),
                ])
        }
        return [boundary].compactMap { $0 } + elements(of: entity.tags)
    }

    static func putBoundary(
        _ kind: IAMEntity.Kind, _ form: Form, _ account: inout Account
    ) throws(Refused) -> [XML]? {
        let entity = try changeable(kind, of: form, in: account)
        let boundary = try boundary(of: form, in: account)
        account.entities[kind]?[entity.name]?.boundary = boundary
        return nil
    }

    static func deleteBoundary(
        _ kind: IAMEntity.Kind, _ form: Form, _ account: inout Account
    ) throws(Refused) -> [XML]? {
        let entity = try changeable(kind, of: form, in: account)
        account.entities[kind]?[entity.name]?.boundary = nil
        return nil
    }

    static func boundary(of form: Form, in account: Account) throws(Refused) -> String {
        let arn = try policyARN("PermissionsBoundary", of: form)
        guard exists(arn, in: account) else { throw Refused(.noSuchBoundary, arn) }
        return arn
    }

    static func tag(
        _ kind: IAMEntity.Kind, _ form: Form, _ account: inout Account
    ) throws(Refused) -> [XML]? {
        let entity = try entity(kind, of: form, in: account)
        account.entities[kind]?[entity.name]?.tags = try merged(tags(of: form), into: entity.tags)
        return nil
    }

    static func untag(
        _ kind: IAMEntity.Kind, _ form: Form, _ account: inout Account
    ) throws(Refused) -> [XML]? {
        let entity = try entity(kind, of: form, in: account)
        account.entities[kind]?[entity.name]?.tags.remove(keys: form.texts("TagKeys"))
        return nil
    }
}
