internal import AWS
internal import GaaraPlan

extension StepRun {
    mutating func perform(_ call: RoleCall) async throws(EngineError) {
        switch call {
        case .create(let name, let path, let trust, let boundary, let tags):
            try await createRole(name, path, trust, boundary, tags)
        case .putTrust(let arn, let document):
            try await send(
                IAM.UpdateAssumeRolePolicy(roleName: name(of: arn), policyDocument: document))
        case .putBoundary(let arn, let boundary):
            try await send(
                IAM.PutRolePermissionsBoundary(roleName: name(of: arn), policyARN: boundary))
        case .tag(let arn, let tags):
            try await send(IAM.TagRole(roleName: name(of: arn), tags: Tag.list(tags)))
        case .untag(let arn, let names):
            try await send(IAM.UntagRole(roleName: name(of: arn), tagKeys: names))
        case .delete(let arn):
            try await send(IAM.DeleteRole(roleName: name(of: arn)), orFinding: Self.gone)
        }
    }

    /// CreateRole takes no token, but the name makes it idempotent: after a lost answer, look and
    /// compare, as with a policy (design 5.4).
    private mutating func createRole(
        _ name: String, _ path: String, _ trust: String, _ boundary: String?,
        _ tags: [String: String]
    ) async throws(EngineError) {
        let input = IAM.CreateRole(
            roleName: name, assumeRolePolicyDocument: trust, path: path,
            permissionsBoundaryARN: boundary, tags: Tag.list(tags))
        do {
            try await settle(input)
        } catch {
            guard error.kind == .alreadyExists || error.isAmbiguous,
                let found = try await role(name)
            else { throw EngineError(error, doing: "create \(step.address)") }
            let tags = Dictionary(found.tags.map { ($0.key, $0.value) }) { first, _ in first }
            guard Ownership(tags: tags, identity: session.identity) == .ours,
                let live = found.assumeRolePolicyDocument,
                PolicyDocument.areEquivalent(trust, live),
                found.permissionsBoundaryARN == boundary
            else {
                throw EngineError(
                    .conflict, "\(step.address) was created by somebody else while this ran",
                    hint: "plan again and look at what they made")
            }
        }
        references.made(Principal(.role, name).description)
        references.made(session.identity.iamARN("role\(path)\(name)"))
    }

    private func role(_ name: String) async throws(EngineError) -> IAM.Role? {
        try await finding("look at \(step.address)") { () async throws(AWSError) in
            try await client.send(IAM.GetRole(roleName: name))
        }
    }

    /// The last part of a role's ARN; the parts before it are its path.
    private func name(of arn: String) -> String {
        arn.split(separator: "/").last.map(String.init) ?? arn
    }
}
