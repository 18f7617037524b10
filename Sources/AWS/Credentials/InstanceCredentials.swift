/// Credentials of the role that an EC2 instance has.
///
/// Each call asks for a new token, for the role and for its credentials: calls are hours apart.
package struct InstanceCredentials: CredentialProvider {
    private let context: CredentialContext

    package init(_ context: CredentialContext) { self.context = context }

    private static let path = "/latest/meta-data/iam/security-credentials/"

    package func credentials() async throws(CredentialError) -> Credentials {
        let metadata = try InstanceMetadata(context)
        var visit = try await metadata.begin()
        guard let name = try await visit.get(Self.path), !name.isEmpty else {
            throw .absent(["EC2 instance metadata: the instance has no role"])
        }
        let role = String(decoding: name, as: UTF8.self)
        guard Self.isRole(role) else {
            throw .unusable("EC2 instance metadata: the role's name is not one that IAM gives")
        }
        guard let body = try await visit.get(Self.path + role) else {
            throw .unusable("EC2 instance metadata: role \(role) has no credentials")
        }
        do {
            return try Credentials(metadata: body, source: "role \(role) of this EC2 instance")
        } catch {
            throw .unusable("EC2 instance metadata: role \(role): \(error.reason)")
        }
    }

    /// IAM's rule for names of roles, since it goes into a path: `[\w+=,.@-]{1,64}`.
    private static func isRole(_ name: String) -> Bool {
        (1...64).contains(name.utf8.count)
            && name.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "0")...UInt8(ascii: "9"):
                    true
                default: "_+=,.@-".utf8.contains(byte)
                }
            }
    }
}
