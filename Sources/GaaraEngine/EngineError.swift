package import AWS
package import GaaraPlan

/// Why the tool's half could not go on: what it was doing, what went wrong, what to do.
package struct EngineError: Error, Hashable, Sendable {
    package enum Code: String, Hashable, Sendable {
        /// The credentials belong to another account than the plan names.
        case wrongAccount = "wrong-account"
        /// AWS answered with something of another account or region.
        case strange
        /// A call to AWS failed.
        case call
        /// A value is needed and cannot be had.
        case value
        /// What is live is no longer what the plan was computed from.
        case conflict
        /// The endpoint is a simulation and the environment is production.
        case simulation
    }

    package let code: Code
    /// Lower case, no full stop, without any value.
    package let message: String
    package let hint: String?

    package init(_ code: Code, _ message: String, hint: String? = nil) {
        self.code = code
        self.message = message
        self.hint = hint
    }

    /// A failed call, told with what it was for.
    package init(_ error: AWSError, doing: String) {
        self.init(.call, "cannot \(doing): \(error)", hint: error.hint)
    }

    package var diagnostic: Diagnostic {
        Diagnostic(.error, code.rawValue, message, hint: hint)
    }
}
