/// What works and should be mended all the same.
///
/// It never holds a value, nor a credential.
public struct SecretWarning: Hashable, Sendable {
    /// What kind of trouble it is, for `switch`.
    public enum Code: String, Hashable, Sendable, CaseIterable {
        /// Production is read with the key of a user, which works until somebody deletes it.
        case longLivedKey
        /// The place that the credentials come from says two things at once.
        case credentials
    }

    /// What kind of trouble it is.
    public let code: Code
    /// One line: what is the matter, and what to use instead.
    public let message: String
    /// What to do next, up to the command; `nil` where the message says it all.
    public let hint: String?

    package init(_ code: Code, _ message: String, hint: String? = nil) {
        self.code = code
        self.message = message
        self.hint = hint
    }
}

extension SecretWarning: CustomStringConvertible {
    /// The message, then the hint.
    public var description: String {
        ([message] + [hint.map { "hint: \($0)" }].compactMap { $0 }).joined(separator: "\n")
    }
}
