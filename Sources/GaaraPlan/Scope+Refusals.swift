internal import GaaraStore

extension Scope {
    /// The words of `--only`, `--except` and `--overwrite` that reach nothing.
    ///
    /// A misspelt word would else be passed over in silence, and with `--except` the step that was
    /// to be left out would run. A glob with `*` or `?` may stand for what is not there today.
    package func refusals(in plan: Plan, beside snapshot: Snapshot) -> [Diagnostic] {
        let known = Self.addresses(of: plan, beside: snapshot)
        let words = only.map { ("--only", $0) } + except.map { ("--except", $0) }
        let unmatched = words.filter { _, word in
            !word.contains { "*?".contains($0) } && !known.contains(word)
        }
        return unmatched.map { Self.unknown($0, $1, among: known) }
            + overwrite.sorted().compactMap { Self.refusal(ofOverwriting: $0, in: plan) }
    }

    /// Every address that a step can have: of what is declared, and of what is ours beside it.
    private static func addresses(of plan: Plan, beside snapshot: Snapshot) -> [String] {
        var addresses = Key.Role.allCases.map(Address.key)
        for secret in plan.secrets {
            addresses += [.secret(secret.name), .rotation(secret.name)]
            let regions =
                (secret.replicas ?? []).map(\.region)
                + (snapshot.secrets[secret.name]?.replicas ?? []).map(\.region)
            addresses += Set(regions).map { .replica(secret.name, region: $0) }
        }
        addresses += plan.roles.map(\.address)
        for policy in plan.policies {
            let attached = snapshot.policies[policy.name]?.attachments ?? []
            addresses.append(.policy(policy.name))
            addresses += attached.union(policy.access.principals).map {
                .attachment(policy: policy.name, $0)
            }
        }
        return (addresses.map(\.description) + snapshot.orphans.map(\.name)).sorted()
    }

    private static func unknown(
        _ option: String, _ word: String, among known: [String]
    ) -> Diagnostic {
        let near =
            known.first { $0 == "secret/\(word)" } ?? Suggestion.nearest(to: word, among: known)
        return Diagnostic(
            .error, "unknown-address",
            "\(option) \(Visible.text(word)) is no address of the plan, nor of what is ours beside it",
            hint: near.map { "did you mean \($0)?" } ?? "`plan` shows the addresses")
    }

    private static func refusal(ofOverwriting name: String, in plan: Plan) -> Diagnostic? {
        guard let secret = plan.secrets.first(where: { $0.name.text == name }) else {
            let names = plan.secrets.map(\.name.text)
            let near =
                names.first { name == "secret/\($0)" } ?? Suggestion.nearest(to: name, among: names)
            return Diagnostic(
                .error, "unknown-secret",
                "--overwrite \(Visible.text(name)) names no secret of the plan",
                hint: near.map { "did you mean \($0)?" } ?? "it takes a name such as database-url")
        }
        guard secret.value == .external || secret.owner == .initial else { return nil }
        return Diagnostic(
            .error, "nothing-to-overwrite",
            secret.value == .external
                ? "--overwrite \(name): the secret is external, and only read"
                : "--overwrite \(name): the plan sets this value once and does not correct it",
            hint: "write it with aws secretsmanager put-secret-value; the plan leaves that alone",
            at: secret.place)
    }
}
