package import GaaraPlan
internal import AWS

/// Whether the calls that a plan needs would be allowed, found out without changing anything.
///
/// What only reads is called. What writes, and what there is nothing to read of yet, is asked of
/// IAM's policy simulator.
package struct Preflight: Sendable {
    let session: Session
    let plan: Plan

    package init(of plan: Plan, in session: Session) {
        self.plan = plan
        self.session = session
    }

    /// What became of one permission.
    package struct Finding: Hashable, Sendable {
        package enum Verdict: String, Hashable, Sendable { case allowed, denied, unknown }

        /// How it was found out.
        package enum Evidence: String, Hashable, Sendable { case called, simulated }

        /// As policies write it: `kms:DescribeKey`.
        package let action: String
        /// What it acts on; `*` for everything.
        package let resource: String
        package let verdict: Verdict
        package let evidence: Evidence
        /// Whether `plan` or `apply` would end without it.
        package let isNeeded: Bool
        /// Why, where that is known: lower case, no full stop.
        package let reason: String?
        /// What to do about it.
        package let hint: String?
    }

    /// The findings, those of reads apart from those of writes.
    package struct Report: Sendable {
        package let reads: [Finding]
        package let writes: [Finding]
    }

    /// One finding for each action on each thing.
    ///
    /// - Parameter calls: the writes that would be made.
    package func report(on calls: [Call]) async -> Report {
        let reads = await self.reads()
        let data = plan.keys.first { $0.role == .data }
        let encryption = Call.Encryption(
            reads.dataKeyARN.map { .known(arn: $0) } ?? .made(.data),
            isOurs: data?.isExisting == false)
        let writes = Permission.distinct(
            calls.flatMap { $0.permissions(in: plan.identity, encryption) })
        let answers = await simulated(reads.untried + writes)
        return Report(
            reads: reads.findings + answers.prefix(reads.untried.count),
            writes: Array(answers.dropFirst(reads.untried.count)))
    }

    /// What `plan` reads without having to: it goes on where it may not.
    ///
    /// The value is what it then cannot tell.
    private static let spared = [
        KMS.GenerateMac.operation.action: "without it plan compares no value and apply writes none",
        Tagging.GetResources.operation.action: "without it plan does not tell of spare keys",
        IAM.GetAccountAuthorizationDetails.operation.action:
            "without it plan reads policy by policy",
        IAM.GetRole.operation.action: "without it plan takes every role for there",
        IAM.GetUser.operation.action: "without it plan takes every user for there",
        IAM.GetGroup.operation.action: "without it plan takes every group for there",
    ]

    func finding(
        _ action: String, on resource: String, _ verdict: Finding.Verdict,
        _ evidence: Finding.Evidence, reason: String? = nil, hint: String? = nil
    ) -> Finding {
        let spared = Self.spared[action]
        let hints = [hint, verdict == .denied ? spared : nil].compactMap { $0 }
        return Finding(
            action: action, resource: resource, verdict: verdict, evidence: evidence,
            isNeeded: spared == nil, reason: reason,
            hint: hints.isEmpty ? nil : hints.joined(separator: "; "))
    }
}

extension Permission {
    /// Each action on each resource once, with what the first call brings.
    fileprivate static func distinct(_ permissions: [Permission]) -> [Permission] {
        var seen: Set<[String]> = []
        return permissions.filter { seen.insert([$0.action, $0.resource]).inserted }
    }
}
