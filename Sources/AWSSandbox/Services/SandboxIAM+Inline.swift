/// Policies that stand in a role, user or group itself.
extension SandboxIAM {
    /// A policy of that name is replaced.
    static func putInline(
        _ kind: IAMEntity.Kind, _ form: Form, _ account: inout Account
    ) throws(Refused) -> [XML]? {
        let entity = try changeable(kind, of: form, in: account)
        let name = try name("PolicyName", of: form, atMost: 128)
        let document = try form.required("PolicyDocument")
        try PolicyGrammar.check(document, isManaged: false)
        var inline = entity.inline
        inline[name] = document
        let size = inline.values.reduce(0) { $0 + PolicyGrammar.size(of: $1) }
        guard size <= kind.inlineQuota else {
            throw Refused(
                .inlineQuota, String(kind.inlineQuota), kind.rawValue.memberName, entity.name)
        }
        account.entities[kind]?[entity.name]?.inline = inline
        return nil
    }

    static func getInline(
        _ kind: IAMEntity.Kind, _ form: Form, _ account: Account
    ) throws(Refused) -> [XML]? {
        let entity = try entity(kind, of: form, in: account)
        let (name, document) = try inline(of: form, in: entity)
        return [XML("\(kind.rawValue)Name", entity.name)] + elements(name, document)
    }

    static func deleteInline(
        _ kind: IAMEntity.Kind, _ form: Form, _ account: inout Account
    ) throws(Refused) -> [XML]? {
        let entity = try changeable(kind, of: form, in: account)
        let (name, _) = try inline(of: form, in: entity)
        account.entities[kind]?[entity.name]?.inline[name] = nil
        return nil
    }

    static func listInline(
        _ kind: IAMEntity.Kind, _ form: Form, _ account: Account
    ) throws(Refused) -> [XML]? {
        let entity = try entity(kind, of: form, in: account)
        return try page(ofNames: entity.inline.keys.sorted(), form, called: "PolicyNames")
    }

    /// All of them with their documents, as GetAccountAuthorizationDetails has them.
    static func inlineList(of entity: IAMEntity) -> XML {
        XML(
            list: "\(entity.kind.rawValue)PolicyList",
            of: entity.inline.sorted { $0.key < $1.key }.map { elements($0.key, $0.value) })
    }

    private static func elements(_ name: String, _ document: String) -> [XML] {
        [XML("PolicyName", name), XML("PolicyDocument", document.percentEncoded)]
    }

    private static func inline(
        of form: Form, in entity: IAMEntity
    ) throws(Refused) -> (name: String, document: String) {
        let name = try name("PolicyName", of: form, atMost: 128)
        guard let document = entity.inline[name] else {
            throw Refused(.noSuchInlinePolicy, entity.kind.rawValue.memberName, name)
        }
        return (name, document)
    }
}
