internal import GaaraEngine
internal import GaaraPlan
internal import JSON
internal import POSIX

/// One step's outcome, as a line for people and as an event for scripts.
struct EntryText {
    let entry: Receipt.Entry

    var line: String {
        let step = "\(entry.step.verb.symbol) \(entry.step.address)"
        switch entry.outcome {
        case .done(let ids):
            let ids = ids.map { Terminal.escaped($0) }.joined(separator: ", ")
            return ids.isEmpty ? "\(step): done" : "\(step): done (request id \(ids))"
        case .failed(let error): return "\(step): \(Terminal.escaped(error.message))"
        case .notTried: return "\(step): not tried"
        }
    }

    var json: JSON {
        var members: [(String, JSON)] = [
            ("address", .string(entry.step.address.description)),
            ("verb", .string(entry.step.verb.rawValue)),
        ]
        switch entry.outcome {
        case .done(let ids):
            members += [("outcome", "done"), ("request_ids", .array(ids.map(JSON.string)))]
        case .failed(let error):
            members += [("outcome", "failed"), ("message", .string(error.message))]
        case .notTried: members.append(("outcome", "not-tried"))
        }
        return .object(JSONObject(members))
    }
}

extension Receipt {
    var json: JSON { .array(entries.map { EntryText(entry: $0).json }) }
}
