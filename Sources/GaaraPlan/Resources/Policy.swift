internal import GaaraStore

/// A managed policy of ours: what an `access` entry lets its principals read.
package struct Policy: Hashable, Sendable {
    package let access: Access
    package let name: String
    /// `/{application}/{environment}/`: the fence around what the tool may revise.
    package let path: String

    package init(_ access: Access, identity: Identity) {
        self.access = access
        name = access.policyName
        path = "/\(identity.prefix)/"
    }

    package func arn(in identity: Identity) -> String { identity.iamARN("policy\(path)\(name)") }

    /// What IAM reports of a policy.
    package struct Live: Hashable, Sendable {
        package var arn: String
        package var name: String
        package var defaultVersion: String
        /// The text of the default version, percent-decoded.
        package var document: String
        /// All version ids, oldest first.
        package var versions: [String]
        package var tags: [String: String]
        package var attachments: Set<Principal>

        package init(
            arn: String, name: String, defaultVersion: String, document: String,
            versions: [String], tags: [String: String], attachments: Set<Principal>
        ) {
            self.arn = arn
            self.name = name
            self.defaultVersion = defaultVersion
            self.document = document
            self.versions = versions
            self.tags = tags
            self.attachments = attachments
        }
    }
}

extension Plan {
    package var policies: [Policy] { access.map { Policy($0, identity: identity) } }
}

extension Access {
    /// Everybody whom the plan attaches the policy to.
    package var principals: [Principal] {
        (roles.map { Principal(.role, $0.name) } + users.map { Principal(.user, $0) }
            + groups.map { Principal(.group, $0) }).sorted()
    }
}
