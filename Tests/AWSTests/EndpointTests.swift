import JSON
import Testing

@testable import AWS

@Suite("Endpoint")
struct EndpointTests {
    /// Why a case of the public file is not answered here; `nil` when it is.
    private static func reasonToSkip(_ value: JSON) -> String? {
        if value["fips"]?.bool == true || value["dualstack"]?.bool == true {
            return "FIPS and dual-stack are refused by Settings until they are supported"
        }
        if value["region"]?.string == nil { return "a missing region is an error of Settings" }
        if value["stsGlobal"]?.bool == true {
            return "the legacy global STS endpoint is not offered"
        }
        return nil
    }

    @Test("every public case of our services, without FIPS and dual-stack, gives its address")
    func publicCases() throws {
        let services = Dictionary(
            uniqueKeysWithValues: ServiceID.allCases.map { ($0.prefix, $0) })
        var run = 0
        for value in try CaseFile("endpoints.json").cases("cases") {
            guard let service = value["service"]?.string.flatMap({ services[$0] }),
                Self.reasonToSkip(value) == nil, let region = value["region"]?.string
            else { continue }
            let custom = try value["customEndpoint"]?.string.map { try Endpoint.Address(url: $0) }
            let endpoint = Endpoint(service, region: region, custom: custom)
            let expected = try #require(value["expect"])
            #expect("https://" + endpoint.address.authority == expected["url"]?.string)
            #expect(endpoint.signingRegion == expected["signingRegion"]?.string ?? region)
            run += 1
        }
        #expect(run == 54)
    }

    @Test("the partition follows from the region, and an unknown region is in aws")
    func partitions() throws {
        for value in try CaseFile("endpoints.json").cases("partitions") {
            let name = try #require(value["id"]?.string)
            for region in try #require(value["regions"]?.array).compactMap(\.string)
            where !region.hasSuffix("-global") {
                let partition = Partition(ofRegion: region)
                #expect(partition.name == name)
                #expect(partition.suffix == value["dnsSuffix"]?.string)
            }
        }
        #expect(Partition(ofRegion: "mars-north-1").name == "aws")
    }

    @Test("IAM has one address in each partition, and its own signing region")
    func iam() {
        // botocore 1.44.5, iam endpoint-rule-set-1.json.
        for (region, host, signing) in [
            ("eu-west-1", "iam.amazonaws.com", "us-east-1"),
            ("cn-northwest-1", "iam.cn-north-1.amazonaws.com.cn", "cn-north-1"),
            ("us-gov-east-1", "iam.us-gov.amazonaws.com", "us-gov-west-1"),
            ("eusc-de-east-1", "iam.eusc-de-east-1.amazonaws.eu", "eusc-de-east-1"),
        ] {
            let endpoint = Endpoint(.iam, region: region)
            #expect(endpoint.address.host == host)
            #expect(endpoint.signingRegion == signing)
        }
    }

    @Test("a custom address keeps the signing region of the rules")
    func customAddress() throws {
        let address = try Endpoint.Address(url: "http://127.0.0.1:5000/")
        let endpoint = Endpoint(.iam, region: "eu-west-1", custom: address)
        #expect(endpoint.signingRegion == "us-east-1")
        #expect(endpoint.address.authority == "127.0.0.1:5000")
        #expect(endpoint.isCustom)
    }

    @Test(
        "an address is read with its host and port",
        arguments: [
            ("https://localhost", "localhost"), ("https://a.example:443/", "a.example"),
            ("https://a.example:8443", "a.example:8443"), ("http://[::1]:80", "[::1]"),
            ("HTTP://LocalHost:4566", "localhost:4566"), ("http://127.8.9.1:1", "127.8.9.1:1"),
        ])
    func addresses(url: String, authority: String) throws {
        #expect(try Endpoint.Address(url: url).authority == authority)
    }

    @Test(
        "what is no address of host and port is refused",
        arguments: [
            "", "localhost:5000", "ftp://localhost", "https://", "https://user:pw@host",
            "https://host?x", "https://host#x", "https://host:0", "https://host:65536",
            "https://host:+1", "https://ho st", "https://host\r\nx: y", "https://[::1",
            "https://[host]",
            "https://host:", "https://h\\x",
        ])
    func badAddresses(url: String) {
        #expect(throws: Endpoint.Address.Fault.notAURL) { try Endpoint.Address(url: url) }
    }

    @Test(
        "plain http leads to this machine only",
        arguments: [
            "http://10.0.0.1", "http://example.com", "http://localhost.example.com",
            "http://127.0.0.1.example.com", "http://127.0.0", "http://0.0.0.0", "http://[::2]",
        ])
    func plainHTTP(url: String) {
        #expect(throws: Endpoint.Address.Fault.plainToElsewhere) {
            try Endpoint.Address(url: url)
        }
    }

    @Test("a path after the host is refused, not dropped")
    func path() {
        #expect(throws: Endpoint.Address.Fault.hasPath) {
            try Endpoint.Address(url: "https://host/prefix")
        }
    }
}
