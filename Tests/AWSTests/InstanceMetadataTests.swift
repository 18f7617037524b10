import HTTP
import JSON
import Testing

@testable import AWS

@Suite("InstanceMetadata")
struct InstanceMetadataTests {
    @Test("every recorded case asks for its token where it should, or is refused")
    func cases() async throws {
        let cases = try CaseFile("credentials.json").cases("imdsEndpoint")
        #expect(cases.count == 14)
        var tally = Tally("credentials.json imdsEndpoint")
        for value in cases {
            let title = value["title"]?.string ?? ""
            let files = value["files"]?.strings ?? [:]
            let bench = try MetadataBench(
                value["env"]?.strings ?? [:], config: files["config"], answers: [.answer(404, "")])
            var outcome: String
            do throws(CredentialError) {
                let metadata = try InstanceMetadata(
                    bench.context, endpoint: value["endpointArgument"]?.string,
                    mode: value["modeArgument"]?.string)
                outcome = "no request"
                _ = try? await metadata.region()
                if let request = bench.transport.sent.first {
                    outcome = MetadataBench.url(request)
                    #expect(request.method == "PUT")
                }
            } catch {
                outcome =
                    error.text.contains("neither IPv4 nor IPv6")
                    ? "invalid-endpoint-mode" : "invalid-endpoint"
                #expect(error.text.lowercased().contains("metadata_service_endpoint"))
            }
            let expected =
                value["expect"]?["tokenUrl"]?.string ?? value["expect"]?["error"]?.string
            tally.add(title, outcome == expected ? [] : [outcome])
        }
        tally.report()
        #expect(tally.differences == [:])
    }

    @Test("the service's own addresses are checked on connecting, a chosen endpoint is not")
    func rules() throws {
        #expect(try InstanceMetadata(MetadataBench().context).allowed == .instanceMetadata)
        let six = try MetadataBench(["AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE": "ipv6"])
        #expect(try InstanceMetadata(six.context).allowed == .instanceMetadata)
        let chosen = try MetadataBench(["AWS_EC2_METADATA_SERVICE_ENDPOINT": "http://imds.example"])
        #expect(try InstanceMetadata(chosen.context).allowed == .any)
    }

    @Test("an endpoint may have a path, which stands before the service's own")
    func path() async throws {
        for endpoint in ["http://127.0.0.1:1338/x", "http://127.0.0.1:1338/x/"] {
            let bench = try MetadataBench(
                ["AWS_EC2_METADATA_SERVICE_ENDPOINT": endpoint],
                answers: [.answer(200, "t"), .answer(200, "eu-west-1")])
            #expect(try await InstanceMetadata(bench.context).region() == "eu-west-1")
            #expect(
                bench.sent == [
                    "PUT http://127.0.0.1:1338/x/latest/api/token",
                    "GET http://127.0.0.1:1338/x/latest/meta-data/placement/region",
                ])
        }
    }

    @Test(
        "true in any case turns it off, and nothing is sent", arguments: ["true", "TRUE", "True"])
    func disabled(_ text: String) throws {
        let bench = try MetadataBench(["AWS_EC2_METADATA_DISABLED": text])
        #expect(
            throws: CredentialError.absent([
                "EC2 instance metadata: AWS_EC2_METADATA_DISABLED is true"
            ])
        ) { try InstanceMetadata(bench.context) }
        let on = try MetadataBench(["AWS_EC2_METADATA_DISABLED": "false"])
        #expect(throws: Never.self) { try InstanceMetadata(on.context) }
    }

    @Test("time limit and attempts are a second and four, or as configured")
    func limits() throws {
        let standard = try InstanceMetadata(MetadataBench().context)
        #expect(standard.timeout == 1_000 && standard.attempts == 4)
        let variables = try InstanceMetadata(
            MetadataBench([
                "AWS_METADATA_SERVICE_TIMEOUT": "3", "AWS_METADATA_SERVICE_NUM_ATTEMPTS": "1",
            ]).context)
        #expect(variables.timeout == 3_000 && variables.attempts == 1)
        let profile = try InstanceMetadata(
            MetadataBench(
                config: """
                    [default]
                    metadata_service_timeout = 5
                    metadata_service_num_attempts = 2
                    """
            ).context)
        #expect(profile.timeout == 5_000 && profile.attempts == 2)
        let bad = try MetadataBench(["AWS_METADATA_SERVICE_TIMEOUT": "0"])
        #expect(throws: CredentialError.self) { try InstanceMetadata(bad.context) }
    }

    @Test(
        "a region is a region's name, and nothing else is taken for one",
        arguments: ["", "evil.example/#", "us-east-1\n", "us east"])
    func badRegion(_ text: String) async throws {
        let bench = try MetadataBench(answers: [.answer(200, "t"), .answer(200, text)])
        let metadata = try InstanceMetadata(bench.context)
        await #expect(throws: CredentialError.self) { try await metadata.region() }
    }
}
