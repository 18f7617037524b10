/// A separate AWS, with its own accounts, regions and host names.
///
/// From botocore 1.44.5 `data/partitions.json`, by which every partition has FIPS and dual-stack
/// names. IAM's place is from its `endpoint-rule-set-1.json`.
package struct Partition: Hashable, Sendable {
    /// The second part of its ARNs.
    package let name: String
    /// What its regions begin with.
    private let regionPrefix: String
    let suffix: String
    let dualStackSuffix: String
    let iam: IAM

    /// Where IAM lives, which is one service for the whole partition.
    struct IAM: Hashable, Sendable {
        /// What its signatures name.
        let region: String
        /// The label between the service's and the suffix, for each kind of address; no two
        /// partitions have the same idea of it.
        let plain, fips, dualStack, both: String?
        /// Whether the first label says `-fips`.
        var saysFIPS = true
    }

    private init(
        _ name: String, _ regionPrefix: String, _ suffix: String, _ dualStackSuffix: String,
        _ iam: IAM
    ) {
        self.name = name
        self.regionPrefix = regionPrefix
        self.suffix = suffix
        self.dualStackSuffix = dualStackSuffix
        self.iam = iam
    }

    static let aws = Partition(
        "aws", "", "amazonaws.com", "api.aws",
        IAM(region: "us-east-1", plain: nil, fips: nil, dualStack: "global", both: "global"))

    /// Those that a region's first letters tell.
    private static let others = [
        // IAM's is not the partition's implicit global region, which is cn-northwest-1.
        Partition(
            "aws-cn", "cn-", "amazonaws.com.cn", "api.amazonwebservices.com.cn",
            IAM(
                region: "cn-north-1", plain: "cn-north-1", fips: nil, dualStack: "global",
                both: nil)),
        Partition(
            "aws-eusc", "eusc-", "amazonaws.eu", "api.amazonwebservices.eu",
            IAM(
                region: "eusc-de-east-1", plain: "eusc-de-east-1", fips: nil, dualStack: "global",
                both: nil)),
        Partition(
            "aws-us-gov", "us-gov-", "amazonaws.com", "api.aws",
            IAM(
                region: "us-gov-west-1", plain: "us-gov", fips: "us-gov", dualStack: "us-gov",
                both: "us-gov", saysFIPS: false)),
        Partition(
            "aws-iso", "us-iso-", "c2s.ic.gov", "api.aws.ic.gov",
            IAM(
                region: "us-iso-east-1", plain: "us-iso-east-1", fips: "us-iso-east-1",
                dualStack: nil, both: nil)),
        Partition(
            "aws-iso-b", "us-isob-", "sc2s.sgov.gov", "api.aws.scloud",
            IAM(
                region: "us-isob-east-1", plain: "us-isob-east-1", fips: "us-isob-east-1",
                dualStack: nil, both: nil)),
        Partition(
            "aws-iso-e", "eu-isoe-", "cloud.adc-e.uk", "api.cloud-aws.adc-e.uk",
            IAM(
                region: "eu-isoe-west-1", plain: "eu-isoe-west-1", fips: nil, dualStack: nil,
                both: nil)),
        Partition(
            "aws-iso-f", "us-isof-", "csp.hci.ic.gov", "api.aws.hci.ic.gov",
            IAM(
                region: "us-isof-south-1", plain: "us-isof-south-1", fips: nil, dualStack: nil,
                both: nil)),
    ]

    /// The partition of `region`, which may be its name for "everywhere", `aws-cn-global`; `aws`
    /// for one that no other claims, as in the SDKs' rules.
    package init(ofRegion region: String) {
        self =
            Self.others.first {
                region.hasPrefix($0.regionPrefix) || region == "\($0.name)-global"
            } ?? .aws
    }
}
