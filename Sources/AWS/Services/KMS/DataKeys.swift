internal import Digest
internal import JSON
package import POSIX

extension KMS {
    /// Makes a key to encrypt with outside of KMS, plain and encrypted; KMS keeps neither.
    package struct GenerateDataKey: JSONOperation {
        package static let operation = Operation(.kms, "GenerateDataKey", .reads)

        package var keyID: String
        /// What must be said again to decrypt; stands in CloudTrail, so never a secret.
        package var encryptionContext: [String: String]

        package init(keyID: String, encryptionContext: [String: String]) {
            self.keyID = keyID
            self.encryptionContext = encryptionContext
        }

        package func encode(into request: inout JSONRequest) {
            request.set("KeyId", keyID)
            request.set("KeySpec", "AES_256")
            request.set("EncryptionContext", KMS.context(encryptionContext))
        }

        package static func decode(_ answer: JSONAnswer) throws(MalformedAnswer) -> Output {
            let plaintext = try KMS.blob(answer, "Plaintext")
            // AES_256: fewer bytes would weaken what is encrypted.
            guard plaintext.count == 32 else {
                throw MalformedAnswer("Plaintext does not have 32 bytes")
            }
            return Output(
                keyARN: try answer.string("KeyId"), plaintext: ProtectedBytes(plaintext),
                ciphertext: try KMS.blob(answer, "CiphertextBlob"))
        }

        /// A data key.
        package struct Output: Sendable {
            /// The KMS key that encrypted it.
            package let keyARN: String
            /// 32 bytes.
            package let plaintext: ProtectedBytes
            package let ciphertext: [UInt8]
        }
    }

    /// Decrypts what a key of KMS encrypted, under the same context.
    package struct Decrypt: JSONOperation {
        package typealias Output = ProtectedBytes
        package static let operation = Operation(.kms, "Decrypt", .reads)

        package var ciphertext: [UInt8]
        /// Named although the ciphertext names it as well, so that no other key is tried.
        package var keyID: String
        package var encryptionContext: [String: String]

        package init(ciphertext: [UInt8], keyID: String, encryptionContext: [String: String]) {
            self.ciphertext = ciphertext
            self.keyID = keyID
            self.encryptionContext = encryptionContext
        }

        package func encode(into request: inout JSONRequest) {
            request.set("CiphertextBlob", Base64.encode(ciphertext))
            request.set("KeyId", keyID)
            request.set("EncryptionContext", KMS.context(encryptionContext))
        }

        package static func decode(_ answer: JSONAnswer) throws(MalformedAnswer) -> ProtectedBytes {
            ProtectedBytes(try KMS.blob(answer, "Plaintext"))
        }
    }

    private static func context(_ context: [String: String]) -> JSON? {
        guard !context.isEmpty else { return nil }
        let members = context.sorted { $0.key < $1.key }.map { ($0.key, JSON.string($0.value)) }
        return .object(JSONObject(members))
    }

    private static func blob(
        _ answer: JSONAnswer, _ name: String
    ) throws(MalformedAnswer) -> [UInt8] {
        guard let bytes = Base64.decode(try answer.string(name)) else {
            throw MalformedAnswer("\(name) is not base64")
        }
        return bytes
    }
}
