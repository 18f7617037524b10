internal import GaaraStore

extension PlanDecoder {
    /// The data key, then the HMAC key of the value tokens.
    mutating func keys(_ identity: Identity?, _ secrets: [Secret]) -> [Key] {
        guard let identity else { return [] }
        let node = root["key"]
        let place = place(of: "key")
        var keys: [Key] = []
        if let existing = node?["existing"]?.text {
            if existing.hasPrefix("alias/aws/") {
                report(
                    .wrongName, "key.existing \(existing) is AWS's own, whose policy is not ours",
                    hint: "name the alias of a customer managed key",
                    at: node?["existing"]?.place ?? place)
            }
            keys.append(
                Key(
                    role: .data, alias: String(existing.dropFirst("alias/".count)),
                    isExisting: true, description: "", rotationDays: nil, place: place))
        } else {
            keys.append(ownKey(node, identity, place))
        }
        checkDeletionWindow(node, secrets)
        guard root["value-tokens"]?.bool ?? true, let data = keys.first else { return keys }
        let tokens = Key(
            role: .valueTokens, alias: "\(identity.prefix)/value-tokens",
            description: "Value tokens of \(identity.prefix)", rotationDays: nil,
            deletionWindowDays: data.deletionWindowDays, administrators: data.administrators,
            place: root["value-tokens"] == nil ? place : self.place(of: "value-tokens"))
        if tokens.alias == data.alias {
            report(
                .sameAlias, "key.alias \(data.alias) is the alias of the value-token key",
                hint: "take another, or say value-tokens: false",
                at: node?["alias"]?.place ?? place)
        }
        return keys + [tokens]
    }

    private mutating func ownKey(_ node: CheckedNode?, _ identity: Identity, _ place: Place) -> Key
    {
        let alias = node?["alias"]
        if let text = alias?.text, let alias {
            for prefix in ["alias/", "aws/"] where text.hasPrefix(prefix) {
                report(
                    .wrongName, "key.alias \(text) begins with \(prefix)",
                    hint: prefix == "alias/"
                        ? "write \(text.dropFirst(prefix.count))" : "aws/ belongs to AWS",
                    at: alias.place)
            }
        }
        let rotation = node?["rotation"]
        return Key(
            role: .data, alias: alias?.text ?? identity.prefix,
            description: node?["description"]?.text ?? "Secrets of \(identity.prefix)",
            rotationDays: rotation?.isNone == true ? nil : rotation?.days ?? 365,
            deletionWindowDays: node?["deletion-window"]?.days ?? 30,
            administrators: node?["administrators"]?.texts ?? [], place: place)
    }

    /// A secret outlives its key where the key goes first, and is lost with it.
    private mutating func checkDeletionWindow(_ node: CheckedNode?, _ secrets: [Secret]) {
        guard let window = node?["deletion-window"], let days = window.days else { return }
        let ours = secrets.filter { $0.value != .external }
        guard let longest = ours.max(by: { $0.recoveryWindowDays < $1.recoveryWindowDays }),
            longest.recoveryWindowDays > days
        else { return }
        report(
            .shortDeletionWindow,
            "key.deletion-window is \(days) days, and secrets.\(longest.name) can be restored for"
                + " \(longest.recoveryWindowDays)",
            hint: "a secret is lost with its key: at least \(longest.recoveryWindowDays) days",
            at: window.place)
    }
}
