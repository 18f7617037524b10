internal import AWS
internal import GaaraPlan

extension StepRun {
    mutating func performOnPolicy(_ call: Call) async throws(EngineError) {
        switch call {
        case .createPolicy(let name, let path, let document, let tags):
            try await createPolicy(name, path, try references.filled(document), tags)
        case .createPolicyVersion(let arn, let document):
            try await createVersion(of: arn, try references.filled(document))
        case .deletePolicyVersion(let arn, let version):
            try await send(call, IAM.DeletePolicyVersion(policyARN: arn, versionID: version))
        case .deletePolicy(let arn):
            try await send(call, IAM.DeletePolicy(policyARN: arn))
        case .tagPolicy(let arn, let tags):
            try await send(call, IAM.TagPolicy(policyARN: arn, tags: Tag.list(tags)))
        case .untagPolicy(let arn, let names):
            try await send(call, IAM.UntagPolicy(policyARN: arn, tagKeys: names))
        case .attachPolicy(let arn, let principal):
            try await attach(arn, to: principal, call)
        case .detachPolicy(let arn, let principal):
            try await detach(arn, from: principal, call)
        default:
            throw EngineError(.conflict, "\(call.action) is not a call on a policy")
        }
    }

    /// CreatePolicy takes no token, but the name makes it idempotent: after a lost answer, look and
    /// compare (design 5.4).
    private mutating func createPolicy(
        _ name: String, _ path: String, _ document: String, _ tags: [String: String]
    ) async throws(EngineError) {
        let identity = comparison.plan.identity
        let arn = identity.iamARN("policy\(path)\(name)")
        do {
            try await settle(
                IAM.CreatePolicy(
                    policyName: name, policyDocument: document, path: path, tags: Tag.list(tags)))
        } catch {
            guard error.kind == .alreadyExists || error.isAmbiguous else {
                throw EngineError(error, doing: "create \(step.address)")
            }
            let found = try await finding("look at \(step.address)") { () async throws(AWSError) in
                try await client.send(IAM.GetPolicy(policyARN: arn))
            }
            guard let found else { throw EngineError(error, doing: "create \(step.address)") }
            let tags = Dictionary(found.tags.map { ($0.key, $0.value) }) { first, _ in first }
            guard Ownership(tags: tags, identity: identity) == .ours,
                try await isInForce(document, in: arn, version: found.defaultVersionID)
            else {
                throw EngineError(
                    .conflict, "\(step.address) was created by somebody else while this ran",
                    hint: "plan again and look at what they made")
            }
        }
        references.made(arn)
    }

    private mutating func createVersion(
        of arn: String, _ document: String
    ) async throws(EngineError) {
        do {
            try await settle(
                IAM.CreatePolicyVersion(
                    policyARN: arn, policyDocument: document, setAsDefault: true))
        } catch {
            let doing = "create a version of \(step.address)"
            guard error.isAmbiguous else { throw EngineError(error, doing: doing) }
            let policy = try await calling("look at \(step.address)") {
                () async throws(AWSError) in try await client.send(IAM.GetPolicy(policyARN: arn))
            }
            guard try await isInForce(document, in: arn, version: policy.defaultVersionID) else {
                throw EngineError(error, doing: doing)
            }
        }
    }

    private func isInForce(
        _ document: String, in arn: String, version: String
    ) async throws(EngineError) -> Bool {
        let live = try await comparison.session.document(of: arn, version: version)
        return PolicyDocument.areEquivalent(document, live)
    }

    private mutating func attach(
        _ arn: String, to principal: Principal, _ call: Call
    ) async throws(EngineError) {
        let name = principal.name
        switch principal.kind {
        case .role:
            try await send(
                call, IAM.AttachRolePolicy(roleName: name, policyARN: arn), dependsOn: arn)
        case .user:
            try await send(
                call, IAM.AttachUserPolicy(userName: name, policyARN: arn), dependsOn: arn)
        case .group:
            try await send(
                call, IAM.AttachGroupPolicy(groupName: name, policyARN: arn), dependsOn: arn)
        }
    }

    private mutating func detach(
        _ arn: String, from principal: Principal, _ call: Call
    ) async throws(EngineError) {
        let name = principal.name
        switch principal.kind {
        case .role: try await send(call, IAM.DetachRolePolicy(roleName: name, policyARN: arn))
        case .user: try await send(call, IAM.DetachUserPolicy(userName: name, policyARN: arn))
        case .group: try await send(call, IAM.DetachGroupPolicy(groupName: name, policyARN: arn))
        }
    }
}
