extension SecretsManager {
    /// Reads the AWSCURRENT values of up to twenty secrets in one call.
    ///
    /// Needs `secretsmanager:BatchGetSecretValue`, and GetSecretValue for each: what is refused for
    /// one secret stands among the errors and fails no other.
    package struct BatchGetSecretValue: JSONOperation, PagedOperation {
        package typealias Item = Result
        package static let operation = Operation(.secretsManager, "BatchGetSecretValue", .reads)
        /// Twenty values of 65,536 bytes, each of up to six characters in JSON.
        package static var maximumAnswer: Int { 8 << 20 }

        /// 1 to 20 names or ARNs.
        package var secretIDs: [String]
        package var marker: String?

        package init(secretIDs: [String]) {
            self.secretIDs = secretIDs
        }

        package func encode(into request: inout JSONRequest) {
            request.set("SecretIdList", secretIDs)
            request.set("NextToken", marker)
        }

        package static func decode(_ answer: JSONAnswer) throws(MalformedAnswer) -> Page<Result> {
            let values = try answer.listIfPresent("SecretValues") {
                (value) throws(MalformedAnswer) in
                Result.value(try GetSecretValue.decode(value))
            }
            let errors = try answer.listIfPresent("Errors") { (error) throws(MalformedAnswer) in
                Result.refused(
                    secretID: try error.string("SecretId"), code: try error.string("ErrorCode"))
            }
            return Page(
                items: (values ?? []) + (errors ?? []),
                next: try answer.stringIfPresent("NextToken")
            )
        }

        /// What came of one secret.
        package enum Result: Sendable {
            case value(GetSecretValue.Output)
            /// `code` is that which GetSecretValue would have failed with.
            case refused(secretID: String, code: String)
        }
    }
}
