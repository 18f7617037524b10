/// Which addresses a request may go to, whatever its host is called.
///
/// A name can lead elsewhere between the moment when it was looked at and its use (DNS rebinding),
/// so this is judged on the address that is connected to. A request with a rule goes through no
/// proxy, which would be connected to instead.
package enum AllowedAddresses: Hashable, Sendable {
    /// All: the peer proves who it is by its certificate.
    case any
    /// This machine.
    case loopback
    /// Where a container's credentials may come from over plain http: this machine, ECS, EKS (AWS
    /// SDKs and Tools reference guide, "Container credential provider").
    case containerCredentials
    /// The metadata service of an EC2 instance (the same guide, "IMDS credential provider").
    case instanceMetadata

    package func contains(_ address: IPAddress) -> Bool {
        switch self {
        case .any: true
        case .loopback: address.isLoopback
        case .containerCredentials: address.isLoopback || Self.container.contains(address)
        case .instanceMetadata: Self.instance.contains(address)
        }
    }

    /// Whether it is an address of a machine's own services, which no proxy can reach.
    static func isLocal(_ address: IPAddress) -> Bool {
        Self.containerCredentials.contains(address) || Self.instanceMetadata.contains(address)
    }

    private static let container = Set(
        ["169.254.170.2", "169.254.170.23", "fd00:ec2::23"].compactMap { IPAddress($0) })
    private static let instance = Set(
        ["169.254.169.254", "fd00:ec2::254"].compactMap { IPAddress($0) })
}

extension AllowedAddresses: CustomStringConvertible {
    /// What completes "which is not".
    package var description: String {
        switch self {
        case .any: "an address"
        case .loopback: "this machine"
        case .containerCredentials:
            "this machine, 169.254.170.2, 169.254.170.23 or fd00:ec2::23"
        case .instanceMetadata: "169.254.169.254 or fd00:ec2::254"
        }
    }
}
