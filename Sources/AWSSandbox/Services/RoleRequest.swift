/// What AssumeRole and AssumeRoleWithWebIdentity ask for alike, within the limits of botocore's
/// model.
struct RoleRequest {
    let roleARN: String
    let sessionName: String
    /// Seconds.
    let duration: Int
    /// The inline session policy.
    let policy: String?
    let policyARNs: [String]

    init(_ form: Form) throws(Refused) {
        roleARN = try form.required("RoleArn")
        _ = try form.text("RoleArn", length: 20...2048)
        sessionName = try form.required("RoleSessionName")
        _ = try form.text(
            "RoleSessionName", length: 2...64, pattern: #"[\w+=,.@-]*"#,
            isAllowed: SandboxSTS.isNameLetter)
        duration = try form.number("DurationSeconds", in: 900...43_200, default: 3600)
        let parts = roleARN.split(separator: ":", maxSplits: 5, omittingEmptySubsequences: false)
        guard parts.count == 6, parts[0] == "arn", !parts[1].isEmpty, !parts[2].isEmpty,
            !parts[5].isEmpty
        else { throw Refused(.stsARN, roleARN) }
        policy = form["Policy"]
        if let policy { try PolicyGrammar.check(policy, isManaged: false) }
        var arns: [String] = []
        while let arn = form["PolicyArns.member.\(arns.count + 1).arn"] { arns.append(arn) }
        guard arns.count <= 10 else {
            throw Refused(
                .constraintQuery, "", "policyArns",
                "Member must have length less than or equal to 10")
        }
        policyARNs = arns
    }

    /// How much of the space for session policies and tags is used, in per cent.
    ///
    /// AWS packs them in a form of its own; here 2,048 characters, the documented limit of the
    /// plain text, are the whole.
    func packedSize(with tags: [String: String]) -> Int {
        let text = tags.reduce(policy?.utf8.count ?? 0) {
            $0 + $1.key.utf8.count + $1.value.utf8.count
        }
        return (text * 100 + 2047) / 2048
    }

    func checkSize(with tags: [String: String]) throws(Refused) {
        let size = packedSize(with: tags)
        guard size <= 100 else { throw Refused(.sessionPolicySize, String(size)) }
    }
}

/// The tags of a session that is about to begin: those that were asked for, and those that come
/// with the session that asks (IAM guide, "Pass session tags in AWS STS").
struct SessionTags {
    let asked: [String: String]
    /// With the inherited ones.
    let all: [String: String]
    /// Keys that go on to the next session, sorted.
    let transitive: [String]

    init(_ form: Form, inheriting session: Session?) throws(Refused) {
        let tags = try form.tags()
        guard tags.count <= 50 else {
            throw Refused(
                .constraintQuery, "", "tags", "Member must have length less than or equal to 50")
        }
        guard Set(tags.map { $0.key.lowercased() }).count == tags.count else {
            throw Refused(.sessionDuplicateTags)
        }
        let keys = form.texts("TransitiveTagKeys")
        let named = Set(tags.map { $0.key.lowercased() })
        guard keys.allSatisfy({ named.contains($0.lowercased()) }) else {
            throw Refused(.transitiveNotATag)
        }
        let inherited = session?.transitive ?? []
        guard !inherited.contains(where: { named.contains($0.lowercased()) }) else {
            throw Refused(.transitiveConflict)
        }
        asked = Tags(tags).dictionary
        all = (session?.tags ?? [:]).filter { inherited.contains($0.key) }
            .merging(asked) { $1 }
        transitive = Set(inherited + keys).sorted()
    }
}
