/// A generated plan: its parts, its text, and what might be changed in it next.
struct PlanShape {
    struct Secret {
        var name: String
        var description = 1
        /// Counts the values of one that comes from the environment; `nil` for one that is drawn.
        var version: Int? = 1
        var isProtected = false
        /// Days; `nil` for none.
        var rotation: Int?
        /// `nil` says nothing of replicas.
        var replicas: [String]?
        var readersOnly: Bool?
    }

    struct Entry {
        var name: String
        var reads: [String]
        /// Roles that others made.
        var roles: [String]
        /// The services that trust a role that the plan makes; `nil` where it makes none.
        var trusts: [String]?
        var boundary: String?
        var isExclusive = true
    }

    var description = 1
    var keyDays: Int? = 365
    var team = "platform"
    var secrets: [Secret] = []
    var entries: [Entry] = []
    /// Counts the names that were used.
    private var names = 0

    static let function = "arn:aws:lambda:us-east-1:123456789012:function:Rotate"

    init(_ dice: inout Dice) {
        for _ in 0...dice.below(3) { addSecret(&dice) }
        for _ in 0..<dice.below(3) { addEntry(&dice) }
        if dice.one(in: 4) { keyDays = nil }
    }

    mutating func addSecret(_ dice: inout Dice) {
        names += 1
        var secret = Secret(name: "s\(names)")
        if dice.one(in: 3) {
            secret.version = nil
            if dice.one(in: 2) { secret.rotation = 30 }
        }
        secret.isProtected = dice.one(in: 8)
        if dice.one(in: 4) { secret.replicas = ["eu-west-1"] }
        if dice.one(in: 4), secret.rotation == nil { secret.readersOnly = true }
        secrets.append(secret)
    }

    private mutating func addEntry(_ dice: inout Dice) {
        names += 1
        var entry = Entry(
            name: "e\(names)", reads: dice.some(of: secrets.map(\.name)),
            roles: dice.some(of: ["app", "worker"]))
        if entry.reads.isEmpty { entry.reads = [secrets[0].name] }
        if dice.one(in: 2) {
            entry.trusts = ["ecs-tasks"]
            entry.roles = []
            if dice.one(in: 2) { entry.boundary = "policy/limits" }
        }
        entries.append(entry)
    }

    /// Another version of the plan, a few steps away.
    func changed(_ dice: inout Dice) -> PlanShape {
        var other = self
        for _ in 0...dice.below(9) { other.change(&dice) }
        return other
    }

    private mutating func change(_ dice: inout Dice) {
        switch dice.below(12) {
        case 0: description += 1
        case 1: keyDays = keyDays == nil ? 180 : dice.one(in: 2) ? nil : 200
        case 2: team += "x"
        case 3: addSecret(&dice)
        case 4:
            // One that is protected cannot go with the same apply (design 5.1).
            guard secrets.count > 1, let gone = dice.pick(secrets.filter { !$0.isProtected })
            else { return }
            remove(gone.name)
        case 5: addEntry(&dice)
        case 6: if !entries.isEmpty { entries.remove(at: dice.below(entries.count)) }
        case 7:
            guard !entries.isEmpty else { return }
            let index = dice.below(entries.count)
            entries[index].reads = dice.some(of: secrets.map(\.name))
            if entries[index].reads.isEmpty { entries[index].reads = [secrets[0].name] }
            if entries[index].trusts != nil {
                entries[index].trusts = dice.one(in: 2) ? ["lambda"] : ["ec2", "ecs-tasks"]
            } else {
                entries[index].roles = dice.some(of: ["app", "worker"])
            }
        case 8:
            guard !entries.isEmpty else { return }
            let index = dice.below(entries.count)
            guard entries[index].trusts != nil else { return }
            entries[index].boundary = dice.one(in: 2) ? "policy/narrow" : "policy/limits"
        default:
            let index = dice.below(secrets.count)
            changeSecret(at: index, &dice)
        }
    }

