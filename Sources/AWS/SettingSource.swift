/// Reads single settings from the environment and a profile, and remembers where each came from.
struct SettingSource {
    let environment: [String: String]
    let profile: [String: String]
    let profileName: String

    /// A setting's text with the name by which its author knows it.
    struct Value {
        let text: String
        let name: String
    }

    func value(_ variable: String) -> Value? {
        blankIsUnset(environment[variable]).map { Value(text: $0, name: variable) }
    }

    func property(_ name: String) -> Value? {
        blankIsUnset(profile[name]).map {
            Value(text: $0, name: "\(name) of profile \(profileName)")
        }
    }

    func argument(_ text: String?, _ name: String) -> Value? {
        blankIsUnset(text).map { Value(text: $0, name: name) }
    }

    /// `--region`, `AWS_REGION`, `AWS_DEFAULT_REGION`, the profile's `region`.
    func region(argument text: String?) throws(AWSError) -> String {
        let found =
            argument(text, "--region") ?? value("AWS_REGION") ?? value("AWS_DEFAULT_REGION")
            ?? property("region")
        guard let found else {
            throw AWSError(
                .region,
                "no region is set: give --region or AWS_REGION; also looked at"
                    + " AWS_DEFAULT_REGION and region of profile \(profileName)")
        }
        guard Region.isValid(found.text) else {
            throw AWSError(.region, "\(found.name) is not a region's name, such as us-east-1")
        }
        return found.text
    }

    /// At least 1; 3 where nothing is set.
    func maximumAttempts() throws(AWSError) -> Int {
        guard let found = value("AWS_MAX_ATTEMPTS") ?? property("max_attempts") else { return 3 }
        guard let number = Int(found.text), (1...100).contains(number) else {
            throw AWSError(.configuration, "\(found.name) is not a number from 1 to 100")
        }
        return number
    }

    /// Settings that would change where secrets go must not be ignored.
    func refuseUnsupported() throws(AWSError) {
        let settings = [
            value("AWS_USE_FIPS_ENDPOINT") ?? property("use_fips_endpoint"),
            value("AWS_USE_DUALSTACK_ENDPOINT") ?? property("use_dualstack_endpoint"),
        ]
        for case let setting? in settings where setting.text.lowercased() != "false" {
            throw AWSError(.configuration, "\(setting.name) is not supported yet: unset it")
        }
    }

    /// The endpoint that somebody configured for `service`; `nil` leaves it to AWS's rules.
    ///
    /// The order of the SDK guide's "service-specific endpoints": the argument, then the service's
    /// variable, the general one, the `services` section, the profile; the ignore switch drops all
    /// but the argument.
    func endpoint(
        of service: ServiceID, argument url: String?, services: [String: String]
    ) throws(AWSError) -> Endpoint.Address? {
        let configured =
            value("AWS_ENDPOINT_URL_\(service.settingName)") ?? value("AWS_ENDPOINT_URL")
            ?? section(services, service) ?? property("endpoint_url")
        let ignores =
            value("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS")
            ?? property("ignore_configured_endpoint_urls")
        let isIgnored = ignores?.text.lowercased() == "true"
        guard let found = argument(url, "--endpoint-url") ?? (isIgnored ? nil : configured) else {
            return nil
        }
        do {
            return try Endpoint.Address(url: found.text)
        } catch {
            throw AWSError(.configuration, "\(found.name) \(error.clause)")
        }
    }

    /// The `endpoint_url` below the service's name in a `services` section.
    private func section(_ services: [String: String], _ service: ServiceID) -> Value? {
        let key = service.settingName.lowercased()
        for line in (services[key] ?? "").split(separator: "\n") {
            let halves = line.split(separator: "=", maxSplits: 1).map { half in
                String(half.drop { $0 == " " || $0 == "\t" })
            }
            guard halves.count == 2, halves[0].hasPrefix("endpoint_url"),
                let text = blankIsUnset(halves[1])
            else { continue }
            return Value(text: text, name: "endpoint_url of \(key) in the profile's services")
        }
        return nil
    }
}
