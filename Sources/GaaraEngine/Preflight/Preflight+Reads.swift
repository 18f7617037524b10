internal import AWS
internal import GaaraPlan

/// Every operation that the observer makes, and the fetching of the pepper.
extension Preflight {
    /// What was tried, and what there is nothing to try on yet.
    struct Reads {
        var findings: [Finding] = []
        var untried: [Permission] = []
        /// What the secrets are encrypted with, where it is there and may be looked at.
        var dataKeyARN: String?

        static func + (a: Reads, b: Reads) -> Reads {
            Reads(
                findings: a.findings + b.findings, untried: a.untried + b.untried,
                dataKeyARN: a.dataKeyARN ?? b.dataKeyARN)
        }
    }

    /// Each operation by itself, so that one refusal hides no other.
    func reads() async -> Reads {
        async let keys = keyReads()
        async let secrets = secretReads()
        async let policies = policyReads()
        async let principals = principalReads()
        return await keys + secrets + policies + Reads(findings: principals)
    }

    private func keyReads() async -> Reads {
        var reads = Reads()
        var isAnyMissing = false
        for key in plan.keys {
            let alias = "alias/\(key.alias)"
            let described = await probe(KMS.DescribeKey(keyID: alias), on: alias)
            reads.findings.append(described.finding)
            if key.role == .data { reads.dataKeyARN = described.output?.arn }
            guard !key.isExisting, described.finding.verdict != .denied else { continue }
            isAnyMissing = isAnyMissing || described.output == nil
            if described.output?.isCustomerManaged != false {
                let more = await self.reads(of: described.output, key)
                reads = reads + more
            }
        }
        if plan.keys.contains(where: { !$0.isExisting }) {
            let ours = Tag.list(plan.identity.tags)
            let tagged = Tagging.GetResources(tags: ours, resourceTypes: ["kms:key"])
            reads.findings.append(await probe(tagged, on: "*").finding)
        }
        for key in plan.regionalKeys {
            guard let client = try? session.client(in: key.region) else { continue }
            let found = await probe(
                KMS.DescribeKey(keyID: key.name), on: "\(key.name) in \(key.region)", by: client)
            reads.findings.append(found.finding)
        }
        guard isAnyMissing else { return reads }
        // Nothing has the alias: every key of the account is asked for its claim (design 5.4).
        let listed = await probe(KMS.ListKeys(), on: "*")
        reads.findings.append(listed.finding)
        if let claim = await claimRead(listed.output?.items.map(\.keyID) ?? []) {
            reads.findings.append(claim)
        }
        return reads
    }

    /// - Parameter metadata: `nil` where the key is not made yet.
    private func reads(of metadata: KMS.KeyMetadata?, _ key: Key) async -> Reads {
        guard let metadata else {
            let last: Operation =
                switch key.role {
                case .data: KMS.GetKeyRotationStatus.operation
                case .valueTokens: KMS.GenerateMac.operation
                }
            let arn = plan.identity.kmsARN("key/\(Permission.anyKeyID)")
            let operations = [KMS.GetKeyPolicy.operation, KMS.ListResourceTags.operation, last]
            return Reads(
                untried: operations.map {
                    Permission($0.action, on: arn, context: plan.identity.liveContext)
                })
        }
        let (id, arn) = (metadata.keyID, metadata.arn)
        var findings = [
            await probe(KMS.GetKeyPolicy(keyID: id), on: arn).finding,
            await probe(KMS.ListResourceTags(keyID: id), on: arn).finding,
        ]
        switch key.role {
        case .data:
            findings.append(await probe(KMS.GetKeyRotationStatus(keyID: id), on: arn).finding)
        case .valueTokens:
            // What it answers is dropped here.
            let mac = KMS.GenerateMac(keyID: id, message: Pepper.message)
            findings.append(await probe(mac, on: arn).finding)
        }
        return Reads(findings: findings)
    }

    /// The tags of the account's keys: one that may be read is enough, since a single refusal is
    /// somebody else's key.
    ///
    /// `nil` where there is no key.
    private func claimRead(_ ids: [String]) async -> Finding? {
        var refusal: Finding?
        for id in ids {
            let arn = plan.identity.kmsARN("key/\(id)")
            let finding = await probe(KMS.ListResourceTags(keyID: id), on: arn).finding
            guard finding.verdict == .denied else { return finding }
            refusal = refusal ?? finding
        }
        return refusal
    }

