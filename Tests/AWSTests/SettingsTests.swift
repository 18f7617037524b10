import Testing

@testable import AWS

@Suite("Settings")
struct SettingsTests {
    private func settings(
        region: String? = nil, url: String? = nil, _ environment: [String: String] = [:],
        profile: [String: String] = [:], services: [String: String] = [:]
    ) throws(AWSError) -> Settings {
        try Settings(
            arguments: Settings.Arguments(region: region, endpointURL: url),
            environment: environment, profile: profile, services: services)
    }

    private func failure(
        region: String? = "eu-west-1", url: String? = nil, _ environment: [String: String] = [:],
        profile: [String: String] = [:]
    ) -> AWSError? {
        do {
            _ = try settings(region: region, url: url, environment, profile: profile)
            return nil
        } catch {
            return error
        }
    }

    @Test("the region is the argument's, AWS_REGION's, AWS_DEFAULT_REGION's, the profile's")
    func regionOrder() throws {
        var environment = ["AWS_REGION": "b-1", "AWS_DEFAULT_REGION": "c-1"]
        let profile = ["region": "d-1"]
        #expect(try settings(region: "a-1", environment, profile: profile).region == "a-1")
        #expect(try settings(region: " ", environment, profile: profile).region == "b-1")
        environment["AWS_REGION"] = ""
        #expect(try settings(environment, profile: profile).region == "c-1")
        #expect(try settings(profile: profile).region == "d-1")
    }

    @Test("no region is an error that names every place looked at")
    func noRegion() throws {
        let error = try #require(failure(region: nil))
        #expect(error.kind == .region)
        #expect(
            error.description
                == "no region is set: give --region or AWS_REGION; also looked at"
                + " AWS_DEFAULT_REGION and region of profile default")
    }

    @Test(
        "a region that could leave its place in a host name is refused",
        arguments: ["us-east-1.evil.example/#", "US-EAST-1", "us east", "-a", "a-", "us-east-1\n"])
    func badRegion(region: String) throws {
        let error = try #require(failure(region: nil, ["AWS_REGION": region]))
        #expect(error.kind == .region)
        #expect(error.message == "AWS_REGION is not a region's name, such as us-east-1")
    }

    @Test(
        "an endpoint is the argument's, the service's variable's, the general one's, the profile's")
    func endpointOrder() throws {
        var environment = [
            "AWS_ENDPOINT_URL_SECRETS_MANAGER": "https://b", "AWS_ENDPOINT_URL": "https://c",
        ]
        let profile = ["endpoint_url": "https://e"]
        let services = ["secrets_manager": "\nendpoint_url = https://d", "kms": "\nx = y"]
        func host(_ settings: Settings, _ service: ServiceID) -> String {
            settings.endpoint(for: service).address.host
        }
        var found = try settings(
            region: "eu-west-1", url: "https://a", environment, profile: profile,
            services: services)
        #expect(host(found, .secretsManager) == "a")
        found = try settings(
            region: "eu-west-1", environment, profile: profile, services: services)
        #expect(host(found, .secretsManager) == "b")
        #expect(host(found, .kms) == "c")
        environment = [:]
        found = try settings(
            region: "eu-west-1", environment, profile: profile, services: services)
        #expect(host(found, .secretsManager) == "d")
        #expect(host(found, .kms) == "e")
        environment["AWS_IGNORE_CONFIGURED_ENDPOINT_URLS"] = "TRUE"
        found = try settings(
            region: "eu-west-1", environment, profile: profile, services: services)
        #expect(host(found, .secretsManager) == "secretsmanager.eu-west-1.amazonaws.com")
        found = try settings(
            region: "eu-west-1", url: "https://a", environment, profile: profile,
            services: services)
        #expect(host(found, .kms) == "a")
    }

    @Test("a wrong endpoint is an error that names its setting and not its text")
    func wrongEndpoint() throws {
        let error = try #require(failure(["AWS_ENDPOINT_URL_KMS": "https://u:hunter2@host"]))
        #expect(error.kind == .configuration)
        #expect(error.message == "AWS_ENDPOINT_URL_KMS is not a URL like https://host:port")
        let plain = try #require(failure(url: "http://10.0.0.1"))
        #expect(plain.message.hasPrefix("--endpoint-url must begin with https://"))
    }

    @Test("FIPS and dual-stack endpoints are refused, not ignored")
    func unsupported() throws {
        let fips = try #require(failure(["AWS_USE_FIPS_ENDPOINT": "true"]))
        #expect(fips.message == "AWS_USE_FIPS_ENDPOINT is not supported yet: unset it")
        let dual = try #require(failure(profile: ["use_dualstack_endpoint": "true"]))
        #expect(
            dual.message
                == "use_dualstack_endpoint of profile default is not supported yet: unset it")
        #expect(failure(["AWS_USE_FIPS_ENDPOINT": "false"]) == nil)
    }

    @Test("attempts and the certificate bundle come from the environment before the profile")
    func others() throws {
        let profile = ["region": "eu-west-1", "max_attempts": "5", "ca_bundle": "/p.pem"]
        let fromProfile = try settings(profile: profile)
        #expect(fromProfile.maximumAttempts == 5)
        #expect(fromProfile.certificateBundle == "/p.pem")
        let fromEnvironment = try settings(
            ["AWS_MAX_ATTEMPTS": "1", "AWS_CA_BUNDLE": "/e.pem"], profile: profile)
        #expect(fromEnvironment.maximumAttempts == 1)
        #expect(fromEnvironment.certificateBundle == "/e.pem")
        #expect(try settings(region: "eu-west-1").maximumAttempts == 3)
        for text in ["0", "101", "three"] {
            #expect(failure(["AWS_MAX_ATTEMPTS": text])?.kind == .configuration)
        }
    }

    @Test("the selected profile gives region and services section")
    func selectedProfile() throws {
        let configuration = try SharedConfiguration(
            config: """
                [profile work]
                region = eu-north-1
                services = local
                [services local]
                kms =
                  endpoint_url = http://localhost:4566
                """, credentials: nil, locations: SharedConfiguration.Locations([:]))
        let settings = try Settings(
            arguments: Settings.Arguments(), environment: ["AWS_PROFILE": "work"],
            configuration: configuration)
        #expect(settings.region == "eu-north-1")
        #expect(settings.endpoint(for: .kms).address.authority == "localhost:4566")
        #expect(!settings.endpoint(for: .iam).isCustom)
    }
}
