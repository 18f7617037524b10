internal import GaaraStore

/// A role that the plan makes, for the programs that read its secrets.
package struct Role: Hashable, Sendable {
    package let name: String
    /// `/{application}/{environment}/`, as the policies have it: the fence around what is ours.
    package let path: String
    /// Which services may assume it, such as `ecs-tasks`.
    package let trusts: [String]
    /// `policy/PATH/NAME`; `nil` where the plan does not say: then the boundary is not managed.
    package let boundary: String?
    package let place: Place

    package func arn(in identity: Identity) -> String { identity.iamARN("role\(path)\(name)") }

    /// Who may assume it, as IAM is told.
    ///
    /// Roles are assumed by services in the caller's own account; their names end in
    /// `.amazonaws.com` in every partition (IAM User Guide, "AWS service principals").
    package var trust: PolicyDocument {
        let services = trusts.map { "\($0).amazonaws.com" }
        return PolicyDocument(statements: [
            PolicyStatement(
                "ServicesAssumeIt", principal: .service(services), actions: ["sts:AssumeRole"],
                resources: [])
        ])
    }
}

extension Principal {
    /// What IAM reports of a role or user.
    package struct Live: Hashable, Sendable {
        /// With its path, as conditions of policies name it.
        package var arn: String
        /// Who may assume it, as JSON text; `nil` for a user.
        package var trust: String?
        package var boundaryARN: String?
        package var tags: [String: String]

        package init(
            arn: String, trust: String? = nil, boundaryARN: String? = nil,
            tags: [String: String] = [:]
        ) {
            self.arn = arn
            self.trust = trust
            self.boundaryARN = boundaryARN
            self.tags = tags
        }
    }
}

extension Plan {
    /// The roles that the plan makes, in the order of their names, each once.
    package var roles: [Role] {
        var roles: [String: Role] = [:]
        for entry in access {
            for attached in entry.roles where attached.create && roles[attached.name] == nil {
                roles[attached.name] = Role(
                    name: attached.name, path: "/\(identity.prefix)/", trusts: attached.trusts,
                    boundary: entry.boundary, place: attached.place)
            }
        }
        return roles.values.sorted { $0.name < $1.name }
    }

    /// Roles and users of which a changeset needs more than that they exist.
    package var examinedPrincipals: Set<Principal> {
        let bounded = access.filter { $0.boundary != nil }.flatMap(\.roles)
        let made = access.flatMap(\.roles).filter(\.create)
        let admitted = secrets.filter { $0.readersOnly == true }.flatMap {
            ReadersOnly(of: $0, in: self).principals
        }
        return Set((bounded + made).map { Principal(.role, $0.name) } + admitted)
    }
}
