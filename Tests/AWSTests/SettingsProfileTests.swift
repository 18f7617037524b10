import Testing

@testable import AWS

@Suite("Settings of a profile")
struct SettingsProfileTests {
    private static func configuration(_ text: String) throws(AWSError) -> SharedConfiguration {
        try SharedConfiguration(
            config: text, credentials: nil, locations: SharedConfiguration.Locations([:]))
    }

    @Test("the selected profile gives region and services section")
    func selectedProfile() throws {
        let configuration = try Self.configuration(
            """
            [profile work]
            region = eu-north-1
            services = local
            [services local]
            kms =
              endpoint_url = http://localhost:4566
            """)
        let settings = try Settings(
            arguments: Settings.Arguments(), environment: ["AWS_PROFILE": "work"],
            configuration: configuration)
        #expect(settings.region == "eu-north-1")
        #expect(settings.endpoint(for: .kms).address.authority == "localhost:4566")
        #expect(!settings.endpoint(for: .iam).isCustom)
    }

    @Test("a services section that the profile names and nobody wrote is an error")
    func missingSection() throws {
        let configuration = try Self.configuration(
            """
            [default]
            region = eu-north-1
            services = local
            """)
        let error = #expect(throws: AWSError.self) {
            try Settings(arguments: .init(), environment: [:], configuration: configuration)
        }
        #expect(
            error?.message
                == "services of profile default names a section that is not in ~/.aws/config or"
                + " ~/.aws/credentials")
    }

    @Test("a profile that somebody asks for and nobody wrote is an error; default need not exist")
    func missingProfile() throws {
        let configuration = try Self.configuration("")
        func failure(_ profile: String?, _ environment: [String: String]) -> String? {
            do {
                _ = try Settings(
                    arguments: .init(region: "eu-west-1", profile: profile),
                    environment: environment, configuration: configuration)
                return nil
            } catch {
                return error.message
            }
        }
        let end = "is not in ~/.aws/config or ~/.aws/credentials"
        #expect(failure("work", ["AWS_PROFILE": "x"]) == "profile work of --profile \(end)")
        #expect(failure(nil, ["AWS_PROFILE": "x"]) == "profile x of AWS_PROFILE \(end)")
        #expect(failure(nil, [:]) == nil)
        #expect(failure("default", [:]) == nil)
    }

    @Test("this machine is asked for its region only where nobody set one")
    func machineRegion() async throws {
        let empty = try Self.configuration("")
        let found = try await Settings.resolved(
            arguments: .init(), environment: [:], configuration: empty
        ) { "eu-south-1" }
        #expect(found.found.region == Setting("eu-south-1", source: "instance metadata"))

        let configuration = try Self.configuration("[default]\nregion = eu-north-1")
        let set = try await Settings.resolved(
            arguments: .init(), environment: [:], configuration: configuration
        ) {
            Issue.record("asked, and nobody needs the answer")
            return nil
        }
        #expect(set.found.region == Setting("eu-north-1", source: "region of profile default"))
    }

    @Test("a machine that has no region, or a wrong one, is an error that says so")
    func noMachineRegion() async throws {
        let empty = try Self.configuration("")
        let missing = await #expect(throws: AWSError.self) {
            try await Settings.resolved(
                arguments: .init(), environment: [:], configuration: empty
            ) { nil }
        }
        #expect(
            missing?.message.hasSuffix("; the instance metadata of this machine gives none") == true
        )
        let wrong = await #expect(throws: AWSError.self) {
            try await Settings.resolved(
                arguments: .init(), environment: [:], configuration: empty
            ) { "evil.example/" }
        }
        #expect(
            wrong?.message == "instance metadata is not a region's name, such as us-east-1")
    }
}
