internal import GaaraPlan
internal import GaaraStore
internal import JSON

/// A changeset as scripts read it: one document, version 1 (design, section 4).
struct ChangesetJSON {
    var changeset: Changeset?
    var diagnostics: [Diagnostic] = []
    /// What an apply did, beside what it planned.
    var receipt: JSON?

    var json: JSON {
        var members: [(String, JSON)] = [("format_version", 1)]
        if let changeset {
            members += [
                ("environment", .string(changeset.identity.environment.name)),
                ("account", .string(changeset.identity.account)),
                ("region", .string(changeset.identity.region)),
                ("steps", .array(changeset.steps.map(\.json))),
                ("not_compared", .array(changeset.notCompared.map(\.json))),
                ("orphans", .array(changeset.orphans.map(JSON.string))),
                ("notes", .array(changeset.notes.map(\.json))),
                ("summary", Summary(changeset.steps).json),
                ("fingerprint", .string(changeset.fingerprint)),
            ]
        }
        if let receipt { members.append(("receipt", receipt)) }
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
        .object(
            JSONObject([
                ("path", .string(path)), ("before", before.json), ("after", after.json),
            ]))
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
