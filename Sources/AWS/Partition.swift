/// A separate AWS, with its own accounts, regions and host names.
///
/// From botocore 1.44.5 `data/partitions.json`.
package struct Partition: Hashable, Sendable {
    /// The second part of its ARNs.
    package let name: String
    /// What its regions begin with.
    private let regionPrefix: String
    let suffix: String

    /// Where IAM lives, which is one service for the whole partition, and the region that its
    /// signatures name.
    let iamHost: String
    let iamRegion: String

    private init(
        _ name: String, _ regionPrefix: String, _ suffix: String, iamRegion: String,
        iamHost: String? = nil
    ) {
        self.name = name
        self.regionPrefix = regionPrefix
        self.suffix = suffix
        self.iamRegion = iamRegion
        self.iamHost = iamHost ?? "iam.\(iamRegion).\(suffix)"
    }

    static let aws = Partition(
        "aws", "", "amazonaws.com", iamRegion: "us-east-1", iamHost: "iam.amazonaws.com")

    /// Those that a region's first letters tell.
    private static let others = [
        // IAM's is not the partition's implicit global region, which is cn-northwest-1.
        Partition("aws-cn", "cn-", "amazonaws.com.cn", iamRegion: "cn-north-1"),
        Partition("aws-eusc", "eusc-", "amazonaws.eu", iamRegion: "eusc-de-east-1"),
        Partition(
            "aws-us-gov", "us-gov-", "amazonaws.com", iamRegion: "us-gov-west-1",
            iamHost: "iam.us-gov.amazonaws.com"),
        Partition("aws-iso", "us-iso-", "c2s.ic.gov", iamRegion: "us-iso-east-1"),
        Partition("aws-iso-b", "us-isob-", "sc2s.sgov.gov", iamRegion: "us-isob-east-1"),
        Partition("aws-iso-e", "eu-isoe-", "cloud.adc-e.uk", iamRegion: "eu-isoe-west-1"),
        Partition("aws-iso-f", "us-isof-", "csp.hci.ic.gov", iamRegion: "us-isof-south-1"),
    ]

    /// The partition of `region`; `aws` for one that no other claims, as in the SDKs' rules.
    package init(ofRegion region: String) {
        self = Self.others.first { region.hasPrefix($0.regionPrefix) } ?? .aws
    }
}
