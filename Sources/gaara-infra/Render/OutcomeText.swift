internal import GaaraEngine
internal import GaaraPlan
internal import JSON

/// What became of one step, in words for people and in members for scripts.
struct OutcomeText {
    let entry: Receipt.Entry

    init(_ entry: Receipt.Entry) { self.entry = entry }

    /// Without the reason of a failure, which stands in the diagnostics with its hint.
    var text: String {
        switch entry.outcome {
        case .done where entry.step.calls.isEmpty: "left alone"
        case .done(let ids) where ids.isEmpty: "done"
        case .done(let ids): "done (request id \(ids.joined(separator: ", ")))"
        case .failed: "failed"
        case .notTried: "not tried"
        }
    }

    var members: [(String, JSON)] {
        switch entry.outcome {
        case .done where entry.step.calls.isEmpty: [("outcome", "left-alone")]
        case .done(let ids):
            [("outcome", "done"), ("request_ids", .array(ids.map(JSON.string)))]
        case .failed(let error): [("outcome", "failed"), ("message", .string(error.message))]
        case .notTried: [("outcome", "not-tried")]
        }
    }
}

extension Receipt {
    /// Each step with its outcome, in the order of the changeset.
    var json: JSON {
        .array(
            entries.map { entry in
                .object(
                    JSONObject(
                        [
                            ("address", .string(entry.step.address.description)),
                            ("verb", .string(entry.step.verb.rawValue)),
                        ] + OutcomeText(entry).members))
            })
    }

    /// The steps that made calls and were done.
    var effective: [Step] { done.filter { !$0.calls.isEmpty } }
}
