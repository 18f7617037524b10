extension Settings {
    /// The settings with the profile that arguments and environment select.
    ///
    /// - Parameter fallbackRegion: what counts where nobody set a region.
    package init(
        arguments: Arguments, environment: [String: String], configuration: SharedConfiguration,
        fallbackRegion: Setting<String>? = nil
    ) throws(AWSError) {
        let name = configuration.selection(
            argument: arguments.profile, environment: environment
        ).name
        // Somebody's region, endpoints and role are in it: going on without them would go elsewhere.
        guard let profile = configuration.profiles[name] ?? (name == "default" ? [:] : nil) else {
            let setting = blankIsUnset(arguments.profile) == nil ? "AWS_PROFILE" : "--profile"
            throw AWSError(
                .configuration,
                "profile \(name) of \(setting) is not in \(configuration.places)")
        }
        var services: [String: String] = [:]
        if let section = blankIsUnset(profile["services"]) {
            // Without it calls would go to AWS that were meant for elsewhere.
            guard let found = configuration.services[section] else {
                throw AWSError(
                    .configuration,
                    "services of profile \(name) names a section that is not in"
                        + " \(configuration.places)")
            }
            services = found
        }
        try self.init(
            arguments: arguments, environment: environment, profile: profile, profileName: name,
            services: services, fallbackRegion: fallbackRegion)
    }

    /// As above; where nobody set a region, this machine is asked for its own.
    ///
    /// - Parameter machineRegion: what the metadata of an EC2 instance says; `nil` where it says
    ///   nothing.
    package static func resolved(
        arguments: Arguments, environment: [String: String], configuration: SharedConfiguration,
        machineRegion: @Sendable () async -> String?
    ) async throws(AWSError) -> Settings {
        var fallback: Setting<String>?
        if let source = try unsetRegion(
            arguments: arguments, environment: environment, configuration: configuration)
        {
            guard let region = await machineRegion() else {
                throw source.noRegion("; the instance metadata of this machine gives none")
            }
            fallback = Setting(region, source: "instance metadata")
        }
        return try Settings(
            arguments: arguments, environment: environment, configuration: configuration,
            fallbackRegion: fallback)
    }
    /// Where a region was looked for and nobody set one; `nil` where somebody did.
    static func unsetRegion(
        arguments: Arguments, environment: [String: String], configuration: SharedConfiguration
    ) throws(AWSError) -> SettingSource? {
        let name = configuration.selection(
            argument: arguments.profile, environment: environment
        ).name
        let source = SettingSource(
            environment: environment, profile: configuration.profiles[name] ?? [:],
            profileName: name)
        return try source.region(argument: arguments.region) == nil ? source : nil
    }
}
