import JSON

/// One call of a sequence, the same for both sides.
///
/// What a service invents stands in it as a reference in angle brackets, such as `<key 0>`, and is
/// put in by each side.
struct Step: Hashable, Sendable, CustomStringConvertible {
    /// `kms CreateKey`.
    let operation: String
    let input: JSON

    init(_ operation: String, _ input: JSON = [:]) {
        self.operation = operation
        self.input = input
    }

    var description: String { "\(operation) \(input.compact)" }

    var isRead: Bool {
        let name = operation.split(separator: " ").last ?? ""
        return ["Describe", "Get", "List", "BatchGet", "GenerateMac"].contains(
            where: name.hasPrefix)
    }

    /// The members of the input as a dictionary would have them.
    subscript(member: String) -> JSON? { input[member] }

    /// A sequence, by its seed alone.
    static func sequence(seed: UInt64, length: Int) -> [Step] {
        var draw = Draw(seed: seed)
        // Most sequences stay with one service, so that they get deep into it.
        let services = [
            [keys], [secrets], [secrets], [policies], [policies], [alarms], [keys, secrets],
            [keys, secrets], [keys, secrets, policies, alarms],
        ]
        let service = draw.one(of: services)
        return (0..<length).map { position in
            let kinds = draw.one(of: service)
            // Something to work with, before anything is done to it.
            if position < 3 { return kinds[0].make(&draw) }
            let total = kinds.reduce(0) { $0 + $1.weight }
            var place = Int(draw.next() % UInt64(total))
            for kind in kinds {
                if place < kind.weight { return kind.make(&draw) }
                place -= kind.weight
            }
            return kinds[0].make(&draw)
        }
    }

    /// A kind of call: how often it comes, and how it is made.
    struct Kind: Sendable {
        let weight: Int
        let make: @Sendable (inout Draw) -> Step

        init(_ weight: Int, _ make: @escaping @Sendable (inout Draw) -> Step) {
            self.weight = weight
            self.make = make
        }
    }
}

extension JSONObject {
    /// With a member more often than not.
    func with(_ key: String, _ value: JSON, _ isGiven: Bool) -> JSONObject {
        guard isGiven else { return self }
        var object = self
        object[key] = value
        return object
    }
}
