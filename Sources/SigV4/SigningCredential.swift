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

extension SigningCredential {
    /// `AKIA…MPLE`: enough to tell keys apart; `nil` for what is no access key's id, since it may be
    /// the secret in the wrong place.
    ///
    /// 16 to 128 characters by the IAM API reference (AccessKey); those that AWS gives are capitals
    /// and digits.
    package var shortKeyID: String? {
        let isKeyID =
            (16...128).contains(accessKeyID.utf8.count)
            && accessKeyID.utf8.allSatisfy { byte in
                (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte)
                    || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
            }
        return isKeyID ? "\(accessKeyID.prefix(4))…\(accessKeyID.suffix(4))" : nil
    }
}
