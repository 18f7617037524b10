internal import JSON

extension PolicyDocument {
    /// The ids that stand in the policy `text` in the place of deleted principals, in order.
    ///
    /// When a role or user is deleted, IAM shows its unique id where a policy named its ARN, and a
    /// new one of the same name is not meant (IAM User Guide, "AWS JSON policy elements:
    /// Principal").
    package static func deletedPrincipals(in text: String) -> [String] {
        principals(in: text).filter(isDeletedPrincipal)
    }

    /// The roles, users and accounts that the policy `text` names, in order; none where it cannot
    /// be read.
    package static func principals(in text: String) -> [String] {
        guard let statements = (try? JSON(parsing: text))?.object?["Statement"] else { return [] }
        var found: Set<String> = []
        for statement in statements.array ?? [statements] {
            for element in ["Principal", "NotPrincipal"] {
                let names = statement.object?[element]?.object?["AWS"]?.policyStrings ?? []
                found.formUnion(names)
            }
        }
        return found.sorted()
    }

    /// Why a policy with such ids differs from every other: `nil` where it has none.
    package static func deletion(in text: String) -> String? {
        let ids = deletedPrincipals(in: text)
        guard !ids.isEmpty else { return nil }
        let who = ids.map { id in "\(id.hasPrefix("AROA") ? "role" : "user") \(id)" }
        let isOne = ids.count == 1
        return "\(who.joined(separator: ", ")) \(isOne ? "was" : "were") deleted: the policy keeps"
            + " only the \(isOne ? "id" : "ids")"
    }

    /// Unique ids of roles begin with AROA, of users with AIDA, and go on in capital letters and
    /// digits (IAM User Guide, "IAM identifiers").
    static func isDeletedPrincipal(_ name: String) -> Bool {
        (name.hasPrefix("AROA") || name.hasPrefix("AIDA")) && name.utf8.count >= 16
            && name.utf8.allSatisfy { (0x30...0x39).contains($0) || (0x41...0x5a).contains($0) }
    }
}
