/// Region, endpoints and limits of a client, from arguments, environment and profile, checked.
package struct Settings: Sendable {
    /// What the command line gives.
    package struct Arguments: Hashable, Sendable {
        package var region: String?
        package var profile: String?
        package var endpointURL: String?

        package init(region: String? = nil, profile: String? = nil, endpointURL: String? = nil) {
            self.region = region
            self.profile = profile
            self.endpointURL = endpointURL
        }
    }

    package let region: String
    /// Times that a call is sent at most, at least 1.
    package let maximumAttempts: Int
    /// The file of certificates to trust instead of the system's, or `nil`.
    package let certificateBundle: String?
    private let endpoints: [ServiceID: Endpoint]

    package var partition: Partition { Partition(ofRegion: region) }

    /// Where the calls of a service go.
    package func endpoint(for service: ServiceID) -> Endpoint {
        endpoints[service] ?? Endpoint(service, region: region)
    }

    /// A region and nothing else, for a sandbox or a test.
    package init(region: String, maximumAttempts: Int = 3) throws(AWSError) {
        try self.init(
            arguments: Arguments(region: region),
            environment: ["AWS_MAX_ATTEMPTS": String(maximumAttempts)], profile: [:])
    }

    /// The settings by the SDKs' order: arguments, environment, `profile`.
    ///
    /// An empty value is unset.
    ///
    /// - Parameter profile: the properties of the selected profile; `profileName` is its name, for
    ///   messages.
    /// - Parameter services: the properties of the `services` section that the profile names.
    package init(
        arguments: Arguments, environment: [String: String], profile: [String: String],
        profileName: String = "default", services: [String: String] = [:]
    ) throws(AWSError) {
        let source = SettingSource(
            environment: environment, profile: profile, profileName: profileName)
        region = try source.region(argument: arguments.region)
        try source.refuseUnsupported()
        maximumAttempts = try source.maximumAttempts()
        certificateBundle =
            source.value("AWS_CA_BUNDLE")?.text ?? source.property("ca_bundle")?.text
        var endpoints: [ServiceID: Endpoint] = [:]
        for service in ServiceID.allCases {
            let custom = try source.endpoint(
                of: service, argument: arguments.endpointURL, services: services)
            endpoints[service] = Endpoint(service, region: region, custom: custom)
        }
        self.endpoints = endpoints
    }

    /// The settings with the profile that arguments and environment select.
    package init(
        arguments: Arguments, environment: [String: String], configuration: SharedConfiguration
    ) throws(AWSError) {
        let name = configuration.selection(
            argument: arguments.profile, environment: environment
        ).name
        let profile = configuration.profiles[name] ?? [:]
        let services = blankIsUnset(profile["services"]).flatMap { configuration.services[$0] }
        try self.init(
            arguments: arguments, environment: environment, profile: profile, profileName: name,
            services: services ?? [:])
    }
}
