internal import Digest
package import POSIX

extension KMS {
    /// A keyed hash of a message, by an HMAC key that never leaves KMS.
    ///
    /// The same message gives the same 32 bytes every time; who has them can test guesses.
    package struct GenerateMac: JSONOperation {
        package typealias Output = ProtectedBytes
        package static let operation = Operation(.kms, "GenerateMac", .reads)

        package var keyID: String
        /// 1 to 4,096 bytes.
        package var message: [UInt8]

        package init(keyID: String, message: [UInt8]) {
            self.keyID = keyID
            self.message = message
        }

        package func encode(into request: inout JSONRequest) {
            request.set("KeyId", keyID)
            request.set("Message", Base64.encode(message))
            request.set("MacAlgorithm", "HMAC_SHA_256")
        }

        package static func decode(_ answer: JSONAnswer) throws(MalformedAnswer) -> ProtectedBytes {
            guard let mac = Base64.decode(try answer.string("Mac")) else {
                throw MalformedAnswer("Mac is not base64")
            }
            // HMAC_SHA_256 gives 32 bytes (FIPS 198-1); fewer would weaken what is made of them.
            guard mac.count == 32 else { throw MalformedAnswer("Mac does not have 32 bytes") }
            return ProtectedBytes(mac)
        }
    }
}
