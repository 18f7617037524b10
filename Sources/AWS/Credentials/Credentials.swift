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
    package let source: String

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

extension Credentials: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    package var description: String { "\(signing.description) from \(source)" }
    package var debugDescription: String { description }
    package var customMirror: Mirror { Mirror(self, children: ["source": source]) }
}
