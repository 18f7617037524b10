/// Why there is no value, what was looked at, and what to do about it.
///
/// It never holds a value.
public struct SecretError: Error, Hashable, Sendable {
    /// What kind of trouble it is, for `switch`.
    public enum Code: String, Hashable, Sendable, CaseIterable {
        /// No place has it. Only this is what a default is for.
        case notFound
        /// The credentials may not read the secret, or may not use its key.
        case accessDenied
        /// AWS says that there are too many requests, after all retries.
        case throttled
        /// No answer, or none that can be used: network, endpoint, certificate, AWS itself.
        case unreachable
        /// There are no credentials, or AWS does not accept them.
        case credentials
        /// No region is set, or it is none.
        case region
        /// A setting, a `.env` file or a secret's name is wrong.
        case configuration
        /// AWS answered, and cannot give the value in the state that it is in: the secret is
        /// scheduled for deletion, its key is disabled.
        case refused
        /// The caller's task was cancelled.
        case cancelled
    }

    /// A place that was looked at, and what was there instead.
    public struct Search: Hashable, Sendable, CustomStringConvertible {
        /// `gaara-store/production/database-url in us-east-1`.
        public let place: String
        /// `no such file`.
        public let outcome: String

        package init(_ place: String, _ outcome: String) {
            self.place = place
            self.outcome = outcome
        }

        /// Place and outcome.
        public var description: String { "\(place): \(outcome)" }
    }

    /// What kind of trouble it is.
    public let code: Code
    /// The secret that was asked for; `nil` where the trouble comes before any.
    public let name: SecretName?
    /// One line: what was being done and what went wrong.
    public let message: String
    /// What to do next, up to the command; `nil` where there is nothing to be done.
    public let hint: String?
    /// Every place that was looked at, in order.
    public let searched: [Search]
    /// AWS's own word, such as `AccessDeniedException`, where AWS answered.
    public let awsErrorCode: String?
    /// What AWS's support asks for.
    public let awsRequestID: String?

    package init(
        _ code: Code, _ message: String, name: SecretName? = nil, hint: String? = nil,
        searched: [Search] = [], awsErrorCode: String? = nil, awsRequestID: String? = nil
    ) {
        self.code = code
        self.name = name
        self.message = message
        self.hint = hint
        self.searched = searched
        self.awsErrorCode = awsErrorCode
        self.awsRequestID = awsRequestID
    }

    /// The error for a secret that none of `searched` has.
    package static func notFound(
        _ name: SecretName, hint: String, searched: [Search], awsErrorCode: String? = nil,
        awsRequestID: String? = nil
    ) -> SecretError {
        SecretError(
            .notFound, "Secret '\(name)' not found in AWS or .env", name: name, hint: hint,
            searched: searched, awsErrorCode: awsErrorCode, awsRequestID: awsRequestID)
    }
}

extension SecretError: CustomStringConvertible {
    /// The message, then a line for each place that was looked at, then the hint.
    public var description: String {
        let places = searched.map { "looked at \($0)" }
        return ([message] + places + [hint.map { "hint: \($0)" }].compactMap { $0 })
            .joined(separator: "\n")
    }
}
