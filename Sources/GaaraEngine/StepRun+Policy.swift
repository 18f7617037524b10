internal import AWS
internal import GaaraPlan

extension StepRun {
    mutating func perform(_ call: PolicyCall) async throws(EngineError) {
        switch call {
        case .create(let name, let path, let document, let tags):
            try await createPolicy(name, path, try references.filled(document), tags)
        case .createVersion(let arn, let document):
            try await createVersion(of: arn, try references.filled(document))
        case .deleteVersion(let arn, let version):
            try await send(
                IAM.DeletePolicyVersion(policyARN: arn, versionID: version), orFinding: Self.gone)
        case .delete(let arn):
            try await send(IAM.DeletePolicy(policyARN: arn), orFinding: Self.gone)
        case .tag(let arn, let tags):
            try await send(IAM.TagPolicy(policyARN: arn, tags: Tag.list(tags)))
        case .untag(let arn, let names):
            try await send(IAM.UntagPolicy(policyARN: arn, tagKeys: names))
        case .attach(let arn, let principal):
            try await attach(arn, to: principal)
        case .detach(let arn, let principal):
            try await detach(arn, from: principal)
        }
    }

    /// CreatePolicy takes no token, but the name makes it idempotent: after a lost answer, look and
    /// compare (design 5.4).
    private mutating func createPolicy(
        _ name: String, _ path: String, _ document: String, _ tags: [String: String]
    ) async throws(EngineError) {
        let arn = session.identity.iamARN("policy\(path)\(name)")
        let input = IAM.CreatePolicy(
            policyName: name, policyDocument: document, path: path, tags: Tag.list(tags))
        let made: String
        do {
            made = try await settle(input).arn
        } catch {
            guard error.kind == .alreadyExists || error.isAmbiguous,
                let found = try await policy(arn)
            else { throw EngineError(error, doing: "create \(step.address)") }
            let tags = Dictionary(found.tags.map { ($0.key, $0.value) }) { first, _ in first }
            guard Ownership(tags: tags, identity: session.identity) == .ours,
                try await isInForce(document, in: arn, version: found.defaultVersionID)
            else {
                throw EngineError(
                    .conflict, "\(step.address) was created by somebody else while this ran",
                    hint: "plan again and look at what they made")
            }
            made = found.arn
        }
        references.made(try session.checked(policy: name, path: path, made))
    }

    /// Looks again just before: a version that somebody else made since would be put out of force,
    /// and IAM has no compare-and-set (design 5.5).
    private mutating func createVersion(
        of arn: String, _ document: String
    ) async throws(EngineError) {
        let doing = "create a version of \(step.address)"
        let seen = comparison.snapshot.policies.values.first { $0.arn == arn }
        guard let live = try await policy(arn), live.defaultVersionID == seen?.defaultVersion else {
            throw EngineError(
                .conflict, "somebody else changed \(step.address) while this ran",
                hint: "plan again and look at what they changed")
        }
        do {
            try await settle(
                IAM.CreatePolicyVersion(
                    policyARN: arn, policyDocument: document, setAsDefault: true))
        } catch {
            guard error.isAmbiguous, let live = try await policy(arn),
                try await isInForce(document, in: arn, version: live.defaultVersionID)
            else { throw EngineError(error, doing: doing) }
        }
    }

    private func policy(_ arn: String) async throws(EngineError) -> IAM.Policy? {
        try await finding("look at \(step.address)") { () async throws(AWSError) in
            try await client.send(IAM.GetPolicy(policyARN: arn))
        }
    }

    private func isInForce(
        _ document: String, in arn: String, version: String
    ) async throws(EngineError) -> Bool {
        let live = try await session.document(of: arn, version: version)
        return PolicyDocument.areEquivalent(document, live)
    }

    private mutating func attach(
        _ arn: String, to principal: Principal
    ) async throws(EngineError) {
        let name = principal.name
        let made = references.hasMade(principal.description) ? principal.description : arn
        switch principal.kind {
        case .role:
            try await send(IAM.AttachRolePolicy(roleName: name, policyARN: arn), dependsOn: made)
        case .user:
            try await send(IAM.AttachUserPolicy(userName: name, policyARN: arn), dependsOn: made)
        case .group:
            try await send(IAM.AttachGroupPolicy(groupName: name, policyARN: arn), dependsOn: made)
        }
    }

    private mutating func detach(
        _ arn: String, from principal: Principal
    ) async throws(EngineError) {
        let name = principal.name
        switch principal.kind {
        case .role:
            try await send(
                IAM.DetachRolePolicy(roleName: name, policyARN: arn), orFinding: Self.gone)
        case .user:
            try await send(
                IAM.DetachUserPolicy(userName: name, policyARN: arn), orFinding: Self.gone)
        case .group:
            try await send(
                IAM.DetachGroupPolicy(groupName: name, policyARN: arn), orFinding: Self.gone)
        }
    }

    /// NoSuchEntity after a lost answer says by itself that what was to go is gone.
    static func gone(_ run: StepRun) async throws(EngineError) -> Bool { true }
}
