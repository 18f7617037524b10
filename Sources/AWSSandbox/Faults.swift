/// What can go wrong with one call.
package enum Fault: Hashable, Sendable {
    /// The connection was refused: nothing left the machine.
    case notSent
    /// The answer never comes. Nobody but the sandbox knows whether the call was executed.
    case lost(executed: Bool)
    /// The connection breaks in the middle of the answer, after execution.
    case cut
    /// A status of 500 or above with AWS's error of that kind in the body.
    case status(Int, executed: Bool)
    /// The service's throttling error; nothing was executed.
    case throttled
    /// Status 200 and a page of HTML, as a proxy on the way may send it, after execution.
    case garbage

    var isExecuted: Bool {
        switch self {
        case .notSent, .throttled: false
        case .lost(let executed), .status(_, let executed): executed
        case .cut, .garbage: true
        }
    }
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

    /// All calls of that operation fail.
    package static func always(_ operation: String, _ fault: Fault) -> Faults {
        Faults { $0.operation == operation ? fault : nil }
    }

    func fault(for call: SandboxCall) -> Fault? { decide(call) }
}
