extension KMS {
    /// The policy of a key, as JSON text.
    package struct GetKeyPolicy: JSONOperation {
        package typealias Output = String
        package static let operation = Operation(.kms, "GetKeyPolicy", .reads)

        package var keyID: String

        package init(keyID: String) {
            self.keyID = keyID
        }

        package func encode(into request: inout JSONRequest) {
            request.set("KeyId", keyID)
            request.set("PolicyName", "default")
        }

        package static func decode(
            _ answer: JSONAnswer
        ) throws(MalformedAnswer) -> String {
            try answer.string("Policy")
        }
    }

    /// Replaces the policy of a key.
    package struct PutKeyPolicy: JSONOperation {
        package typealias Output = Void
        package static let operation = Operation(.kms, "PutKeyPolicy", .idempotent)

        package var keyID: String
        /// JSON text.
        package var policy: String

        package init(keyID: String, policy: String) {
            self.keyID = keyID
            self.policy = policy
        }

        package func encode(into request: inout JSONRequest) {
            request.set("KeyId", keyID)
            request.set("PolicyName", "default")
            request.set("Policy", policy)
        }
    }
}
