internal import GaaraStore
internal import JSON

/// What a new policy lets people do more and less than the present one, in words: what a reviewer
/// reads before the documents.
package struct PolicyDifference: Hashable, Sendable {
    /// Told only where it is proved; a policy that both gives and takes is none of the first three
    /// (reference: IAM User Guide, "Policy evaluation logic").
    package enum Verdict: String, Hashable, Sendable {
        case same = "same meaning"
        case widened
        case narrowed
        case unproved = "cannot prove"
    }

    package let verdict: Verdict
    /// Such as `role/app can also read redis-url`, sorted.
    package let gains: [String]
    /// Such as `role/app can no longer read redis-url`, sorted.
    package let losses: [String]

    /// - Parameters:
    ///   - old: the text in force, percent-decoded.
    ///   - bearers: who has the policy, where it is one of an identity; none otherwise.
    package init(from old: String, to new: PolicyDocument, bearers: [Principal], in plan: Plan) {
        guard let json = try? JSON(parsing: old), let before = PolicyMeaning(json),
            let after = PolicyMeaning(new.json)
        else {
            verdict = .unproved
            gains = []
            losses = []
            return
        }
        let words = PermissionWords(bearers: bearers, identity: plan.identity)
        gains = words.told(after.permissions(notIn: before), "can also")
        losses = words.told(before.permissions(notIn: after), "can no longer")
        switch (after.keeps(before), before.keeps(after)) {
        case (true, true): verdict = .same
        case (true, false): verdict = .widened
        case (false, true): verdict = .narrowed
        case (false, false): verdict = .unproved
        }
    }

    /// One row for the verdict, and one for each permission.
    package var changes: [Change] {
        let verdict =
            self.verdict == .unproved
            ? "cannot prove that it is only wider or only narrower" : self.verdict.rawValue
        return [Change("meaning", .absent, .text(verdict))]
            + gains.map { Change("gains", .absent, .text($0)) }
            + losses.map { Change("loses", .absent, .text($0)) }
    }
}

/// Puts single permissions into words.
private struct PermissionWords {
    let bearers: [Principal]
    let identity: Identity

    /// Each once, sorted; what reading a value takes beside is not told beside the reading.
    func told(_ permissions: [PolicyMeaning.Permission], _ modal: String) -> [String] {
        let told = permissions.map { permission in
            (
                who: who(permission), verb: verb(permission.action),
                what: object(permission)
            )
        }
        let read = Set(told.filter { $0.verb == "read" }.map { [$0.who, $0.what] })
        let kept = told.filter { one in
            !["describe", "decrypt"].contains(one.verb) || !read.contains([one.who, one.what])
        }
        return Set(kept.map { "\($0.who) \(modal) \($0.verb) \($0.what)" }).sorted()
    }

    private func who(_ permission: PolicyMeaning.Permission) -> String {
        if let who = permission.who { return Self.named(who) }
        let names = bearers.prefix(3).map(\.description).joined(separator: ", ")
        guard !names.isEmpty else { return "whoever has it" }
        return bearers.count > 3 ? "\(names) and \(bearers.count - 3) more" : names
    }

    /// A principal that was deleted stands in a policy as its id, and matches nobody who is made
    /// under its name again (IAM User Guide, "IAM identifiers").
    static func named(_ who: String) -> String {
        for (prefix, kind) in [("AROA", "role"), ("AIDA", "user")] where who.hasPrefix(prefix) {
            return "a deleted \(kind) (\(who))"
        }
        return who
    }

    private func verb(_ action: String) -> String {
        switch action {
        case "secretsmanager:getsecretvalue": "read"
        case "secretsmanager:describesecret": "describe"
        case "secretsmanager:batchgetsecretvalue": "read in batches, of"
        case "kms:decrypt": "decrypt"
        default: "\(action) on"
        }
    }

    private func object(_ permission: PolicyMeaning.Permission) -> String {
        let resource = permission.secret ?? permission.resource
        let parts = resource.split(separator: ":", maxSplits: 6, omittingEmptySubsequences: false)
        guard parts.count == 7, parts[2] == "secretsmanager", parts[4] == identity.account,
            parts[6].hasPrefix(identity.prefix + "/")
        else { return resource == "*" ? "everything" : resource }
        var name = parts[6].dropFirst(identity.prefix.count + 1)
        if name.hasSuffix("-??????") { name = name.dropLast("-??????".count) }
        return parts[3] == identity.region ? String(name) : "\(name) in \(parts[3])"
    }
}
