import JSON
import Testing

@testable import AWS

@Suite("Endpoint")
struct EndpointTests {
    /// Why a public case is not answered here, or answered otherwise; `nil` when it agrees.
    private static func difference(_ value: JSON) -> String? {
        switch value["service"]?.string {
        case "logs", "sns": return "not ours: no command calls the service"
        default: break
        }
        if value["region"]?.string == nil, value["customEndpoint"]?.string != nil,
            value["expect"]?["error"] == nil
        {
            return "Settings want a region beside an endpoint: without one there is no signature"
        }
        return nil
    }

    /// What the settings make of a case's inputs.
    private static func answer(_ value: JSON, _ service: ServiceID) throws(AWSError) -> Endpoint {
        var environment = [
            "AWS_USE_FIPS_ENDPOINT": value["fips"]?.bool == true ? "true" : "false",
            "AWS_USE_DUALSTACK_ENDPOINT": value["dualstack"]?.bool == true ? "true" : "false",
            "AWS_STS_REGIONAL_ENDPOINTS": value["stsGlobal"]?.bool == true ? "legacy" : "regional",
        ]
        environment["AWS_REGION"] = value["region"]?.string
        environment["AWS_ENDPOINT_URL"] = value["customEndpoint"]?.string
        return try Settings(arguments: .init(), environment: environment, profile: [:])
            .endpoint(for: service)
    }

    @Test("every public case of our services gives its address and signing region, or an error")
    func publicCases() throws {
        let names: [String: ServiceID] = [
            "kms": .kms, "secretsmanager": .secretsManager, "iam": .iam, "sts": .sts,
            "cloudwatch": .cloudWatch, "resourcegroupstaggingapi": .tagging, "sso": .sso,
            "sso-oidc": .ssoOIDC,
        ]
        var tally = Tally("endpoints.json cases")
        for (index, value) in try CaseFile("endpoints.json").cases("cases").enumerated() {
            let id = "\(index + 1)"
            if let reason = Self.difference(value) {
                tally.add(id, ["not answered"], because: reason)
                continue
            }
            let service = try #require(value["service"]?.string.flatMap { names[$0] })
            let expected = try #require(value["expect"])
            let wanted = [
                expected["url"]?.string,
                expected["signingRegion"]?.string ?? value["region"]?.string,
            ]
            do {
                let endpoint = try Self.answer(value, service)
                let found = [endpoint.address.url, endpoint.signingRegion]
                tally.add(id, found == wanted ? [] : ["\(found) is not \(wanted)"])
            } catch {
                tally.add(id, expected["error"] != nil ? [] : ["\(value): \(error)"])
            }
        }
        tally.report()
        #expect(tally.differences == [:])
        #expect(tally.run == 179 + 6 + 45)
        #expect(tally.deviations.values.map(\.count).sorted() == [6, 45])
    }

    @Test("every service in every partition has botocore's address, plain, FIPS, dual-stack, both")
    func ruleSets() throws {
        let names: [String: ServiceID] = [
            "kms": .kms, "secretsmanager": .secretsManager, "iam": .iam, "sts": .sts,
            "cloudwatch": .cloudWatch, "resourcegroupstaggingapi": .tagging, "lambda": .lambda,
            "sso": .sso, "sso-oidc": .ssoOIDC,
        ]
        #expect(Set(names.values) == Set(ServiceID.allCases))
        var tally = Tally("endpoint-rules.json rows")
        for row in try CaseFile("endpoint-rules.json").cases("rows") {
            let cells = try #require(row.array).compactMap(\.string)
            let service = try #require(names[cells[0]])
            for (index, variant) in [
                Endpoint.Variant(), Endpoint.Variant(isFIPS: true),
                Endpoint.Variant(isDualStack: true),
                Endpoint.Variant(isFIPS: true, isDualStack: true),
            ].enumerated() {
                let endpoint = Endpoint(service, region: cells[1], variant: variant)
                let found = [endpoint.address.url, endpoint.signingRegion]
                let wanted = [cells[2 + index], cells[6 + index]]
                tally.add(
                    "\(service) \(cells[1]) \(index)",
                    found == wanted ? [] : ["\(found) is not \(wanted)"])
            }
        }
        tally.report()
        #expect(tally.differences == [:])
        #expect(tally.run == 792)
    }

    @Test("the old global address of STS serves the regions that had it, plain only")
    func globalSTS() {
        let old = Endpoint.Variant(isGlobalSTS: true)
        func host(_ region: String, _ variant: Endpoint.Variant) -> String {
            Endpoint(.sts, region: region, variant: variant).address.host
        }
        #expect(host("eu-west-1", old) == "sts.amazonaws.com")
        #expect(Endpoint(.sts, region: "eu-west-1", variant: old).signingRegion == "us-east-1")
        #expect(host("af-south-1", old) == "sts.af-south-1.amazonaws.com")
        #expect(host("cn-north-1", old) == "sts.cn-north-1.amazonaws.com.cn")
        #expect(
            host("eu-west-1", Endpoint.Variant(isFIPS: true, isGlobalSTS: true))
                == "sts-fips.eu-west-1.amazonaws.com")
        #expect(
            host("eu-west-1", Endpoint.Variant(isDualStack: true, isGlobalSTS: true))
                == "sts.eu-west-1.api.aws")
        #expect(
            Endpoint(.kms, region: "eu-west-1", variant: old).address.host
                == "kms.eu-west-1.amazonaws.com")
    }

    @Test("the partition follows from the region, and an unknown region is in aws")
    func partitions() throws {
        var tally = Tally("endpoints.json partitions")
        for value in try CaseFile("endpoints.json").cases("partitions") {
            let name = try #require(value["id"]?.string)
            let wanted = [
                name, value["dnsSuffix"]?.string, value["dualStackDnsSuffix"]?.string,
            ]
            var differences: [String] = []
            for region in try #require(value["regions"]?.array).compactMap(\.string) {
                let partition = Partition(ofRegion: region)
                let found = [partition.name, partition.suffix, partition.dualStackSuffix]
                if found != wanted { differences.append("\(region): \(found) is not \(wanted)") }
            }
            tally.add(name, differences)
        }
        tally.report()
        #expect(tally.run == 8)
        #expect(tally.differences == [:])
        #expect(Partition(ofRegion: "mars-north-1").name == "aws")
    }

    @Test("a custom address keeps the signing region of the rules")
    func customAddress() throws {
        let address = try Endpoint.Address(url: "http://127.0.0.1:5000/")
        let endpoint = Endpoint(
            .iam, region: "eu-west-1", custom: Setting(address, source: "--endpoint-url"))
        #expect(endpoint.signingRegion == "us-east-1")
        #expect(endpoint.address.authority == "127.0.0.1:5000")
        #expect(endpoint.isCustom)
        #expect(endpoint.source == "--endpoint-url")
        #expect(!Endpoint(.iam, region: "eu-west-1").isCustom)
    }
}
