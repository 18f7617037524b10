internal import GaaraStore

/// Makes the plan of a checked tree: fills in what is absent and reports what the schema cannot
/// see, such as a secret that is read and not declared.
struct PlanDecoder {
    let root: CheckedNode
    let places: [String: Place]
    let start: Place
    var diagnostics: [Diagnostic] = []

    init(_ root: CheckedNode, places: [String: Place], start: Place) {
        self.root = root
        self.places = places
        self.start = start
    }

    /// The plan; `nil` where it has no identity.
    ///
    /// Where errors were reported it is incomplete and not to be used.
    mutating func plan(file: String, digest: String) -> Plan? {
        let identity = self.identity()
        let tags = self.tags()
        let operators = self.operators()
        let secrets = self.secrets(identity, operators)
        let keys = self.keys(identity, secrets)
        let access = self.access(identity, secrets)
        var alarms: Alarms?
        if let node = root["alarms"] { alarms = self.alarms(node, identity) }
        lockouts(secrets, access, operators)
        guard let identity else { return nil }
        return Plan(
            identity: identity, tags: tags, operators: operators, keys: keys, secrets: secrets,
            access: access, alarms: alarms, digest: digest, file: file, places: places)
    }

    mutating func report(
        _ code: FaultCode, _ message: String, hint: String? = nil, at place: Place,
        concealsSource: Bool = false
    ) {
        diagnostics.append(
            .error(code, message, hint: hint, at: place, concealsSource: concealsSource))
    }

    mutating func remark(
        _ severity: Diagnostic.Severity, _ code: FaultCode, _ message: String, hint: String,
        at place: Place
    ) {
        diagnostics.append(Diagnostic(severity, code.rawValue, message, hint: hint, at: place))
    }

    private mutating func identity() -> Identity? {
        let environment = root["environment"]?.text.flatMap { DeploymentEnvironment($0) }
        if environment == .development {
            report(
                .development, "environment development has no plan: it reads .env",
                hint: "name staging, production, or another", at: place(of: "environment"))
        }
        guard let environment, let application = root["application"]?.text,
            let account = root["account"]?.text, let region = root["region"]?.text
        else { return nil }
        return Identity(
            application: application, environment: environment, account: account, region: region)
    }

    private mutating func tags() -> [String: String] {
        var tags: [String: String] = [:]
        var seen: [String: String] = [:]
        let members = root["tags"]?.members ?? []
        // 50 tags a thing, in KMS, Secrets Manager and IAM; five of them may be ours.
        if members.count > 45 {
            report(
                .wrongCount, "tags has \(members.count) tags, more than 45",
                hint: "AWS takes 50, and up to five mark ownership", at: place(of: "tags"))
        }
        for member in members {
            let folded = member.key.lowercased()
            if folded.hasPrefix("aws:") || folded.hasPrefix("gaara:") {
                report(
                    .reservedTag, "the tag \(member.key) begins with a reserved word",
                    hint: "aws: belongs to AWS, gaara: marks what this tool owns",
                    at: member.keyPlace)
            }
            if let other = seen.updateValue(member.key, forKey: folded) {
                report(
                    .foldedTags, "the tags \(other) and \(member.key) are one to IAM",
                    hint: "IAM does not tell upper from lower case in tag keys: remove one",
                    at: member.keyPlace)
            }
            tags[member.key] = member.value.text
        }
        return tags
    }

    private func operators() -> Operators {
        guard let node = root["operators"] else { return Operators() }
        let github = node["github"].flatMap { github -> Operators.GitHub? in
            guard let repository = github["repository"]?.text else { return nil }
            return Operators.GitHub(
                repository: repository, plan: github["plan"]?.texts ?? [],
                apply: github["apply"]?.texts ?? [])
        }
        return Operators(
            planner: node["planner"]?.texts ?? [], applier: node["applier"]?.texts ?? [],
            migrator: node["migrator"]?.texts ?? [], breakGlass: node["break-glass"]?.texts ?? [],
            github: github)
    }

    /// Where a key stands, by its dotted path; the top of the file where it is absent.
    func place(of path: String) -> Place { places[path] ?? start }

    /// Refuses an ARN of another partition, region or, unless `anyAccount`, account.
    mutating func checkHome(
        _ arn: CheckedNode?, _ identity: Identity?, _ title: String, anyAccount: Bool = false
    ) {
        guard let arn, let text = arn.text, let identity else { return }
        let parts = text.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
        guard parts.count > 5, parts[0] == "arn" else { return }
        let facts = [
            ("partition", parts[1], identity.partition), ("region", parts[3], identity.region),
            ("account", parts[4], anyAccount ? parts[4] : identity.account),
        ]
        guard let wrong = facts.first(where: { $0.1 != $0.2 }) else { return }
        report(
            .foreignARN, "\(title) is in \(wrong.0) \(wrong.1), and the plan in \(wrong.2)",
            at: arn.place)
    }
}

extension CheckedNode {
    /// Whole days of a duration.
    var days: Int? { minutes.map { $0 / 1440 } }
}
