internal import GaaraStore

/// The copy of one secret in another region.
package struct SecretReplica: Resource {
    package let secret: Secret
    package let declared: Secret.Replica

    package var address: Address { .replica(secret.name, region: declared.region) }

    package func findings(from live: Secret.Replica.Live?, in setting: Setting) -> Findings {
        let path = secret.path(in: setting.identity)
        let key = declared.key
        if let key, let refusal = refusal(of: key, in: setting) {
            return Findings(refusal: refusal)
        }
        let add = Call.secret(.replicate(path, region: declared.region, key: key))
        let shown = Change.Shown.text(key ?? Secret.Replica.defaultKey)
        guard let live else {
            return Findings([
                Step(
                    .create, address, [add], changes: [Change("key", .absent, shown)],
                    reason: "it costs as much as a secret; apply waits for it",
                    place: declared.place)
            ])
        }
        if live.status == .failed {
            return Findings([
                Step(
                    .change, address, [add],
                    changes: [Change("status", .text("Failed"), .text("InSync"))],
                    reason:
                        "Secrets Manager could not make it: \(live.message ?? "no reason given")",
                    place: declared.place)
            ])
        }
        guard differs(live, in: setting) else {
            guard live.status == .inProgress else { return Findings() }
            return Findings(
                refusal: Diagnostic(
                    .note, "replica-in-progress", "\(address) is being made", at: declared.place))
        }
        return Findings([
            Step(
                .change, address,
                [.secret(.removeReplica(path, region: declared.region)), add],
                changes: [Change("key", .text(live.key ?? Secret.Replica.defaultKey), shown)],
                reason: "a replica's key cannot be changed: it is removed and made anew",
                consequence: Self.consequence, place: declared.place)
        ])
    }

    /// Removing one is immediate: there is no recovery window (design 5.6).
    static let consequence = "the replica is gone at once, and whoever reads there fails"

    private func refusal(of key: String, in setting: Setting) -> Diagnostic? {
        let name = RegionalKey(region: declared.region, name: key)
        guard let found = setting.regionalKeys[name] else {
            return Diagnostic(
                .error, "replica-key-missing",
                "\(address): \(key) does not exist in \(declared.region)",
                hint: "make it there first; a key belongs to one region", at: declared.place)
        }
        guard !found.isUsable else { return nil }
        return Diagnostic(
            .error, "replica-key-unusable",
            "\(address): \(key) in \(declared.region) is \(found.state)",
            hint: "enable it there, or name another one", at: declared.place)
    }

    /// AWS names the key in any of its forms, so that one that cannot be told from the declared one
    /// counts as the same.
    private func differs(_ live: Secret.Replica.Live, in setting: Setting) -> Bool {
        let found = live.key ?? Secret.Replica.defaultKey
        guard let key = declared.key else {
            return found.hasPrefix("alias/") && found != Secret.Replica.defaultKey
        }
        let name = RegionalKey(region: declared.region, name: key)
        let arn = setting.regionalKeys[name]?.arn ?? key
        let id = arn.split(separator: "/").last.map(String.init) ?? arn
        let names = [key, arn, id, "\(arn.prefix { $0 != "/" }.dropLast("key".count))\(key)"]
        return !names.contains(found)
    }

    /// What becomes of the copies that the plan does not declare: they go where it gives a list, and
    /// are noted where it says nothing.
    static func undeclared(of secret: Secret, live: Secret.Live, in setting: Setting) -> Findings {
        var findings = Findings()
        let declared = secret.replicas?.map(\.region)
        for replica in live.replicas where declared?.contains(replica.region) != true {
            guard declared != nil else {
                findings.diagnostics.append(
                    Diagnostic(
                        .note, "replica-unmanaged",
                        "\(secret.address) has a replica in \(replica.region) and the plan does"
                            + " not say so",
                        hint: "add `replicas:`; `replicas: []` removes them", at: secret.place))
                continue
            }
            findings.steps.append(
                removal(of: replica, secret.name, live.name, at: secret.place))
        }
        return findings
    }

    static func removal(
        of live: Secret.Replica.Live, _ name: SecretName, _ path: String, at place: Place?
    ) -> Step {
        Step(
            .delete, .replica(name, region: live.region),
            [.secret(.removeReplica(path, region: live.region))],
            changes: [
                Change("key", .text(live.key ?? Secret.Replica.defaultKey), .absent)
            ], consequence: consequence, place: place)
    }
}

extension Secret.Replica {
    /// AWS's own key of Secrets Manager.
    package static let defaultKey = "alias/aws/secretsmanager"

    /// What Secrets Manager reports of a replica.
    package struct Live: Hashable, Sendable {
        package enum Status: String, Hashable, Sendable {
            case inSync = "InSync"
            case inProgress = "InProgress"
            case failed = "Failed"
        }

        package var region: String
        /// An ARN, an id or an alias of a key there; `nil` for AWS's own.
        package var key: String?
        package var status: Status
        /// Why it failed, in AWS's words.
        package var message: String?

        package init(
            region: String, key: String? = nil, status: Status = .inSync, message: String? = nil
        ) {
            self.region = region
            self.key = key
            self.status = status
            self.message = message
        }
    }
}

/// A key in another region, as the plan names it: `alias/NAME` or a key ARN.
package struct RegionalKey: Hashable, Sendable, Comparable {
    package let region: String
    package let name: String

    package init(region: String, name: String) {
        self.region = region
        self.name = name
    }

    package static func < (a: RegionalKey, b: RegionalKey) -> Bool {
        (a.region, a.name) < (b.region, b.name)
    }

    /// An ARN as long as the key's own will be, for whoever counts characters before it is known.
    func standIn(for identity: Identity) -> String {
        name.hasPrefix("arn:")
            ? name
            : "arn:\(identity.partition):kms:\(region):\(identity.account):key/"
                + Permission.anyKeyID
    }

    /// What KMS reports of it.
    package struct Live: Hashable, Sendable {
        package let arn: String
        package let isUsable: Bool
        /// As KMS says it, such as `Disabled`.
        package let state: String

        package init(arn: String, isUsable: Bool = true, state: String = "Enabled") {
            self.arn = arn
            self.isUsable = isUsable
            self.state = state
        }
    }
}

extension Plan {
    /// The keys that replicas are encrypted with, each once, in order.
    package var regionalKeys: [RegionalKey] {
        let named = secrets.flatMap { secret in
            (secret.replicas ?? []).compactMap { replica in
                replica.key.map { RegionalKey(region: replica.region, name: $0) }
            }
        }
        return Set(named).sorted()
    }
}
