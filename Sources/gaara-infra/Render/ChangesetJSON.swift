internal import GaaraEngine
internal import GaaraPlan
internal import GaaraStore
internal import JSON

/// A changeset as scripts read it: one document, version 1 (design, section 4).
///
/// Its keys are always there: of a run that failed before there was a changeset, the lists are
/// empty and the rest is `null`.
struct ChangesetJSON {
    let changeset: Changeset?
    /// Whether the endpoint is a simulation of AWS.
    var isSimulated = false
    /// What was done, beside what was planned.
    var receipt: Receipt?
    var diagnostics: [Diagnostic]

    init(_ changeset: Changeset?, isSimulated: Bool = false, diagnostics: [Diagnostic] = []) {
        self.changeset = changeset
        self.isSimulated = isSimulated
        self.diagnostics = diagnostics
    }

    var json: JSON {
        let steps = changeset?.steps ?? []
        var members: [(String, JSON)] = [("format_version", 1)]
        if let identity = changeset?.identity {
            members += [
                ("application", .string(identity.application)),
                ("environment", .string(identity.environment.name)),
                ("account", .string(identity.account)), ("region", .string(identity.region)),
            ]
        }
        if isSimulated { members.append(("simulation", true)) }
        members += [
            ("steps", .array(steps.map(\.json))),
            ("not_compared", .array((changeset?.notCompared ?? []).map(\.json))),
            ("orphans", .array((changeset?.orphans ?? []).map(JSON.string))),
            ("notes", .array((changeset?.notes ?? []).map(\.json))),
            ("summary", changeset.map { Summary($0.steps).json } ?? .null),
            ("fingerprint", changeset.map { .string($0.fingerprint) } ?? .null),
        ]
        if let receipt { members.append(("receipt", receipt.json)) }
        members.append(("diagnostics", .array(diagnostics.map(\.json))))
        return .object(JSONObject(members))
    }
}

extension Step {
    fileprivate var json: JSON {
        var members: [(String, JSON)] = [
            ("address", .string(address.description)), ("verb", .string(verb.rawValue)),
            ("calls", .array(calls.map(\.json))), ("changes", .array(changes.map(\.json))),
            ("reason", reason.map(JSON.string) ?? .null),
        ]
        if let consequence { members.append(("consequence", .string(consequence))) }
        return .object(JSONObject(members))
    }
}

extension Change {
    fileprivate var json: JSON {
        var members: [(String, JSON)] = [
            ("path", .string(path)), ("before", before.json), ("after", after.json),
        ]
        if let permissions {
            members += [
                ("verdict", .string(permissions.verdict.rawValue)),
                ("permissions", .array(permissions.lines.map(JSON.string))),
            ]
        }
        return .object(JSONObject(members))
    }
}

extension Change.Shown {
    fileprivate var json: JSON {
        switch self {
        case .absent: .null
        case .text(let text), .document(let text): .string(text)
        case .number(let number): .number(String(number))
        case .sensitive: .string("(sensitive)")
        case .later(let reference): .object(JSONObject([("reference", .string(reference))]))
        }
    }
}

extension NotCompared {
    fileprivate var json: JSON {
        .object(
            JSONObject([
                ("address", .string(address.description)), ("reason", .string(reason)),
            ]))
    }
}

extension Summary {
    fileprivate var json: JSON {
        .object(
            JSONObject(
                Verb.allCases.map { ($0.rawValue, .number(String(counts[$0, default: 0]))) }))
    }
}
