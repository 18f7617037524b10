import JSON

/// What boto3 finds in an account: the judge of every test here.
struct Judge: Sendable {
    let moto: Moto

    private func ask(_ arguments: [String]) async throws -> JSON {
        try JSON(
            parsing: try await Program.python(
                [Repository.judge + "judge.py", moto.endpoint] + arguments))
    }

    /// Everything but values: looking changes nothing.
    func state() async throws -> Account { Account(json: try await ask(["state"])) }

    /// As `state`, with the values, which counts as reading them.
    func stateWithValues() async throws -> Account {
        Account(json: try await ask(["state", "--values"]))
    }

    /// The keys of a user who may do everything but these actions.
    func user(denied actions: [String] = []) async throws -> (id: String, secret: String) {
        let keys = try await ask(["deny"] + actions)
        guard let id = keys["id"]?.string, let secret = keys["secret"]?.string else {
            throw Unprepared("the judge made no keys")
        }
        return (id, secret)
    }

    func put(_ name: String, _ value: String) async throws {
        _ = try await ask(["put", name, value])
    }

    func attach(_ role: String, _ policyARN: String) async throws {
        _ = try await ask(["attach", role, policyARN])
    }

    /// Ends a rotation as AWS does: nothing is pending any more.
    func endRotation(_ name: String) async throws { _ = try await ask(["end-rotation", name]) }

    /// A secret that carries nobody's tags.
    func makeForeign(_ name: String) async throws { _ = try await ask(["foreign", name]) }
}

/// An account as the judge tells it.
struct Account: Equatable, Sendable {
    let json: JSON

    subscript(kind: String, name: String) -> JSON? { json[kind]?[name] }

    func key(_ alias: String) -> JSON? { self["keys", "alias/" + alias] }
    func secret(_ name: String) -> JSON? { self["secrets", name] }
    func policy(_ name: String) -> JSON? { self["policies", name] }

    func names(_ kind: String) -> [String] {
        (json[kind]?.object?.members ?? []).map(\.key).sorted()
    }

    var isEmpty: Bool { ["keys", "secrets", "policies"].allSatisfy { names($0).isEmpty } }

    /// The same with AWS's own inventions replaced: random identifiers, and the dates of changes.
    ///
    /// Two accounts that were made from one plan are equal then.
    var comparable: JSON { Self.comparable(json, identifiers: identifiers) }

    private var identifiers: [(id: String, name: String)] {
        var found: [(String, String)] = []
        for (name, key) in json["keys"]?.object?.members ?? [] {
            if let id = key["arn"]?.string?.split(separator: "/").last {
                found.append((String(id), "id of \(name)"))
            }
        }
        for (name, secret) in json["secrets"]?.object?.members ?? [] {
            if let arn = secret["arn"]?.string { found.append((arn, "arn of \(name)")) }
            for (stage, version) in secret["stages"]?.object?.members ?? [] {
                if let version = version.string { found.append((version, "\(stage) of \(name)")) }
            }
        }
        return found
    }

    private static func comparable(
        _ json: JSON, identifiers: [(id: String, name: String)]
    ) -> JSON {
        switch json {
        case .string(var text):
            for (id, name) in identifiers { text = text.replacing(id, with: name) }
            return .string(text)
        case .array(let items):
            return .array(items.map { comparable($0, identifiers: identifiers) })
        case .object(let object):
            return .object(
                JSONObject(
                    object.members.filter { $0.key != "changed" }
                        .map { ($0.key, comparable($0.value, identifiers: identifiers)) }))
        default: return json
        }
    }
}
