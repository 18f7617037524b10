package import SigV4

/// What calls are signed with, and where it was found.
///
/// It prints, dumps and reflects without its secret and its token.
package struct Credentials: Hashable, Sendable {
    package let signing: SigningCredential
    /// The account, where the source names it.
    package let accountID: String?
    /// When they end, in seconds since 1970; `nil` for those that do not.
    package let expiration: Int64?
    /// Where they come from, for people: `profile staging in ~/.aws/credentials`.
    package var source: String
    /// What somebody should know about the place they come from, one clause each.
    package var warnings: [String] = []
    /// Whether they are worth trying after their end: instance metadata goes on giving the same
    /// keys when its own source is out of reach, and AWS then accepts them longer (AWS SDKs and
    /// Tools Reference Guide, "static stability").
    package var outlivesExpiration = false

    package init(
        accessKeyID: String, secretAccessKey: String, sessionToken: String? = nil,
        accountID: String? = nil, expiration: Int64? = nil, source: String
    ) {
        signing = SigningCredential(
            accessKeyID: accessKeyID, secretAccessKey: secretAccessKey, sessionToken: sessionToken)
        self.accountID = accountID
        self.expiration = expiration
        self.source = source
    }
}

extension Credentials {
    /// Whether it is the key of a user, which works until somebody deletes it (IAM User Guide,
    /// "IAM identifiers", table of unique id prefixes).
    package var isLongLived: Bool {
        signing.accessKeyID.hasPrefix("AKIA") && signing.sessionToken == nil
    }
}

extension Credentials: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    package var description: String { "\(signing.description) from \(source)" }
    package var debugDescription: String { description }
    package var customMirror: Mirror { Mirror(self, children: ["source": source]) }
}
