extension SecretsManager {
    /// The policy of a secret, as JSON text; `nil` when it has none.
    package struct GetResourcePolicy: JSONOperation {
        package typealias Output = String?
        package static let operation = Operation(.secretsManager, "GetResourcePolicy", .reads)

        package var secretID: String

        package init(secretID: String) {
            self.secretID = secretID
        }

        package func encode(into request: inout JSONRequest) {
            request.set("SecretId", secretID)
        }

        package static func decode(
            _ answer: JSONAnswer
        ) throws(MalformedAnswer) -> String? {
            _ = try answer.string("ARN")
            return try answer.stringIfPresent("ResourcePolicy")
        }
    }

    /// Replaces the policy of a secret; one that lets everybody in is refused.
    package struct PutResourcePolicy: JSONOperation {
        package typealias Output = String
        package static let operation = Operation(.secretsManager, "PutResourcePolicy", .idempotent)

        package var secretID: String
        /// JSON text.
        package var resourcePolicy: String

        package init(secretID: String, resourcePolicy: String) {
            self.secretID = secretID
            self.resourcePolicy = resourcePolicy
        }

        package func encode(into request: inout JSONRequest) {
            request.set("SecretId", secretID)
            request.set("ResourcePolicy", resourcePolicy)
            request.set("BlockPublicPolicy", true)
        }

        package static func decode(_ answer: JSONAnswer) throws(MalformedAnswer) -> String {
            try answer.string("ARN")
        }
    }

    /// Takes the policy of a secret away.
    package struct DeleteResourcePolicy: JSONOperation {
        package typealias Output = String
        package static let operation = Operation(
            .secretsManager, "DeleteResourcePolicy", .idempotent)

        package var secretID: String

        package init(secretID: String) {
            self.secretID = secretID
        }

        package func encode(into request: inout JSONRequest) {
            request.set("SecretId", secretID)
        }

        package static func decode(_ answer: JSONAnswer) throws(MalformedAnswer) -> String {
            try answer.string("ARN")
        }
    }

    /// Says what would be wrong with a policy of a secret, and changes nothing.
    package struct ValidateResourcePolicy: JSONOperation {
        package static let operation = Operation(.secretsManager, "ValidateResourcePolicy", .reads)

        package var secretID: String
        /// JSON text.
        package var resourcePolicy: String

        package init(secretID: String, resourcePolicy: String) {
            self.secretID = secretID
            self.resourcePolicy = resourcePolicy
        }

        package func encode(into request: inout JSONRequest) {
            request.set("SecretId", secretID)
            request.set("ResourcePolicy", resourcePolicy)
        }

        package static func decode(_ answer: JSONAnswer) throws(MalformedAnswer) -> Output {
            Output(
                isValid: try answer.bool("PolicyValidationPassed"),
                faults: try answer.listIfPresent("ValidationErrors") {
                    (fault) throws(MalformedAnswer) in
                    Fault(
                        checkName: try fault.stringIfPresent("CheckName") ?? "",
                        message: try fault.stringIfPresent("ErrorMessage") ?? "")
                } ?? [])
        }

        /// The verdict on a policy.
        package struct Output: Hashable, Sendable {
            package let isValid: Bool
            package let faults: [Fault]
        }

        /// One thing that is wrong with a policy, in AWS's words.
        package struct Fault: Hashable, Sendable {
            package let checkName: String
            package let message: String
        }
    }
}
