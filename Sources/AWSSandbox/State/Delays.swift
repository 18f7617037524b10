/// How late each kind of change becomes visible, in seconds: one number is drawn from the seed for
/// each change, between the bounds of its kind.
///
/// AWS is eventually consistent where these are above zero; all are zero unless a sandbox is made
/// with others, and then nothing is drawn. The direct answer of the service that was told is never
/// late: DescribeSecret shows a tag at once, DescribeKey by id a new key.
package struct Delays: Hashable, Sendable, Codable {
    /// What ListSecrets shows of a secret: up to five minutes (botocore ListSecrets).
    package var list: ClosedRange<Int>
    /// Policies, roles and attachments, as authorization, key policies and IAM's own reads see
    /// them: seconds, sometimes minutes (reference/aws-semantics.md section 5 row 1).
    package var iam: ClosedRange<Int>
    /// Tags, as tag:GetResources and conditions on them see them: up to five minutes for KMS (KMS
    /// guide, "ABAC for AWS KMS").
    package var tags: ClosedRange<Int>
    /// Aliases, as calls that name a key by alias see them: up to five minutes (KMS guide, "ABAC
    /// for AWS KMS"; "eventual consistency").
    package var alias: ClosedRange<Int>
    /// How long the name of a secret that was deleted without recovery stays taken: deletion runs
    /// in the background (botocore DeleteSecret).
    package var forcedDeletion: ClosedRange<Int>
    /// How long the copy of a secret in another region is in progress, until it is decided whether
    /// it can be made; never at once.
    package var replication: ClosedRange<Int>

    package init(
        list: ClosedRange<Int> = 0...0, iam: ClosedRange<Int> = 0...0,
        tags: ClosedRange<Int> = 0...0, alias: ClosedRange<Int> = 0...0,
        forcedDeletion: ClosedRange<Int> = 0...0, replication: ClosedRange<Int> = 1...1
    ) {
        self.list = list
        self.iam = iam
        self.tags = tags
        self.alias = alias
        self.forcedDeletion = forcedDeletion
        self.replication = replication
    }

    /// Everything is visible at once.
    package static let none = Delays()

    /// What AWS's documentation warns of.
    package static let aws = Delays(
        list: 0...300, iam: 2...60, tags: 1...300, alias: 1...300, forcedDeletion: 1...20,
        replication: 2...60)
}

extension SeededRandom {
    /// A whole number of `range`, both ends included; a range of one number draws nothing.
    mutating func draw(_ range: ClosedRange<Int>) -> Int {
        guard range.lowerBound < range.upperBound else { return range.lowerBound }
        let count = UInt64(range.upperBound - range.lowerBound) + 1
        return range.lowerBound + Int(next() % count)
    }
}
