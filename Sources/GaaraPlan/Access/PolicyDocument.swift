package import JSON

/// An IAM policy as a value: what a managed policy, a key or a secret says of who may do what.
///
/// It has one spelling: lists are sorted and without repeats, a list of one is a plain string, and
/// the members stand in the order in which AWS prints them.
package struct PolicyDocument: Hashable, Sendable {
    /// The only version in which `${...}` is a variable (IAM User Guide, "Version").
    package static let version = "2012-10-17"

    /// Only policies of resources have one, and it is cosmetic.
    package let id: String?
    package let statements: [PolicyStatement]

    package init(id: String? = nil, statements: [PolicyStatement]) {
        self.id = id
        self.statements = statements
    }

    package var json: JSON {
        var object: JSONObject = ["Version": .string(Self.version)]
        object["Id"] = id.map(JSON.string)
        object["Statement"] = .array(statements.map(\.json))
        return .object(object)
    }

    /// The text that is sent to AWS: no white space.
    package var text: String { json.compact }

    /// The characters that IAM counts against its limits: white space is not among them (IAM User
    /// Guide, "IAM and AWS STS quotas").
    package var nonSpaceCount: Int {
        text.unicodeScalars.count { !$0.properties.isWhitespace }
    }
}