    private func secretReads() async -> Reads {
        let identity = plan.identity
        let prefix = identity.prefix + "/"
        let listed = await probe(
            SecretsManager.ListSecrets(namePrefix: prefix, includePlannedDeletion: true), on: "*")
        let names = Set(listed.output?.items.map(\.name) ?? [])
        let declared = plan.secrets.map { $0.path(in: identity) }
        // Only those that exist: of one that does not, a policy with exact ARNs allows nothing.
        let known = declared.filter(names.contains).prefix(Observer.describedOneByOne)
        let described = await each(Array(known)) { path in
            await self.probe(SecretsManager.DescribeSecret(secretID: path), on: path).finding
        }
        let guarded = plan.secrets.filter { $0.readersOnly != nil }.map { $0.path(in: identity) }
        let policies = await each(guarded.filter(names.contains)) { path in
            await self.probe(SecretsManager.GetResourcePolicy(secretID: path), on: path).finding
        }
        func untried(_ operation: Operation, _ paths: [String]) -> [Permission] {
            paths.filter { !names.contains($0) }.map { path in
                Permission(
                    operation.action, on: identity.secretARNPattern(path: path),
                    context: identity.liveContext)
            }
        }
        return Reads(
            findings: [listed.finding] + described + policies,
            untried: untried(SecretsManager.DescribeSecret.operation, declared)
                + untried(SecretsManager.GetResourcePolicy.operation, guarded))
    }

    private func policyReads() async -> Reads {
        let listed = await probe(IAM.ListPolicies(), on: "*")
        var reads = Reads(findings: [listed.finding])
        if Observer.readsDetails(of: plan) {
            let details = IAM.GetAccountAuthorizationDetails(filter: [.localManagedPolicy])
            reads.findings.append(await probe(details, on: "*").finding)
        }
        for policy in plan.policies {
            let arn = policy.arn(in: plan.identity)
            let found = await probe(IAM.GetPolicy(policyARN: arn), on: arn)
            reads.findings.append(found.finding)
            guard let version = found.output?.defaultVersionID else {
                let operations = [
                    IAM.GetPolicyVersion.operation, IAM.ListPolicyVersions.operation,
                    IAM.ListEntitiesForPolicy.operation,
                ]
                reads.untried += operations.map {
                    Permission($0.action, on: arn, context: plan.identity.liveContext)
                }
                continue
            }
            let text = IAM.GetPolicyVersion(policyARN: arn, versionID: version)
            reads.findings += [
                await probe(text, on: arn).finding,
                await probe(IAM.ListPolicyVersions(policyARN: arn), on: arn).finding,
                await probe(IAM.ListEntitiesForPolicy(policyARN: arn), on: arn).finding,
            ]
        }
        return reads
    }

    private func principalReads() async -> [Finding] {
        let named = Set(
            plan.policies.flatMap(\.access.principals)
                + plan.keys.flatMap(\.administratorPrincipals))
        return await each(named.sorted()) { principal in
            let arn = self.plan.identity.iamARN(principal.description)
            let name = principal.name
            return switch principal.kind {
            case .role: await self.probe(IAM.GetRole(roleName: name), on: arn).finding
            case .user: await self.probe(IAM.GetUser(userName: name), on: arn).finding
            case .group: await self.probe(IAM.GetGroup(groupName: name), on: arn).finding
            }
        }
    }
}

extension Preflight {
    /// Calls once and tells whether that was allowed.
    ///
    /// That AWS has no such thing means that we may ask for it.
    private func probe<Input: AWSOperation>(
        _ input: Input, on resource: String, by client: AWSClient? = nil
    ) async -> (finding: Finding, output: Input.Output?) {
        let action = Input.operation.action
        do {
            let output = try await (client ?? session.client).send(input)
            return (finding(action, on: resource, .allowed, .called), output)
        } catch {
            switch error.kind {
            case .notFound: return (finding(action, on: resource, .allowed, .called), nil)
            case .accessDenied:
                let hint = "allow \(action) to \(session.callerARN)"
                return (
                    finding(
                        action, on: resource, .denied, .called, reason: "\(error)", hint: hint), nil
                )
            default:
                return (
                    finding(
                        action, on: resource, .unknown, .called, reason: "\(error)",
                        hint: error.hint), nil
                )
            }
        }
    }

    /// The findings of `items` in their order, eight probes at a time.
    private func each<Item: Sendable>(
        _ items: [Item], _ probe: @escaping @Sendable (Item) async -> Finding
    ) async -> [Finding] {
        // Probes do not throw.
        let findings = try? await Observer(session, now: { 0 }).each(items) {
            (item) async throws(EngineError) in await probe(item)
        }
        return findings ?? []
    }
}
