extension SettingSource {
    /// The endpoint that somebody configured for `service`; `nil` leaves it to AWS's rules.
    ///
    /// The order of the SDK guide's "service-specific endpoints": the argument, then the service's
    /// variable, the general one, the `services` section, the profile; the ignore switch drops all
    /// but the argument.
    func endpoint(
        of service: ServiceID, argument url: String?, services: [String: String]
    ) throws(AWSError) -> Setting<Endpoint.Address>? {
        let ignored = try flag(
            value("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS")
                ?? property("ignore_configured_endpoint_urls"))
        var found = argument(url, "--endpoint-url")
        if found == nil, !ignored.value {
            found =
                value("AWS_ENDPOINT_URL_\(service.settingName)") ?? value("AWS_ENDPOINT_URL")
            if found == nil { found = try section(services, service) ?? property("endpoint_url") }
        }
        guard let found else { return nil }
        do {
            return Setting(try Endpoint.Address(url: found.value), source: found.source)
        } catch {
            throw AWSError(.configuration, "\(found.source) \(error.clause)")
        }
    }

    /// The `endpoint_url` below the service's name in a `services` section.
    private func section(
        _ services: [String: String], _ service: ServiceID
    ) throws(AWSError) -> Setting<String>? {
        let key = service.settingName.lowercased()
        guard let block = services[key], !block.isEmpty else { return nil }
        let place = "\(key) in the services of profile \(profileName)"
        guard block.hasPrefix("\n") else {
            throw AWSError(.configuration, "\(place) has a value instead of indented settings")
        }
        var found: Setting<String>?
        for line in block.split(separator: "\n") {
            let halves = line.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
                .map { Self.trimmed($0) }
            guard halves.count == 2, !halves[0].isEmpty else {
                throw AWSError(.configuration, "\(place) has a line that is not name = value")
            }
            guard halves[0].lowercased() == "endpoint_url" else { continue }
            found = blankIsUnset(String(halves[1])).map {
                Setting($0, source: "endpoint_url of \(place)")
            }
        }
        return found
    }

    private static func trimmed(_ text: Substring) -> Substring {
        var text = text.drop(while: \.isWhitespace)
        while text.last?.isWhitespace == true { text.removeLast() }
        return text
    }
}
