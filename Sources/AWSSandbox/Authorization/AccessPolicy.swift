internal import JSON

/// A policy document, read to be evaluated.
///
/// What cannot be read allows nothing: documents are refused when they are put.
struct AccessPolicy: Hashable, Sendable {
    let statements: [AccessStatement]

    init(statements: [AccessStatement]) { self.statements = statements }

    init(_ document: String) {
        let json = try? JSON(parsing: document)
        let value = json?.object?["Statement"]
        // Before this version `${...}` is plain text (IAM User Guide, "Version").
        let hasVariables = json?.object?["Version"]?.string == "2012-10-17"
        statements = (value?.array ?? value.map { [$0] } ?? []).compactMap {
            AccessStatement($0, hasVariables: hasVariables)
        }
    }

    /// How far a policy goes with a request.
    enum Grant: Int, Hashable, Sendable, Comparable {
        case none
        /// The whole account, whose own policies then decide.
        case account
        /// The user or role, or everybody.
        case principal
        /// This session of the role.
        case session

        static func < (a: Grant, b: Grant) -> Bool { a.rawValue < b.rawValue }
    }

    func denies(_ request: AccessRequest) -> Bool {
        statements.contains { $0.effect == .deny && $0.grant(to: request) != .none }
    }

    func allows(_ request: AccessRequest) -> Bool { grant(to: request) != .none }

    /// The furthest that a statement which allows goes.
    func grant(to request: AccessRequest) -> Grant {
        statements.filter { $0.effect == .allow }.map { $0.grant(to: request) }.max() ?? .none
    }
}
