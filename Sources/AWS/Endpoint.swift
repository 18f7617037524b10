internal import HTTP

/// Where a service's calls go, and the region that their signature names.
package struct Endpoint: Hashable, Sendable {
    package let address: Address
    package let signingRegion: String
    /// The setting that gives the address; `nil` where AWS's rules do.
    package let source: String?

    /// Whether somebody configured it, instead of AWS's rules.
    package var isCustom: Bool { source != nil }

    /// Which of a service's addresses is wanted.
    package struct Variant: Hashable, Sendable {
        /// Cryptography validated by FIPS 140.
        package var isFIPS = false
        /// Reached over IPv6 as well.
        package var isDualStack = false
        /// STS at its old address for all regions, in those that had it.
        package var isGlobalSTS = false

        package init(isFIPS: Bool = false, isDualStack: Bool = false, isGlobalSTS: Bool = false) {
            self.isFIPS = isFIPS
            self.isDualStack = isDualStack
            self.isGlobalSTS = isGlobalSTS
        }
    }

    /// The endpoint by AWS's rules, or `custom` with the signing region that the rules give.
    ///
    /// - Parameter region: valid by `Region`, since it enters a host name.
    package init(
        _ service: ServiceID, region: String, variant: Variant = Variant(),
        custom: Setting<Address>? = nil
    ) {
        let partition = Partition(ofRegion: region)
        let isRegional = variant.isFIPS || variant.isDualStack
        let isGlobalSTS =
            region == "aws-global"
            || variant.isGlobalSTS && custom == nil && Self.globalSTSRegions.contains(region)
        var host = Self.host(of: service, region: region, in: partition, variant)
        var signingRegion = region
        switch service {
        case .iam: signingRegion = partition.iam.region
        case .sts where isGlobalSTS && !isRegional:
            (host, signingRegion) = ("sts.amazonaws.com", "us-east-1")
        case .kms, .secretsManager, .sts, .cloudWatch, .tagging, .lambda, .sso, .ssoOIDC: break
        }
        address = custom?.value ?? Address(host: host)
        self.signingRegion = signingRegion
        source = custom?.source
    }

    /// `{prefix}{-fips}.{region}.{suffix}`, with the exceptions of botocore 1.44.5's
    /// `endpoint-rule-set-1.json` files.
    private static func host(
        of service: ServiceID, region: String, in partition: Partition, _ variant: Variant
    ) -> String {
        var (isFIPS, isDualStack) = (variant.isFIPS, variant.isDualStack)
        var label: String? = region
        switch service {
        case .iam:
            let iam = partition.iam
            label =
                isFIPS
                ? (isDualStack ? iam.both : iam.fips) : (isDualStack ? iam.dualStack : iam.plain)
            isFIPS = isFIPS && iam.saysFIPS
        case .secretsManager:
            // Its ordinary names have IPv6 addresses.
            switch partition.name {
            case "aws", "aws-us-gov": isDualStack = false
            case "aws-cn": isDualStack = isDualStack && isFIPS
            default: break
            }
        // In GovCloud the ordinary names are the FIPS ones.
        case .cloudWatch: isFIPS = isFIPS && partition.name != "aws-us-gov"
        case .sts, .sso, .ssoOIDC:
            isFIPS = isFIPS && (partition.name != "aws-us-gov" || isDualStack)
        case .kms, .tagging, .lambda: break
        }
        let suffix = isDualStack ? partition.dualStackSuffix : partition.suffix
        return service.prefix + (isFIPS ? "-fips." : ".") + (label.map { "\($0)." } ?? "") + suffix
    }

    /// The regions that STS had its global address for: `UseGlobalEndpoint` in STS's
    /// `endpoint-rule-set-1.json`.
    private static let globalSTSRegions: Set<String> = [
        "ap-northeast-1", "ap-south-1", "ap-southeast-1", "ap-southeast-2", "aws-global",
        "ca-central-1", "eu-central-1", "eu-north-1", "eu-west-1", "eu-west-2", "eu-west-3",
        "sa-east-1", "us-east-1", "us-east-2", "us-west-1", "us-west-2",
    ]
}
