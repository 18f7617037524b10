import AWSSandbox
import Digest
import HTTP
import JSON
import Testing

/// Compressed bodies, through the one operation that the SDKs compress.
@Suite struct GzipTests {
    let bench: Bench

    init() throws { bench = try Bench(delays: .none) }

    private func put(_ body: [UInt8], encoding: String = "gzip") async throws -> HTTPResponse {
        try await bench.send(
            "POST", "/", "monitoring",
            [
                ("X-Amz-Target", "GraniteServiceVersion20100801.PutMetricData"),
                ("Content-Type", "application/x-amz-json-1.0"), ("Content-Encoding", encoding),
            ], body)
    }

    private func metrics() async throws -> [String] {
        try await bench.cloudWatch("ListMetrics", [:]).json?["Metrics"]?.array?
            .compactMap { $0["MetricName"]?.string } ?? []
    }

    // Made by Python's zlib: one metric stored and with fixed codes, 40 with codes of their own.
    static let stored =
        "H4sIAAAAAAAEAwFBAL7/eyJOYW1lc3BhY2UiOiJHYWFyYSIsIk1ldHJpY0RhdGEiOlt7Ik1ldHJpY05hbWUiOiJt"
        + "IiwiVmFsdWUiOjF9XX0Xm4icQQAAAA=="
    static let fixed =
        "H4sIAAAAAAACA6tW8kvMTS0uSExOVbJSck9MLEpU0lHyTS0pykx2SSxJVLKKroZyQQqBanKB8mGJOaVAtmFtbC0A"
        + "F5uInEEAAAA="
    static let dynamic =
        "H4sIAAAAAAACA5WVPWsCQRRF/8oytZGdd+ftR1qFVElnmpBikC2EaETXSvzvcYLFXEiKW84wlwPL4ew1vOX9dD7m"
        + "7RSem/CS8ymHRRNep/m0267znO/XH9fHubwtz/a/p6e2vHzPX5dy2S7b+2lz2M3lxer7cpjDbdH8M431NC5dmFo9"
        + "hURFPU0SNdXTTqJ6Pe0laldPR4na0xduJexAW5O4I20hcSMZFV1Tip3qNDJZFQeNTF7FUSOTWRY1MrllppHJLksa"
        + "mfwy18gkmPUamQyzQYsHGQYtWkaGQcwWd0sLl5Fh0NJlZBi0eBkZBi1fRoZBC5iRYUkrmJFhSUuYkWFJaxjIsKQ1"
        + "DGRY0hoGMixpDQP/G7WGgQxzrWEgw1xrGMgw1xoGMsy1hoEMc61hIMP8z4Z93n4ApjRbu50JAAA="

    // reference/moto.md, STS and others: boto3 compresses above 10 KB, and moto answers 500.
    @Test(
        "a body that is compressed is read, however it was",
        arguments: [(stored, 1), (fixed, 1), (dynamic, 40)])
    func read(body: String, count: Int) async throws {
        let bytes = try #require(Base64.decode(body))
        #expect(try await put(bytes).status == 200)
        let names = try await metrics()
        #expect(names.count == count)
        #expect(names.allSatisfy { $0.hasPrefix("m") })
    }

    @Test("a body that is damaged anywhere, cut or not compressed is refused")
    func damaged() async throws {
        let bytes = try #require(Base64.decode(Self.dynamic))
        // Bytes 4 to 9 hold a time and other remarks that nobody reads.
        for place in [0, 1, 2] + Array(stride(from: 10, to: bytes.count, by: 7)) {
            var changed = bytes
            changed[place] ^= 0x55
            #expect(try await put(changed).bareRefusal[0] == "SerializationException")
        }
        for length in stride(from: 0, to: bytes.count, by: 11) {
            let answer = try await put(Array(bytes.prefix(length)))
            #expect(answer.bareRefusal[0] == "SerializationException")
        }
        #expect(try await put(Array("{}".utf8)).status == 400)
        #expect(try await put(bytes, encoding: "br").status == 400)
        #expect(try await metrics() == [])
    }
}