    private mutating func changeSecret(at index: Int, _ dice: inout Dice) {
        switch dice.below(6) {
        case 0: secrets[index].description += 1
        case 1: secrets[index].isProtected.toggle()
        case 2:
            guard secrets[index].version == nil else { return }
            secrets[index].rotation = secrets[index].rotation == nil ? 20 : nil
        case 3: secrets[index].replicas = dice.one(in: 2) ? [] : ["eu-west-1", "us-west-2"]
        case 4:
            guard secrets[index].rotation == nil else { return }
            secrets[index].readersOnly = secrets[index].readersOnly != true
        default: if let version = secrets[index].version { secrets[index].version = version + 1 }
        }
    }

    mutating func remove(_ name: String) {
        secrets.removeAll { $0.name == name }
        for index in entries.indices {
            entries[index].reads.removeAll { $0 == name }
            if entries[index].reads.isEmpty { entries[index].reads = [secrets[0].name] }
        }
    }

    /// An entry whose role the plan makes.
    mutating func addMaker() {
        names += 1
        entries.append(
            Entry(
                name: "e\(names)", reads: [secrets[0].name], roles: [], trusts: ["ecs-tasks"],
                boundary: "policy/limits"))
    }

    mutating func require(role: Bool, _ dice: inout Dice) {
        if role, !entries.contains(where: { $0.trusts != nil }) { addMaker() }
        if entries.isEmpty { addEntry(&dice) }
    }

    /// The first secret is drawn, and rotates after so many days or not at all.
    mutating func rotates(_ days: Int?) {
        secrets[0].version = nil
        secrets[0].readersOnly = nil
        secrets[0].rotation = days
    }

    /// The first secret does not rotate, and is guarded, is not, or says nothing of it.
    mutating func guards(_ isGuarded: Bool?) {
        secrets[0].rotation = nil
        secrets[0].readersOnly = isGuarded
    }

    /// Drops the guard of those that rotate: its role would have to be named.
    private func guards(_ secret: Secret) -> Bool? {
        secret.rotation == nil ? secret.readersOnly : nil
    }

    /// The value of a secret in the environment, made up and known to the hunter.
    static func value(_ name: String, _ version: Int) -> String { "canary-\(name)-v\(version)" }

    var environment: [String: String] {
        var values: [String: String] = [:]
        for secret in secrets {
            guard let version = secret.version else { continue }
            values[secret.name.uppercased()] = Self.value(secret.name, version)
        }
        return values
    }

    var text: String {
        var lines = [
            "version: 1", "application: gaara-store", "environment: staging",
            "account: \"123456789012\"", "region: us-east-1", "tags: { team: \(team) }",
            "operators: { applier: [role/applier], break-glass: [role/ops] }", "key:",
            "  description: Number \(description)",
            "  rotation: \(keyDays.map { "\($0) days" } ?? "none")", "secrets:",
        ]
        for secret in secrets {
            lines += ["  \(secret.name):", "    description: Number \(secret.description)"]
            lines.append(
                secret.version == nil
                    ? "    value: { fields: { user: { literal: app }, password: { generate: { length: 20 } } } }"
                    : "    value: { from: environment }")
            if secret.isProtected { lines.append("    protect: true") }
            if let replicas = secret.replicas {
                let entries = replicas.map { "{ region: \($0) }" }.joined(separator: ", ")
                lines.append("    replicas: [\(entries)]")
            }
            if let guarded = guards(secret) { lines.append("    readers-only: \(guarded)") }
            if secret.version == nil {
                lines.append(
                    secret.rotation.map {
                        "    rotation: { function: \"\(Self.function)\", every: \($0) days }"
                    } ?? "    rotation: none")
            }
        }
        if !entries.isEmpty { lines.append("access:") }
        for entry in entries { lines += Self.lines(of: entry) }
        return lines.joined(separator: "\n") + "\n"
    }

    private static func lines(of entry: Entry) -> [String] {
        var roles = entry.roles
        if let trusts = entry.trusts {
            let list = trusts.joined(separator: ", ")
            roles.append("{ name: made-\(entry.name), create: true, trusts: [\(list)] }")
        }
        var lines = [
            "  \(entry.name):", "    read: [\(entry.reads.joined(separator: ", "))]",
            "    attach: { roles: [\(roles.joined(separator: ", "))] }",
        ]
        if let boundary = entry.boundary { lines.append("    boundary: \(boundary)") }
        return lines
    }
}
