import POSIX
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
        arguments: [
            "us-east-1.evil.example/#", "US-EAST-1", "us east", "-a", "a-", "us-east-1\n",
            "us-east-1.", "u@evil", "us-east-1:443", "us\\east", "us%2deast", "üs-east-1",
            "us-east-1\u{0}", "us_east_1", "[::1]", String(repeating: "a", count: 64),
        ])
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

    @Test("an old name that asks for FIPS is refused with what to set instead")
    func pseudoRegion() throws {
        for region in ["fips-us-east-1", "us-gov-west-1-fips"] {
            let error = try #require(failure(region: region))
            #expect(error.kind == .region)
            #expect(error.message.hasSuffix("and set AWS_USE_FIPS_ENDPOINT=true"))
        }
    }

    @Test("FIPS and dual-stack addresses come from the environment before the profile")
    func variants() throws {
        let profile = ["use_fips_endpoint": "true", "use_dualstack_endpoint": "TRUE"]
        var found = try settings(region: "us-east-1", profile: profile)
        #expect(found.endpoint(for: .kms).address.host == "kms-fips.us-east-1.api.aws")
        #expect(found.found.usesFIPS.source == "use_fips_endpoint of profile default")
        found = try settings(
            region: "us-east-1", ["AWS_USE_FIPS_ENDPOINT": "false"], profile: profile)
        #expect(found.endpoint(for: .kms).address.host == "kms.us-east-1.api.aws")
        #expect(found.found.usesFIPS == Setting(false, source: "AWS_USE_FIPS_ENDPOINT"))
        found = try settings(region: "us-east-1", ["AWS_STS_REGIONAL_ENDPOINTS": "legacy"])
        #expect(found.endpoint(for: .sts).address.host == "sts.amazonaws.com")
        #expect(found.found.stsEndpoints.source == "AWS_STS_REGIONAL_ENDPOINTS")
    }

    @Test("an endpoint that is given and a wish for FIPS or dual-stack contradict each other")
    func contradiction() throws {
        let fips = try #require(
            failure(url: "https://a", ["AWS_USE_FIPS_ENDPOINT": "true"]))
        #expect(fips.message.hasPrefix("--endpoint-url and AWS_USE_FIPS_ENDPOINT contradict"))
        let dual = try #require(
            failure(
                ["AWS_ENDPOINT_URL_LAMBDA": "https://a"],
                profile: ["use_dualstack_endpoint": "true"]))
        #expect(
            dual.message.hasPrefix(
                "AWS_ENDPOINT_URL_LAMBDA and use_dualstack_endpoint of profile default contradict"))
        #expect(
            failure([
                "AWS_USE_FIPS_ENDPOINT": "true", "AWS_ENDPOINT_URL": "https://a",
                "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS": "true",
            ]) == nil)
    }

    @Test(
        "a word that a setting does not have is an error that names the setting, not the word",
        arguments: [
            ("AWS_USE_FIPS_ENDPOINT", "yes", "is neither true nor false"),
            ("AWS_USE_DUALSTACK_ENDPOINT", "1", "is neither true nor false"),
            ("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS", "on", "is neither true nor false"),
            ("AWS_RETRY_MODE", "fast", "is none of standard, adaptive, legacy"),
            ("AWS_STS_REGIONAL_ENDPOINTS", "global", "is none of regional, legacy"),
            ("AWS_MAX_ATTEMPTS", "0", "is not a number from 1 to 100"),
            ("AWS_MAX_ATTEMPTS", "101", "is not a number from 1 to 100"),
            ("AWS_MAX_ATTEMPTS", "three", "is not a number from 1 to 100"),
        ])
    func unknownWords(variable: String, text: String, clause: String) throws {
        let error = try #require(failure([variable: text]))
        #expect(error.kind == .configuration)
        #expect(error.message == "\(variable) \(clause)")
    }

    @Test("attempts and retry mode come from the environment before the profile")
    func retries() throws {
        let profile = ["region": "eu-west-1", "max_attempts": "5", "retry_mode": "Adaptive"]
        let fromProfile = try settings(profile: profile)
        #expect(fromProfile.maximumAttempts == 5)
        #expect(fromProfile.found.retryMode.value == .adaptive)
        #expect(
            fromProfile.notes == [
                "retry_mode of profile default is adaptive: calls are retried as in standard mode,"
                    + " and paced by the published quotas"
            ])
        let fromEnvironment = try settings(
            ["AWS_MAX_ATTEMPTS": "1", "AWS_RETRY_MODE": "standard"], profile: profile)
        #expect(fromEnvironment.maximumAttempts == 1)
        #expect(fromEnvironment.notes == [])
        let standard = try settings(region: "eu-west-1")
        #expect(standard.found.maximumAttempts == Setting(3, source: "default"))
        #expect(standard.found.retryMode == Setting(.standard, source: "default"))
    }

    @Test("the application id goes into the user agent")
    func applicationID() throws {
        #expect(try settings(region: "eu-west-1").userAgent == "gaara-infra/0.1")
        let found = try settings(
            region: "eu-west-1", ["AWS_SDK_UA_APP_ID": "shop-1.2"],
            profile: ["sdk_ua_app_id": "other"])
        #expect(found.userAgent == "gaara-infra/0.1 app/shop-1.2")
        #expect(found.found.applicationID?.source == "AWS_SDK_UA_APP_ID")
        let longest = String(repeating: "a", count: 50)
        #expect(failure(profile: ["sdk_ua_app_id": longest]) == nil)
        for text in [longest + "a", "a b", "a/b", "a\r\nx: y", "é", "a(b)", "½"] {
            let error = try #require(failure(profile: ["sdk_ua_app_id": text]))
            #expect(
                error.message
                    == "sdk_ua_app_id of profile default is not up to 50 letters, digits and"
                    + " !#$%&'*+-.^_`|~,")
        }
    }

    @Test("the certificate bundle is a file that can be read and has a certificate")
    func certificateBundle() throws {
        let folder = try TemporaryFolder()
        let bundle = folder.file("ca.pem")
        try File.write(bundle, Array("-----BEGIN CERTIFICATE-----\n".utf8))
        try File.write(folder.file("empty.pem"), [])
        let found = try settings(
            region: "eu-west-1", ["AWS_CA_BUNDLE": bundle], profile: ["ca_bundle": "/none"])
        #expect(found.certificateBundle == bundle)
        #expect(found.found.certificateBundle?.source == "AWS_CA_BUNDLE")
        let atHome = try settings(
            region: "eu-west-1", ["HOME": folder.path], profile: ["ca_bundle": "~/ca.pem"])
        #expect(atHome.certificateBundle == bundle)
        #expect(try settings(region: "eu-west-1").found.certificateBundle == nil)

        let messages = [
            "/nonexistent/ca.pem", folder.path, folder.file("empty.pem"), "~/ca.pem",
        ].map { failure(["AWS_CA_BUNDLE": $0])?.message ?? "accepted" }
        #expect(messages[0].hasPrefix("AWS_CA_BUNDLE: cannot read /nonexistent/ca.pem"))
        #expect(messages[1].hasPrefix("AWS_CA_BUNDLE: cannot read \(folder.path)"))
        #expect(messages[2] == "AWS_CA_BUNDLE names a file without a certificate in PEM form")
        #expect(messages[3] == "AWS_CA_BUNDLE begins with ~/, and HOME is not set")
    }

    @Test("the proxy of a service's endpoint is told without its password")
    func proxy() throws {
        let environment = [
            "HTTPS_PROXY": "http://u:hunter2@proxy:3128", "NO_PROXY": ".eu-west-1.amazonaws.com",
        ]
        let found = try settings(region: "eu-west-1", environment)
        #expect(found.proxy(for: .kms) == nil)
        #expect(
            found.proxy(for: .iam) == Setting("http://proxy:3128", source: "HTTPS_PROXY"))
        let local = try settings(region: "eu-west-1", url: "https://localhost:1", environment)
        #expect(local.proxy(for: .iam) == nil)
        var dumped = ""
        dump(found, to: &dumped)
        #expect(!dumped.contains("hunter2"))
    }

    @Test("each setting remembers who set it")
    func sources() throws {
        var found = try settings(
            region: "eu-west-1",
            ["AWS_ENDPOINT_URL_KMS": "https://a", "AWS_MAX_ATTEMPTS": "2"],
            profile: ["endpoint_url": "https://b"], services: ["sts": "\nendpoint_url = https://c"])
        #expect(found.found.region == Setting("eu-west-1", source: "--region"))
        #expect(found.found.maximumAttempts == Setting(2, source: "AWS_MAX_ATTEMPTS"))
        #expect(found.endpoint(for: .kms).source == "AWS_ENDPOINT_URL_KMS")
        #expect(
            found.endpoint(for: .sts).source
                == "endpoint_url of sts in the services of profile default")
        #expect(found.endpoint(for: .iam).source == "endpoint_url of profile default")
        found = try settings(["AWS_DEFAULT_REGION": "eu-west-1"])
        #expect(found.found.region.source == "AWS_DEFAULT_REGION")
        #expect(found.endpoint(for: .iam).source == nil)
    }

    @Test("in another region the endpoints are that region's, and what was configured stays")
    func otherRegion() throws {
        let settings = try settings(
            region: "eu-west-1",
            ["AWS_ENDPOINT_URL_KMS": "https://a", "AWS_MAX_ATTEMPTS": "2"])
        let other = try settings.inRegion(Setting("us-gov-west-1", source: "sso_region"))
        #expect(other.endpoint(for: .sso).address.host == "portal.sso.us-gov-west-1.amazonaws.com")
        #expect(other.endpoint(for: .kms).address.host == "a")
        #expect(other.endpoint(for: .kms).signingRegion == "us-gov-west-1")
        #expect(other.maximumAttempts == 2)
        #expect(other.found.region.source == "sso_region")
        #expect(throws: AWSError.self) {
            try settings.inRegion(Setting("evil.example/", source: "sso_region"))
        }
    }

    @Test(
        "a services section with anything but name = value is refused",
        arguments: [
            ("https://a", "has a value instead of indented settings"),
            ("\nendpoint_url", "has a line that is not name = value"),
            ("\n= https://a", "has a line that is not name = value"),
        ])
    func servicesSection(block: String, clause: String) {
        let error = #expect(throws: AWSError.self) {
            try settings(region: "eu-west-1", services: ["kms": block])
        }
        #expect(error?.message == "kms in the services of profile default \(clause)")
    }

    @Test("a name that only begins like endpoint_url is not it")
    func endpointURLPrefix() throws {
        let found = try settings(
            region: "eu-west-1", services: ["kms": "\nendpoint_url_fips = https://a"])
        #expect(!found.endpoint(for: .kms).isCustom)
    }
}
