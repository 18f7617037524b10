internal import HTTP
internal import POSIX

/// The metadata service of an EC2 instance, version 2 only: a `PUT` gives a token, which every
/// request then carries (AWS SDKs and Tools reference guide, "IMDS credential provider").
package struct InstanceMetadata: Sendable {
    let context: CredentialContext
    let address: WebAddress
    let allowed: AllowedAddresses
    /// Milliseconds, for the connection and for the answer.
    let timeout: Int
    /// Times that a request is sent at most.
    let attempts: Int

    /// Finds out where the service is.
    ///
    /// Throws `absent` when it is turned off, `unusable` when its settings cannot be understood.
    ///
    /// - Parameter endpoint: beats the settings, as `mode` does, which is `IPv4` or `IPv6`.
    package init(
        _ context: CredentialContext, endpoint: String? = nil, mode: String? = nil
    ) throws(CredentialError) {
        self.context = context
        if context.environment["AWS_EC2_METADATA_DISABLED"]?.lowercased() == "true" {
            throw .absent(["EC2 instance metadata: AWS_EC2_METADATA_DISABLED is true"])
        }
        let selection = context.configuration.selection(
            argument: context.arguments.profile, environment: context.environment)
        let source = Source(
            environment: context.environment,
            profile: context.configuration.profiles[selection.name] ?? [:],
            profileName: selection.name)
        (address, allowed) = try Self.place(source, endpoint: endpoint, mode: mode)
        // botocore makes one attempt; smithy-rs four, but none after a time-out, which is what
        // every machine but an instance would wait for.
        attempts =
            try Self.number(
                source.value("AWS_METADATA_SERVICE_NUM_ATTEMPTS")
                    ?? source.property("metadata_service_num_attempts")) ?? 4
        timeout =
            1_000
            * (try Self.number(
                source.value("AWS_METADATA_SERVICE_TIMEOUT")
                    ?? source.property("metadata_service_timeout")) ?? 1)
    }

    private static func place(
        _ source: Source, endpoint: String?, mode: String?
    ) throws(CredentialError) -> (WebAddress, AllowedAddresses) {
        let named =
            source.argument(endpoint, "the endpoint") ?? source.value(
                "AWS_EC2_METADATA_SERVICE_ENDPOINT")
            ?? source.property("ec2_metadata_service_endpoint")
        if let named {
            guard let address = try? WebAddress(named.text), !address.target.contains("?") else {
                throw .unusable("\(named.name) is not a URL like http://169.254.169.254")
            }
            // Somebody chose it, by name perhaps: the service need not be on this machine's link.
            return (address, .any)
        }
        let mode =
            source.argument(mode, "the endpoint mode") ?? source.value(
                "AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE")
            ?? source.property("ec2_metadata_service_endpoint_mode")
        let url =
            switch mode?.text.lowercased() {
            case nil, "ipv4": "http://169.254.169.254"
            case "ipv6": "http://[fd00:ec2::254]"
            default: ""
            }
        guard let address = try? WebAddress(url) else {
            throw .unusable("\(mode?.name ?? "the endpoint mode") is neither IPv4 nor IPv6")
        }
        return (address, .instanceMetadata)
    }

    private static func number(_ value: Source.Value?) throws(CredentialError) -> Int? {
        guard let value else { return nil }
        guard let number = Int(value.text), (1...100).contains(number) else {
            throw .unusable("\(value.name) is not a number from 1 to 100")
        }
        return number
    }

    /// The region that the instance is in.
    ///
    /// Throws `absent` where there is no instance.
    package func region() async throws(CredentialError) -> String {
        var visit = try await begin()
        guard let body = try await visit.get("/latest/meta-data/placement/region"),
            let text = String(validating: body, as: UTF8.self), Region.isValid(text)
        else {
            throw .unusable("EC2 instance metadata: the instance has no region of a known form")
        }
        return text
    }

    /// The settings of the service, each with the name by which its author knows it.
    private struct Source {
        let environment: [String: String]
        let profile: [String: String]
        let profileName: String

        typealias Value = (text: String, name: String)

        func value(_ variable: String) -> Value? {
            blankIsUnset(environment[variable]).map { ($0, variable) }
        }

        func property(_ name: String) -> Value? {
            blankIsUnset(profile[name]).map { ($0, "\(name) of profile \(profileName)") }
        }

        func argument(_ text: String?, _ name: String) -> Value? {
            blankIsUnset(text).map { ($0, name) }
        }
    }
}
