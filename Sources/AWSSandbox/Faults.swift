/// What can go wrong with one call.
package enum Fault: Hashable, Sendable {
    /// The connection was refused: nothing left the machine.
    case notSent
    /// The answer never comes, until time is up. Nobody but the sandbox knows whether the call was
    /// executed.
    case lost(executed: Bool)
    /// The connection is reset before any answer.
    case reset(executed: Bool)
    /// The connection breaks in the middle of the answer, after execution.
    case cut
    /// Status 200 and half the body, as a broken proxy may send it, after execution.
    case half
    /// A status of 500 or above with AWS's error of that kind in the body.
    case status(Int, executed: Bool)
    /// The service's throttling error; nothing was executed.
    case throttled
    /// Status 200 and a page of HTML, as a proxy on the way may send it, after execution.
    case garbage
    /// That status and a page of HTML, from a proxy that let nothing through.
    case page(Int)

    var isExecuted: Bool {
        switch self {
        case .notSent, .throttled, .page: false
        case .lost(let executed), .reset(let executed), .status(_, let executed): executed
        case .cut, .half, .garbage: true
        }
    }

    /// One of each kind, those with a choice in both ways.
    package static let all: [Fault] = [
        .notSent, .lost(executed: false), .lost(executed: true), .reset(executed: false),
        .reset(executed: true), .cut, .half, .status(500, executed: false),
        .status(500, executed: true), .status(503, executed: false),
        .status(503, executed: true), .throttled, .garbage, .page(502),
    ]
}

/// A script that decides for each call whether and how it fails.
///
/// It must be a pure function of the call, so that a run repeats.
package struct Faults: Sendable {
    private let decide: @Sendable (SandboxCall) -> Fault?

    package init(_ decide: @escaping @Sendable (SandboxCall) -> Fault?) { self.decide = decide }

    /// Nothing fails.
    package static let none = Faults { _ in nil }

    /// One call fails: the `ordinal`-th, from 1, of that operation.
    package static func at(_ operation: String, ordinal: Int = 1, _ fault: Fault) -> Faults {
        Faults { $0.operation == operation && $0.ordinal == ordinal ? fault : nil }
    }

    /// One call fails: the `number`-th of all, from 1.
    package static func at(sequence number: Int, _ fault: Fault) -> Faults {
        Faults { $0.sequence == number ? fault : nil }
    }

    /// All calls of that operation fail.
    package static func always(_ operation: String, _ fault: Fault) -> Faults {
        Faults { $0.operation == operation ? fault : nil }
    }

    /// Any call fails with the probability `rate`, from 0 to 1, in a way that the seed chooses.
    ///
    /// What happens to a call depends on its operation and how many of those came before, not on
    /// other operations.
    package static func random(seed: UInt64, rate: Double, among faults: [Fault] = Fault.all)
        -> Faults
    {
        Faults { call in
            var random = SeededRandom(
                seed: seed, label: "\(call.service):\(call.operation):\(call.ordinal)")
            let draw = Double(random.next() >> 11) * 0x1p-53
            guard draw < rate, !faults.isEmpty else { return nil }
            return faults[Int(random.next() % UInt64(faults.count))]
        }
    }

    package func fault(for call: SandboxCall) -> Fault? { decide(call) }
}
