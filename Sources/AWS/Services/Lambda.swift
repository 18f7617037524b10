/// AWS Lambda, version 2015-03-31: its operations are the types inside.
package enum Lambda {
    /// The policy of a function, as JSON text: who may call it.
    ///
    /// A function without one answers `ResourceNotFoundException`, as one that does not exist.
    package struct GetPolicy: RESTOperation {
        package typealias Output = String
        package static let operation = Operation(.lambda, "GetPolicy", .reads)

        /// A name or an ARN, without a version or alias.
        package var functionName: String
        /// A version or an alias.
        package var qualifier: String?

        package init(functionName: String, qualifier: String? = nil) {
            self.functionName = functionName
            self.qualifier = qualifier
        }

        package var line: RequestLine {
            let query = qualifier.map { "?Qualifier=\(PercentCoding.label($0))" } ?? ""
            return RequestLine(
                "GET",
                "/2015-03-31/functions/\(PercentCoding.label(functionName))/policy\(query)")
        }

        package static func decode(_ answer: JSONAnswer) throws(MalformedAnswer) -> String {
            try answer.string("Policy")
        }
    }
}
