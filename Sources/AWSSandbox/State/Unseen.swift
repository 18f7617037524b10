/// Changes that readers do not see yet, oldest first, each with the state before it.
///
/// Readers see states in the order of the changes: none is seen before the ones that came earlier.
struct Unseen<State: Sendable>: Sendable {
    fileprivate struct Change: Sendable {
        let before: State
        /// Seconds since 1970; from then on the change is seen.
        let until: Int
    }

    fileprivate var changes: [Change] = []

    init() {}

    /// A change that turned `before` into what is there now is seen from `until` on.
    mutating func add(before: State, until: Int, now: Int) {
        changes.removeAll { $0.until <= now }
        if until > now { changes.append(Change(before: before, until: until)) }
    }

    /// What readers see; `nil` when it is what is there.
    func seen(now: Int) -> State? { changes.first { $0.until > now }?.before }
}

extension Unseen: Codable where State: Codable {}
extension Unseen.Change: Codable where State: Codable {}

/// What of an account's IAM is seen late: policies with their versions, and who has them.
struct IAMState: Sendable, Codable {
    var policies: [String: ManagedPolicy]
    var entities: [IAMEntity.Kind: [String: IAMEntity]]
}

extension Account {
    /// The account with its IAM as authorization sees it at `now`.
    func seen(now: Int) -> Account {
        guard let state = unseenIAM.seen(now: now) else { return self }
        var account = self
        (account.policies, account.entities) = (state.policies, state.entities)
        return account
    }

    /// Runs an operation of IAM: a read on what is seen by now, a write on what is there, seen late
    /// as the call's delays have it.
    mutating func with<R>(
        iamFor call: Call, _ body: (inout Account) throws(Refused) -> R
    ) throws(Refused) -> R {
        guard call.isWrite else {
            var account = seen(now: call.now)
            return try body(&account)
        }
        let before = IAMState(policies: policies, entities: entities)
        let result = try body(&self)
        guard call.delays.iam.upperBound > 0 else { return result }
        let until = call.now + random.draw(call.delays.iam)
        unseenIAM.add(before: before, until: until, now: call.now)
        return result
    }

    /// Runs an operation on a region in place, which sees aliases late, and whose changes of
    /// aliases and tags are seen late, as the call's delays have it.
    mutating func with<R>(
        region name: String, for call: Call, _ body: (inout Region) throws(Refused) -> R
    ) throws(Refused) -> R {
        try with(region: name) { region throws(Refused) in try region.run(call, body) }
    }
}

extension Region {
    fileprivate mutating func run<R>(
        _ call: Call, _ body: (inout Region) throws(Refused) -> R
    ) throws(Refused) -> R {
        guard call.delays.alias.upperBound > 0 || call.delays.tags.upperBound > 0 else {
            return try body(&self)
        }
        let tags = tagsByARN
        let result = try runSeeingAliases(call, body)
        guard call.isWrite, call.delays.tags.upperBound > 0 else { return result }
        for (arn, now) in tagsByARN.sorted(by: { $0.key < $1.key }) where tags[arn] != now {
            unseenTags[arn, default: Unseen()].add(
                before: tags[arn] ?? Tags(), until: call.now + random.draw(call.delays.tags),
                now: call.now)
        }
        return result
    }

    private mutating func runSeeingAliases<R>(
        _ call: Call, _ body: (inout Region) throws(Refused) -> R
    ) throws(Refused) -> R {
        let actual = aliases
        guard !["CreateAlias", "UpdateAlias", "DeleteAlias"].contains(call.operation) else {
            let result = try body(&self)
            let until = call.now + random.draw(call.delays.alias)
            unseenAliases.add(before: actual, until: until, now: call.now)
            return result
        }
        guard let seen = unseenAliases.seen(now: call.now) else { return try body(&self) }
        aliases = seen
        defer { aliases = actual }
        return try body(&self)
    }

    /// The tags of all that can have some, by ARN.
    var tagsByARN: [String: Tags] {
        var tags: [String: Tags] = [:]
        for key in keys.values { tags[key.arn] = key.tags }
        for secret in secrets.values { tags[secret.arn] = secret.tags ?? Tags() }
        for alarm in alarms.values { tags[alarm.arn] = alarm.tags }
        return tags
    }

    /// The tags of `arn` as the tagging API and conditions on tags still see them; `nil` when they
    /// are what is there.
    func tagsBefore(of arn: String, now: Int) -> Tags? { unseenTags[arn]?.seen(now: now) }
}

extension World {
    /// ARNs of the roles and users that key policies can name by now.
    var principalsSeen: Set<String> {
        let unseen = accounts.values.compactMap { account in
            account.unseenIAM.seen(now: now).map { (account, $0) }
        }
        var principals = principals
        for (account, state) in unseen {
            for (kind, entities) in account.entities {
                for (name, entity) in entities where state.entities[kind]?[name] == nil {
                    principals.remove(entity.arn)
                }
            }
        }
        return principals
    }
}
