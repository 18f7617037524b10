internal import GaaraStore

extension PlanDecoder {
    /// In the order of their names.
    ///
    /// A secret with a faulty part is among them.
    mutating func secrets(_ identity: Identity?, _ operators: Operators) -> [Secret] {
        var secrets: [Secret] = []
        for member in root["secrets"]?.members ?? [] {
            guard let name = secretName(member, identity) else { continue }
            secrets.append(secret(name, member, identity))
        }
        secrets.sort { $0.name < $1.name }
        reportFoldedVariables(secrets)
        return secrets
    }

    private mutating func secretName(
        _ member: CheckedNode.Member, _ identity: Identity?
    ) -> SecretName? {
        // Characters and length were the schema's; a second complaint would repeat it.
        guard TextForm.secretName.pattern?.matches(member.key) == true,
            member.key.utf8.count <= TextForm.secretName.length.upperBound
        else { return nil }
        let name: SecretName
        do throws(SecretNameError) {
            name = try SecretName(validating: member.key)
        } catch {
            report(.wrongName, error.reason, at: member.keyPlace)
            return nil
        }
        if let identity {
            let path = name.path(
                application: identity.application, environment: identity.environment)
            // botocore secretsmanager, NameType.
            if path.utf8.count > 512 {
                report(
                    .nameTooLong,
                    "the name \(Visible.quoted(path)) has \(path.utf8.count) characters, more than 512",
                    at: member.keyPlace)
            }
        }
        if name.looksLikePartialARN {
            remark(
                .note, .partialARN, "the name \(name) ends in a hyphen and six characters",
                hint: "Secrets Manager may take a shortened ARN of such a name for another secret;"
                    + " gaara-infra uses whole names and ARNs only", at: member.keyPlace)
        }
        return name
    }

    private mutating func secret(
        _ name: SecretName, _ member: CheckedNode.Member, _ identity: Identity?
    ) -> Secret {
        let node = member.value
        let variable = node["variable"]?.text ?? name.variable
        let source = node["value"].flatMap { value($0, of: name, variable: variable) }
        let rotation = rotation(node["rotation"], of: name, value: source, identity)
        var replicas: [Secret.Replica]?
        if let list = node["replicas"]?.list {
            replicas = self.replicas(list, of: name, identity)
        }
        if source == .external { reportUnmanaged(node, name, rotation) }
        return Secret(
            name: name, description: node["description"]?.text ?? "", variable: variable,
            value: source ?? .external, owner: owner(node, name, source, rotation),
            recoveryWindowDays: node["recovery-window"]?.days ?? 30,
            isProtected: node["protect"]?.bool ?? false, rotation: rotation, replicas: replicas,
            readersOnly: node["readers-only"]?.bool, place: member.keyPlace)
    }

    private mutating func owner(
        _ node: CheckedNode, _ name: SecretName, _ source: ValueSource?, _ rotation: RotationPart
    ) -> Secret.Owner {
        let written = node["value"]?["owner"]?.text.flatMap(Secret.Owner.init)
        if source?.isGenerated == true {
            if written == .plan {
                report(
                    .generatedOwner, "secrets.\(name) is generated once, so owner cannot be plan",
                    hint: "remove owner: plan", at: node["value"]?.place(of: "owner") ?? node.place)
            }
            return .initial
        }
        if let written { return written }
        if case .rotation = rotation { return .initial }
        return .plan
    }

    private mutating func reportUnmanaged(
        _ node: CheckedNode, _ name: SecretName, _ rotation: RotationPart
    ) {
        for member in node.members where !["value", "variable"].contains(member.key) {
            if case .rotation(let rotation) = rotation, rotation.function == .managed,
                member.key == "rotation"
            {
                continue
            }
            report(
                .externalSecret, "secrets.\(name) is external, so \(member.key) has no effect",
                hint: "remove \(member.key), or give the secret a value", at: member.keyPlace)
        }
    }

    private mutating func replicas(
        _ list: [CheckedNode], of name: SecretName, _ identity: Identity?
    ) -> [Secret.Replica] {
        var replicas: [Secret.Replica] = []
        for node in list {
            guard let region = node["region"]?.text else { continue }
            let place = node["region"]?.place ?? node.place
            if region == identity?.region {
                report(
                    .ownRegion, "secrets.\(name) is in \(region) already",
                    hint: "a replica is in another region", at: place)
            }
            if replicas.contains(where: { $0.region == region }) {
                report(.repeatedItem, "secrets.\(name) has two replicas in \(region)", at: place)
            }
            replicas.append(
                Secret.Replica(region: region, key: node["key"]?.text, place: node.place))
        }
        return replicas
    }

    /// Two secrets of one variable would be read from one line of an `.env` file.
    private mutating func reportFoldedVariables(_ secrets: [Secret]) {
        var owners: [String: String] = [:]
        for secret in secrets {
            let path = "secrets.\(secret.name)"
            var uses = [(secret.variable, path, places["\(path).variable"] ?? secret.place)]
            if case .fields(let fields) = secret.value {
                uses += fields.filter(\.readsVariable).map {
                    ($0.variable, "\(path).value.fields.\($0.name)", $0.place)
                }
            }
            for (variable, path, place) in uses {
                guard let other = owners.updateValue(path, forKey: variable) else { continue }
                report(
                    .foldedVariables, "\(path) and \(other) share the variable \(variable)",
                    hint: "give one of them another with variable:", at: place)
            }
        }
    }
}

extension ValueSource {
    /// Whether any part of it is drawn at random.
    var isGenerated: Bool {
        switch self {
        case .generate: true
        case .fields(let fields):
            fields.contains { field in
                guard case .value(.generate) = field.source else { return false }
                return true
            }
        case .envFile, .environment, .file, .command, .external: false
        }
    }
}

extension ValueSource.Field {
    /// Whether its value comes from a variable.
    var readsVariable: Bool {
        switch source {
        case .value(.envFile), .value(.environment): true
        case .value, .literal: false
        }
    }
}
