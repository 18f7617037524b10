/// What IAM has to allow: an action on a resource, under the conditions that the call brings.
package struct Permission: Hashable, Sendable {
    /// As policies write it: `kms:CreateKey`.
    package let action: String
    /// An ARN, or `*` where the action knows none.
    ///
    /// Of what is not there yet, `?` stands for a character that only AWS knows.
    package let resource: String
    /// The condition keys that the call has, each with its values.
    package let context: [String: [String]]
    /// What may allow it where IAM does not; `nil` where nothing does.
    package let otherwise: String?

    package init(
        _ action: String, on resource: String, context: [String: [String]] = [:],
        otherwise: String? = nil
    ) {
        self.action = action
        self.resource = resource
        self.context = context
        self.otherwise = otherwise
    }

    /// What stands for the id of a key that is not made yet.
    package static let anyKeyID = "????????-????-????-????-????????????"
}
