import JSON

/// A difference between AWS's behaviour and moto's that is known: the sandbox follows AWS.
struct KnownDifference: Sendable {
    /// Names it in the output.
    let id: String
    /// The row of reference/moto.md, recorded answer or model that says what AWS does.
    let source: String
    /// Makes the two outcomes equal as far as this difference goes.
    let settle: @Sendable (Step, inout Outcome, inout Outcome) -> Void

    /// A call on which one of the two refuses, or both by different codes.
    static func refusal(
        _ id: String, _ source: String,
        _ covers: @escaping @Sendable (Step, _ ours: Outcome, _ motos: Outcome) -> Bool
    ) -> KnownDifference {
        KnownDifference(id: id, source: source) { step, ours, motos in
            if covers(step, ours, motos) { motos = ours }
        }
    }

    /// Members that one of the two leaves out of some operations' answers, on whatever depth.
    static func members(
        _ id: String, _ source: String, of operations: [String], _ names: [String]
    ) -> KnownDifference {
        answers(id, source, of: operations) { mine, theirs in
            mine.agree(with: &theirs) { names.contains($0) && ($1 == nil || $2 == nil) }
        }
    }

    /// Members whose values differ, where both have them.
    static func values(
        _ id: String, _ source: String, of operations: [String], _ names: [String]
    ) -> KnownDifference {
        answers(id, source, of: operations) { mine, theirs in
            mine.agree(with: &theirs) { names.contains($0) && $1 != nil && $2 != nil }
        }
    }

    private static func answers(
        _ id: String, _ source: String, of operations: [String],
        _ settle: @escaping @Sendable (inout JSON, inout JSON) -> Void
    ) -> KnownDifference {
        KnownDifference(id: id, source: source) { step, ours, motos in
            guard operations.contains(step.operation), var mine = ours.answer,
                var theirs = motos.answer
            else { return }
            settle(&mine, &theirs)
            ours = .answer(mine)
            motos = .answer(theirs)
        }
    }
}

/// A call that both answer alike and that leaves them in different states: what follows cannot be
/// compared.
struct KnownParting: Sendable {
    let id: String
    /// As of a known difference.
    let source: String
    /// The step and what both said to it.
    let covers: @Sendable (Step, Outcome) -> Bool

    static let all: [KnownParting] = [
        KnownParting(
            id: "refused-move-detaches", source: "run: moto has taken the label away already"
        ) { step, outcome in
            step.operation == "secretsmanager UpdateSecretVersionStage" && !outcome.isDone
                && step["RemoveFromVersionId"] != nil
        }
    ]
}

/// How a step came out on both sides.
struct Agreement {
    let ours: Outcome
    let motos: Outcome
    /// The differences that were needed to make the two equal.
    let used: [String]
    let isExplained: Bool
    /// Whether one side did what the other refused: what follows cannot be compared.
    let isParting: Bool

    init(_ step: Step, _ ours: Outcome, _ motos: Outcome, known: [KnownDifference]) {
        self.ours = ours
        self.motos = motos
        var (a, b) = (ours, motos)
        var used: [String] = []
        for difference in known where a != b {
            let before = (a, b)
            difference.settle(step, &a, &b)
            if a != before.0 || b != before.1 { used.append(difference.id) }
        }
        let parting = a == b ? KnownParting.all.first { $0.covers(step, a) } : nil
        if let parting { used.append(parting.id) }
        // What is answered with something invented counts on, also where it changes nothing.
        let goesOn = step.isRead && !["kms GenerateMac", "kms Encrypt"].contains(step.operation)
        isParting = parting != nil || !goesOn && ours.isDone != motos.isDone
        self.used = used
        isExplained = a == b
    }
}

extension JSON {
    /// Takes the members out of both that differ and are `excepted`, looking into lists of equal
    /// lengths and into objects.
    mutating func agree(
        with other: inout JSON, _ excepted: (String, JSON?, JSON?) -> Bool
    ) {
        switch (self, other) {
        case (.array(var mine), .array(var theirs)) where mine.count == theirs.count:
            for position in mine.indices { mine[position].agree(with: &theirs[position], excepted) }
            (self, other) = (.array(mine), .array(theirs))
        case (.object(var mine), .object(var theirs)):
            for key in (mine.members + theirs.members).map(\.key) where mine[key] != theirs[key] {
                if excepted(key, mine[key], theirs[key]) {
                    mine[key] = nil
                    theirs[key] = nil
                } else if var one = mine[key], var another = theirs[key] {
                    one.agree(with: &another, excepted)
                    mine[key] = one
                    theirs[key] = another
                }
            }
            (self, other) = (.object(mine), .object(theirs))
        default: break
        }
    }

    /// Without these members of its own.
    func without(_ names: [String]) -> JSON {
        guard let object else { return self }
        let kept = object.members.filter { !names.contains($0.key) }
        return .object(JSONObject(kept.map { ($0.key, $0.value) }))
    }

    /// Without the members that are null.
    var withoutNulls: JSON {
        switch self {
        case .array(let elements): .array(elements.map(\.withoutNulls))
        case .object(let object):
            .object(
                JSONObject(
                    object.members.filter { !$0.value.isNull }
                        .map { ($0.key, $0.value.withoutNulls) }))
        default: self
        }
    }
}
