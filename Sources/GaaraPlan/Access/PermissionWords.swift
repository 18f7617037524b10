/// How permissions that are gained or lost are told: by who, then what, then of which secrets.
struct PermissionWords {
    struct Atom {
        let who: String
        let grant: PolicyGrant
    }

    /// Who has a policy of an identity; none is told as whoever has it.
    let bearers: [String]
    /// The actions as they are written, by their lower case.
    let spellings: [String: String]
    /// The plan's own; `nil` where it does not count.
    let region: String?

    /// One permission without its conditions.
    private struct Permission: Hashable {
        let who: String
        let verb: String
        let object: String?
        let isDenial: Bool
    }

    /// - Returns: the lines, and whether all of them are of plain permissions: none denied, none
    ///   with a wildcard, none whose conditions alone changed.
    func lines(lost: [Atom], gained: [Atom]) -> (lines: [String], isPlain: Bool) {
        let (old, new) = (Set(lost.map(permission)), Set(gained.map(permission)))
        let changed = old.intersection(new)
        let lines =
            told(
                old.subtracting(changed), allowed: "can no longer", denied: "is no longer denied to"
            )
            + told(new.subtracting(changed), allowed: "can also", denied: "is now denied to")
            + told(
                changed, allowed: "can, under other conditions,",
                denied: "is denied, under other conditions, to")
        let isPlain =
            changed.isEmpty && !lost.isEmpty && !gained.isEmpty
            && (lost + gained).allSatisfy { $0.grant.effect == "Allow" && self.isPlain($0.grant) }
        return (lines, isPlain)
    }

    private func told(_ permissions: Set<Permission>, allowed: String, denied: String) -> [String] {
        struct Subject: Hashable {
            let who: String
            let verb: String
            let isDenial: Bool
        }
        let groups = Dictionary(grouping: permissions) {
            Subject(who: $0.who, verb: $0.verb, isDenial: $0.isDenial)
        }
        return groups.map { subject, members in
            let objects = members.compactMap(\.object).sorted()
            let words = [subject.isDenial ? denied : allowed, subject.verb]
            let end = objects.isEmpty ? [] : [objects.joined(separator: ", ")]
            return ([subject.who] + words + end).joined(separator: " ")
        }.sorted()
    }

    private func permission(_ atom: Atom) -> Permission {
        let grant = atom.grant
        let action = spelled(grant.action)
        let context = grant.conditions.first { $0.key == "kms:encryptioncontext:secretarn" }
        let names = context?.values.sorted().map(secret)
        var verb = action
        var object = names?.joined(separator: ", ") ?? object(grant.resource)
        switch action.asciiLowercased {
        case "secretsmanager:getsecretvalue": verb = "read"
        case "secretsmanager:describesecret": verb = "look at"
        case "secretsmanager:batchgetsecretvalue": (verb, object) = ("read in batches", nil)
        case "kms:decrypt" where names != nil: verb = "decrypt"
        case "kms:encrypt" where names != nil: verb = "encrypt"
        default: verb = object == nil ? "call \(action)" : "call \(action) on"
        }
        return Permission(
            who: who(atom), verb: verb, object: object, isDenial: grant.effect == "Deny")
    }

    private func who(_ atom: Atom) -> String {
        guard atom.grant.principal != nil || atom.who != "everyone" else {
            return bearers.isEmpty ? "whoever has it" : bearers.sorted().joined(separator: ", ")
        }
        for kind in ["role", "user"] where atom.who.hasPrefix(kind + "/") {
            return "\(kind) \(atom.who.dropFirst(kind.count + 1))"
        }
        return atom.who
    }

    private func spelled(_ action: PolicySelection.Choice) -> String {
        guard case .one(let name) = action else { return action.words }
        return spellings[name] ?? name
    }

    /// `nil` for everything, and for a trust policy, which is about its role.
    private func object(_ resource: PolicySelection.Choice?) -> String? {
        switch resource {
        case nil, .one("*")?: nil
        case .one(let arn)?: secret(arn)
        case .allBut?: resource?.words
        }
    }

    /// `redis-url` of the ARN pattern of gaara-store/production/redis-url, with its region where that
    /// is another; any other ARN as it is.
    private func secret(_ arn: String) -> String {
        guard let start = arn.ranges(of: ":secret:").first?.upperBound else { return arn }
        let path = arn[start...]
        let name = path.hasSuffix("-??????") ? path.dropLast(7) : path
        let parts = name.split(separator: "/")
        let told = parts.count == 3 ? String(parts[2]) : String(name)
        let home = arn.split(separator: ":", omittingEmptySubsequences: false).dropFirst(3).first
        guard let region, let home, home != region else { return told }
        return "\(told) in \(home)"
    }

    private func isPlain(_ grant: PolicyGrant) -> Bool {
        let objects = [grant.action.words, object(grant.resource) ?? ""]
        let values = grant.conditions.filter { $0.key == "kms:encryptioncontext:secretarn" }
            .flatMap(\.values).map(secret)
        return (objects + values).allSatisfy { !$0.contains("*") && !$0.contains("?") }
            && !grant.action.words.hasPrefix("all but")
    }
}
