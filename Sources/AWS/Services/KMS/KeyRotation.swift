extension KMS {
    /// Renews a key's material every so often, or changes how often.
    package struct EnableKeyRotation: JSONOperation {
        package typealias Output = Void
        package static let operation = Operation(.kms, "EnableKeyRotation", .idempotent)

        package var keyID: String
        /// 90 to 2560; `nil` is AWS's 365.
        package var rotationPeriodInDays: Int?

        package init(keyID: String, rotationPeriodInDays: Int? = nil) {
            self.keyID = keyID
            self.rotationPeriodInDays = rotationPeriodInDays
        }

        package func encode(into request: inout JSONRequest) {
            request.set("KeyId", keyID)
            request.set("RotationPeriodInDays", rotationPeriodInDays)
        }
    }

    /// Keeps a key's material as it is.
    package struct DisableKeyRotation: JSONOperation {
        package typealias Output = Void
        package static let operation = Operation(.kms, "DisableKeyRotation", .idempotent)

        package var keyID: String

        package init(keyID: String) {
            self.keyID = keyID
        }

        package func encode(into request: inout JSONRequest) {
            request.set("KeyId", keyID)
        }
    }

    /// Whether and how often a key's material is renewed.
    package struct GetKeyRotationStatus: JSONOperation {
        package static let operation = Operation(.kms, "GetKeyRotationStatus", .reads)

        package var keyID: String

        package init(keyID: String) {
            self.keyID = keyID
        }

        package func encode(into request: inout JSONRequest) {
            request.set("KeyId", keyID)
        }

        package static func decode(
            _ answer: JSONAnswer
        ) throws(MalformedAnswer) -> Output {
            Output(
                isEnabled: try answer.bool("KeyRotationEnabled"),
                periodInDays: try answer.intIfPresent("RotationPeriodInDays") ?? 365,
                nextRotationDate: try answer.timeIfPresent("NextRotationDate"))
        }

        /// The rotation of a key.
        package struct Output: Hashable, Sendable {
            package let isEnabled: Bool
            /// AWS's default, 365, where the answer has none.
            ///
            /// Without meaning when not enabled.
            package let periodInDays: Int
            /// Seconds since 1970.
            package let nextRotationDate: Int?
        }
    }
}
