extension KMS {
    /// Names a key.
    ///
    /// Of several who take one name, one wins.
    package struct CreateAlias: JSONOperation {
        package typealias Output = Void
        package static let operation = Operation(
            .kms, "CreateAlias", .answers("AlreadyExistsException"))

        /// Beginning with `alias/`.
        package var aliasName: String
        package var targetKeyID: String

        package init(aliasName: String, targetKeyID: String) {
            self.aliasName = aliasName
            self.targetKeyID = targetKeyID
        }

        package func encode(into request: inout JSONRequest) {
            request.set("AliasName", aliasName)
            request.set("TargetKeyId", targetKeyID)
        }
    }

    /// Moves a name to another key of the same kind and use.
    package struct UpdateAlias: JSONOperation {
        package typealias Output = Void
        package static let operation = Operation(.kms, "UpdateAlias", .idempotent)

        /// Beginning with `alias/`.
        package var aliasName: String
        package var targetKeyID: String

        package init(aliasName: String, targetKeyID: String) {
            self.aliasName = aliasName
            self.targetKeyID = targetKeyID
        }

        package func encode(into request: inout JSONRequest) {
            request.set("AliasName", aliasName)
            request.set("TargetKeyId", targetKeyID)
        }
    }

    /// Takes a name away; the key stays.
    package struct DeleteAlias: JSONOperation {
        package typealias Output = Void
        package static let operation = Operation(.kms, "DeleteAlias", .answers("NotFoundException"))

        /// Beginning with `alias/`.
        package var aliasName: String

        package init(aliasName: String) {
            self.aliasName = aliasName
        }

        package func encode(into request: inout JSONRequest) {
            request.set("AliasName", aliasName)
        }
    }

    /// The aliases of the account and region, or those of one key.
    package struct ListAliases: JSONOperation, PagedOperation {
        package typealias Item = Alias
        package static let operation = Operation(.kms, "ListAliases", .reads)

        package var keyID: String?
        package var marker: String?

        package init(keyID: String? = nil) {
            self.keyID = keyID
        }

        package func encode(into request: inout JSONRequest) {
            request.set("KeyId", keyID)
            request.set("Limit", 100)
            request.set("Marker", marker)
        }

        package static func decode(
            _ answer: JSONAnswer
        ) throws(MalformedAnswer) -> Page<Alias> {
            try KMS.page(answer, "Aliases") { (alias) throws(MalformedAnswer) in
                Alias(
                    name: try alias.string("AliasName"), arn: try alias.string("AliasArn"),
                    targetKeyID: try alias.stringIfPresent("TargetKeyId"))
            }
        }
    }

    /// A name of a key.
    package struct Alias: Hashable, Sendable {
        /// Beginning with `alias/`.
        package let name: String
        package let arn: String
        /// `nil` for an alias that AWS keeps for a key not made yet.
        package let targetKeyID: String?
    }
}
