internal import Digest
package import POSIX

/// AWS Secrets Manager: its operations are the types inside, named as AWS names them.
///
/// Members and limits from botocore 1.44.5's model of version 2017-10-17. `secretID` is a name or
/// a whole ARN, never a part of one.
package enum SecretsManager {
    /// What a secret holds: a text or bytes.
    package enum Value: Sendable {
        /// UTF-8, 1 to 65,536 characters.
        case string(ProtectedBytes)
        /// 1 to 65,536 bytes.
        case binary(ProtectedBytes)

        package var bytes: ProtectedBytes {
            switch self {
            case .string(let bytes), .binary(let bytes): bytes
            }
        }

        func encode(into request: inout JSONRequest) {
            switch self {
            case .string(let bytes): request.set("SecretString", secretText: bytes)
            case .binary(let bytes): request.set("SecretBinary", secretBlob: bytes)
            }
        }

        init(_ answer: JSONAnswer) throws(MalformedAnswer) {
            if let text = try answer.stringIfPresent("SecretString") {
                self = .string(ProtectedBytes(Array(text.utf8)))
            } else if let bytes = Base64.decode(try answer.string("SecretBinary")) {
                self = .binary(ProtectedBytes(bytes))
            } else {
                throw MalformedAnswer("SecretBinary is not base64")
            }
        }
    }

    /// A version of a secret that a call made or found.
    package struct VersionReference: Hashable, Sendable {
        package let arn: String
        /// `nil` where the call made none.
        package let versionID: String?
    }
}
