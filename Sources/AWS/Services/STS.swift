/// AWS Security Token Service, version 2011-06-15: its operations are the types inside.
package enum STS {}

extension STS {
    /// Who we are: needs no permission, so it tells whether credentials work.
    package struct GetCallerIdentity: QueryOperation {
        package static let operation = Operation(.sts, "GetCallerIdentity", .reads)

        package init() {}

        package func encode(into request: inout QueryRequest) {}

        package static func decode(
            _ result: XMLElement
        ) throws(MalformedAnswer) -> Output {
            Output(
                account: try result.string("Account"), arn: try result.string("Arn"),
                userID: try result.string("UserId"))
        }

        /// The caller.
        package struct Output: Hashable, Sendable {
            /// Twelve digits.
            package let account: String
            package let arn: String
            package let userID: String
        }
    }
}
