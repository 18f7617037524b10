internal import GaaraStore
internal import JSON

/// The plan file that says what an application's live resources are.
///
/// It names no value: each is said to come from an `.env` file, which compares nothing until one is
/// given.
package struct ImportedPlan: Sendable {
    package let text: String
    /// What the account has and a plan file cannot say, or AWS does not tell.
    package let diagnostics: [Diagnostic]
    package let isEmpty: Bool

    /// The plan that finds everything under the names of an application: everything is an orphan
    /// of it.
    package static func bare(_ identity: Identity) -> Plan {
        let place = Place(file: "", line: 1, column: 1)
        return Plan(
            identity: identity,
            keys: Key.Role.allCases.map { role in
                let suffix = role == .data ? "" : "/\(role.rawValue)"
                return Key(
                    role: role, alias: identity.prefix + suffix, description: "",
                    rotationDays: nil, place: place)
            }, secrets: [], access: [], digest: "", file: "")
    }

    /// - Parameter snapshot: of `bare`.
    package init(_ identity: Identity, from snapshot: Snapshot) {
        var secrets: [(name: SecretName, live: Secret.Live)] = []
        var policies: [Policy.Live] = []
        var made: [String: Principal.Live] = [:]
        var notes: [Diagnostic] = []
        for orphan in snapshot.orphans {
            switch orphan {
            case .secret(let name, let live): secrets.append((name, live))
            case .policy(let live): policies.append(live)
            case .role(let name, let live): made[name] = live
            case .key(let arn):
                notes.append(
                    Self.note("spare-key", "\(arn) carries our claim and nothing uses it"))
            }
        }
        secrets.sort { $0.name.text < $1.name.text }
        policies.sort { $0.name < $1.name }
        isEmpty = secrets.isEmpty && policies.isEmpty && snapshot.keys.isEmpty
        let readers = policies.map { ImportedAccess($0, made: made, identity) }
        let reading = snapshot.keys[.data].map {
            KeyPolicyReading(
                data: $0.policy, tokens: snapshot.keys[.valueTokens]?.policy, identity: identity)
        }
        var lines = [
            "# Written by gaara-infra import. AWS does not tell the windows of deletion, where",
            "# values come from, nor how generated ones were made: say it here.",
            "version: 1", "application: \(Self.quoted(identity.application))",
            "environment: \(Self.quoted(identity.environment.name))",
            "account: \(Self.quoted(identity.account))", "region: \(Self.region(identity.region))",
        ]
        let allTags =
            snapshot.keys.values.map(\.tags) + secrets.map(\.live.tags) + policies.map(\.tags)
            + made.values.map(\.tags)
        lines += Self.tags(allTags)
        if let reading { lines += Self.operators(reading.operators) }
        if let key = snapshot.keys[.data] {
            lines += Self.key(key, reading?.administrators ?? [])
            if !key.hasAlias {
                notes.append(
                    Self.note(
                        "key-alias",
                        "the data key \(key.arn) is not under alias/\(identity.prefix)",
                        hint: "write its alias under `key`, or plan to give it this one"))
            }
        } else {
            notes.append(
                Self.note(
                    "key-alias", "there is no key under alias/\(identity.prefix)",
                    hint: "write the alias of the key under `key: existing`, or plan makes one"))
        }
        if snapshot.keys[.valueTokens] == nil { lines.append("value-tokens: false") }
        lines.append(secrets.isEmpty && readers.allSatisfy(\.names.isEmpty) ? "" : "secrets:")
        var roles = (reading?.rotationRoles ?? [])[...]
        for (name, live) in secrets {
            var role: String?
            let isNamed =
                !(reading?.rotatedByUnnamed.contains(identity.secretARNPattern(name)) ?? true)
            if live.rotation?.isEnabled == true, isNamed {
                role = roles.count > 1 ? roles.popFirst() : roles.first
            }
            lines += Self.secret(name, live, rotatedBy: role)
            if live.owningService != nil || live.primaryRegion != nil {
                notes.append(
                    Self.note(
                        "import-foreign", "\(name) belongs to a service or is a copy of another",
                        hint: "take it out of the plan, or read it as `value: external`"))
            }
        }
        if reading?.isAmbiguous == true,
            secrets.contains(where: { $0.live.rotation?.isEnabled == true })
        {
            notes.append(
                Self.note(
                    "import-roles",
                    "without a key of value tokens nothing tells appliers, migrators and the roles"
                        + " of rotation functions apart",
                    hint: "look at `operators` and at each `rotation: role`"))
        }
        let ours = Set(secrets.map(\.name.text))
        for name in Set(readers.flatMap(\.names)).subtracting(ours).sorted() {
            lines += ["  \(Self.quoted(name)):", "    value: external"]
        }
        if readers.contains(where: { !$0.lines.isEmpty }) { lines.append("access:") }
        for reader in readers {
            lines += reader.lines
            notes += reader.notes
        }
        text = lines.filter { !$0.isEmpty }.joined(separator: "\n") + "\n"
        diagnostics = notes
    }

    static func note(_ code: String, _ message: String, hint: String? = nil) -> Diagnostic {
        Diagnostic(.warning, code, message, hint: hint)
    }

    /// A text in quotation marks: JSON's strings are YAML's, and `${` begins a variable of ours.
    ///
    /// What a terminal obeys, or turns the reading direction, is written as an escape: the text is
    /// somebody else's, and the file is read by people.
    static func quoted(_ text: String) -> String {
        var quoted = ""
        for scalar in JSON.string(text.replacing("${", with: "$${")).compact.unicodeScalars {
            guard isInvisible(scalar) else {
                quoted.unicodeScalars.append(scalar)
                continue
            }
            let digits = String(scalar.value, radix: 16)
            quoted += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
        }
        return quoted
    }

    /// DEL, the C1 controls, line ends that only some know, marks of direction, byte order marks
    /// and what is no character (Unicode Standard, chapter 23; UAX 9).
    private static func isInvisible(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x7F...0x9F, 0x061C, 0x200E...0x200F, 0x2028...0x202E, 0x2066...0x2069, 0xFEFF,
            0xFDD0...0xFDEF, 0xFFFE...0xFFFF:
            true
        default: false
        }
    }

    /// A region as the plan writes it, in quotation marks where it is no word.
    private static func region(_ name: String) -> String {
        let isWord = name.allSatisfy {
            ("a"..."z").contains($0) || ("0"..."9").contains($0) || $0 == "-"
        }
        return isWord && !name.isEmpty ? name : quoted(name)
    }

    /// What everything carries beside our marks; a tag of some things only stays as it is.
    private static func tags(_ all: [[String: String]]) -> [String] {
        guard let first = all.first else { return [] }
        let common = first.filter { key, value in
            !key.hasPrefix("gaara:") && !key.hasPrefix("aws:")
                && all.allSatisfy { $0[key] == value }
        }.sorted { $0.key < $1.key }
        guard !common.isEmpty else { return [] }
        return ["tags:"] + common.map { "  \(quoted($0.key)): \(quoted($0.value))" }
    }

    private static func operators(_ operators: Operators) -> [String] {
        let named = [
            ("planner", operators.planner), ("applier", operators.applier),
            ("migrator", operators.migrator), ("break-glass", operators.breakGlass),
        ].filter { !$0.1.isEmpty }
        return named.isEmpty ? [] : ["operators:"] + named.map { "  \($0.0): \(list($0.1))" }
    }

    static func list(_ texts: [String]) -> String {
        "[\(texts.map(quoted).joined(separator: ", "))]"
    }

    private static func key(_ live: Key.Live, _ administrators: [String]) -> [String] {
        var lines = ["key:", "  description: \(quoted(live.description))"]
        lines.append("  rotation: \(live.rotationDays.map { "\($0) days" } ?? "none")")
        if !administrators.isEmpty { lines.append("  administrators: \(list(administrators))") }
        return lines
    }

    private static func replica(_ live: Secret.Replica.Live) -> String {
        let key = live.key.flatMap { key in
            let isNamed = key.hasPrefix("alias/") || key.hasPrefix("arn:")
            return isNamed && key != Secret.Replica.defaultKey ? key : nil
        }
        return "{ region: \(region(live.region))\(key.map { ", key: \(quoted($0))" } ?? "") }"
    }

    private static func secret(
        _ name: SecretName, _ live: Secret.Live, rotatedBy role: String?
    ) -> [String] {
        var lines = ["  \(quoted(name.text)):"]
        if !live.description.isEmpty {
            lines.append("    description: \(quoted(live.description))")
        }
        lines.append("    value: { from: env-file }")
        if live.isProtected { lines.append("    protect: true") }
        if !live.replicas.isEmpty {
            let replicas = live.replicas.map(Self.replica).sorted()
            lines.append("    replicas: [\(replicas.joined(separator: ", "))]")
        }
        guard let rotation = live.rotation, rotation.isEnabled else { return lines }
        lines.append("    rotation:")
        lines.append("      function: \(rotation.function.map(quoted) ?? "managed")")
        if let role { lines.append("      role: \(quoted(role))") }
        if let expression = rotation.expression {
            lines.append("      schedule: \(quoted(expression))")
        } else {
            lines.append("      every: \(rotation.everyDays ?? 30) days")
        }
        if let hours = rotation.duration.flatMap({ Int($0.filter(\.isNumber)) }) {
            lines.append("      window: \(hours) hours")
        }
        return lines
    }
}
