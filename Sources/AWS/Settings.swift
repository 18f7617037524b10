internal import HTTP

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

    /// The settings with where each was found.
    package struct Found: Sendable {
        package fileprivate(set) var region: Setting<String>
        package let maximumAttempts: Setting<Int>
        package let retryMode: Setting<RetryMode>
        package let usesFIPS: Setting<Bool>
        package let usesDualStack: Setting<Bool>
        package let stsEndpoints: Setting<STSEndpoints>
        /// The file of certificates to trust instead of the system's, or `nil`.
        package let certificateBundle: Setting<String>?
        /// What the services are told beside our own name, or `nil`.
        package let applicationID: Setting<String>?
    }

    package private(set) var found: Found
    private let addresses: [ServiceID: Setting<Endpoint.Address>]
    private let proxies: ProxyEnvironment

    package var region: String { found.region.value }
    /// Times that a call is sent at most, at least 1.
    package var maximumAttempts: Int { found.maximumAttempts.value }
    /// The file of certificates to trust instead of the system's, or `nil`.
    package var certificateBundle: String? { found.certificateBundle?.value }
    package var partition: Partition { Partition(ofRegion: region) }

    /// Where the calls of a service go.
    package func endpoint(for service: ServiceID) -> Endpoint {
        Endpoint(
            service, region: region,
            variant: Endpoint.Variant(
                isFIPS: found.usesFIPS.value, isDualStack: found.usesDualStack.value,
                isGlobalSTS: found.stsEndpoints.value == .legacy),
            custom: addresses[service])
    }

    /// The proxy that the calls of a service go through, without its user and password, and the
    /// variable that names it; `nil` where there is none.
    package func proxy(for service: ServiceID) -> Setting<String>? {
        let address = endpoint(for: service).address
        return proxies.proxy(of: address.host, address.scheme).map {
            Setting($0.address, source: $0.variable)
        }
    }

    /// What every request says of its sender: `gaara-infra/0.1 app/shop`.
    package var userAgent: String {
        let application = found.applicationID.map { " app/\($0.value)" } ?? ""
        return "gaara-infra/0.1" + application
    }

    /// The same settings in another region, such as that of a sign-in portal.
    package func inRegion(_ region: Setting<String>) throws(AWSError) -> Settings {
        var settings = self
        settings.found.region = try SettingSource.checked(region)
        return settings
    }

    /// What is accepted and does not do what its name says, for a person to know.
    package var notes: [String] {
        switch found.retryMode.value {
        case .standard: []
        case .adaptive, .legacy:
            [
                "\(found.retryMode.source) is \(found.retryMode.value.rawValue): calls are retried"
                    + " as in standard mode, and paced by the published quotas"
            ]
        }
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
    /// - Parameter fallbackRegion: what counts where nobody set a region.
    package init(
        arguments: Arguments, environment: [String: String], profile: [String: String],
        profileName: String = "default", services: [String: String] = [:],
        fallbackRegion: Setting<String>? = nil
    ) throws(AWSError) {
        let source = SettingSource(
            environment: environment, profile: profile, profileName: profileName)
        var region = try source.region(argument: arguments.region)
        if region == nil, let fallbackRegion { region = try SettingSource.checked(fallbackRegion) }
        guard let region else { throw source.noRegion() }
        found = Found(
            region: region, maximumAttempts: try source.maximumAttempts(),
            retryMode: try source.word(
                source.value("AWS_RETRY_MODE") ?? source.property("retry_mode"), else: .standard),
            usesFIPS: try source.flag(
                source.value("AWS_USE_FIPS_ENDPOINT") ?? source.property("use_fips_endpoint")),
            usesDualStack: try source.flag(
                source.value("AWS_USE_DUALSTACK_ENDPOINT")
                    ?? source.property("use_dualstack_endpoint")),
            stsEndpoints: try source.word(
                source.value("AWS_STS_REGIONAL_ENDPOINTS")
                    ?? source.property("sts_regional_endpoints"), else: .regional),
            certificateBundle: try source.certificateBundle(),
            applicationID: try source.applicationID())
        var addresses: [ServiceID: Setting<Endpoint.Address>] = [:]
        for service in ServiceID.allCases {
            addresses[service] = try source.endpoint(
                of: service, argument: arguments.endpointURL, services: services)
        }
        self.addresses = addresses
        proxies = ProxyEnvironment(environment)
        try refuseContradictions()
    }

    /// An endpoint that was given has no FIPS or dual-stack form: dropping the wish would send
    /// calls where they must not go.
    private func refuseContradictions() throws(AWSError) {
        let wishes = [found.usesFIPS, found.usesDualStack]
        for service in ServiceID.allCases {
            guard let address = addresses[service] else { continue }
            for wish in wishes where wish.value {
                throw AWSError(
                    .configuration,
                    "\(address.source) and \(wish.source) contradict each other: an endpoint that"
                        + " is given is used as it stands; unset one of the two")
            }
        }
    }
}
