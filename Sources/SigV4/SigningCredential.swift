/// What signs a request.
///
/// It prints, dumps and reflects without its secret and its token.
package struct SigningCredential: Hashable, Sendable {
    package let accessKeyID: String
    package let secretAccessKey: String
    /// Only temporary credentials have one.
    package let sessionToken: String?

    package init(accessKeyID: String, secretAccessKey: String, sessionToken: String? = nil) {
        self.accessKeyID = accessKeyID
        self.secretAccessKey = secretAccessKey
        self.sessionToken = sessionToken
    }
}

extension SigningCredential: CustomStringConvertible, CustomDebugStringConvertible,
    CustomReflectable
{
    package var description: String { "\(accessKeyID.prefix(4))…" }
    package var debugDescription: String { description }
    package var customMirror: Mirror {
        Mirror(self, children: ["accessKeyID": description], displayStyle: .struct)
    }
}
