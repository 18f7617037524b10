import HTTP
import JSON
import POSIX
import SigV4
import Testing

@testable import AWS

@Suite("Operation")
struct OperationTests {
    @Test("every operation has a sample and a captured request, and the list has each once")
    func complete() throws {
        let listed = Operation.all
        #expect(Set(listed).count == listed.count)
        #expect(listed == SampleInputs.all.map { type(of: $0).operation })
        let captured = try CaseFile("requests.json").cases("cases").compactMap { value in
            value["operation"]?.string.map { "\(value["service"]?.string ?? "") \($0)" }
        }
        #expect(captured == listed.map(\.description))
    }

    @Test("every operation type in the sources is in the list")
    func nothingForgotten() throws {
        let services = try #require(Self.folder("Sources/AWS/Services"))
        let child = try ChildProcess(
            ["grep", "-rhE", ": (JSON|Query|REST)Operation\\b", services],
            environment: ["LC_ALL": "C"], maximumOutput: 1 << 20
        ).run()
        try #require(child.isSuccess)
        let types = String(decoding: child.output, as: UTF8.self).split(separator: "\n").count
        #expect(types == Operation.all.count)
    }

    /// A place in the repository.
    private static func folder(_ path: String) -> String? {
        "/\(#filePath.split(separator: "/").dropLast(3).joined(separator: "/"))/\(path)"
    }

    @Test("the captured requests are what botocore sends now")
    func captured() throws {
        let child = try ChildProcess(
            [
                try #require(Self.folder(".build/python/bin/python3")),
                try #require(Self.folder("Scripts/capture-requests.py")),
            ],
            environment: ["LC_ALL": "C.UTF-8", "PATH": "/usr/bin:/bin"], maximumOutput: 4 << 20
        ).run()
        let said = String(decoding: child.errorOutput, as: UTF8.self)
        try #require(child.isSuccess, "\(child.ending): \(said)")
        #expect(try JSON(parsing: child.output) == CaseFile("requests.json").root)
    }

    @Test("every request is what botocore sends for the same input")
    func requests() async throws {
        let cases = try CaseFile("requests.json").cases("cases")
        for (input, value) in zip(SampleInputs.all, cases) {
            let name = type(of: input).operation.description
            let bench = try Bench([.error(.untrusted)])
            _ = await bench.failure(input)
            let sent = try #require(bench.transport.sent.first)
            #expect(sent.method == value["method"]?.string, "\(name)")
            #expect("https://\(sent.host)\(sent.target)" == value["url"]?.string, "\(name)")
            let headers = Dictionary(uniqueKeysWithValues: sent.headers.map { ($0.name, $0.value) })
            #expect(headers["X-Amz-Target"] == value["target"]?.string, "\(name)")
            #expect(headers["Content-Type"] == value["contentType"]?.string, "\(name)")
            let expected = Array(try #require(value["body"]?.string).utf8)
            if headers["Content-Type"]?.contains("json") ?? false {
                #expect(try JSON(parsing: sent.body) == JSON(parsing: expected), "\(name)")
            } else {
                let ours = try #require(PercentCoding.formMembers(sent.body))
                let theirs = try #require(PercentCoding.formMembers(expected))
                #expect(
                    Dictionary(uniqueKeysWithValues: ours)
                        == Dictionary(uniqueKeysWithValues: theirs), "\(name)")
                // The escapes as well: both are as many bytes.
                #expect(sent.body.count == expected.count, "\(name)")
            }
        }
    }

    @Test("every request is validly signed over the headers that botocore signs, for its scope")
    func signatures() async throws {
        let cases = try CaseFile("requests.json").cases("cases")
        var equal = 0
        for (input, value) in zip(SampleInputs.all, cases) {
            let operation = type(of: input).operation
            let bench = try Bench([.error(.untrusted)])
            _ = await bench.failure(input)
            let sent = try #require(bench.transport.sent.first)
            guard operation.isSigned else {
                #expect(!sent.headers.contains { $0.name == "Authorization" }, "\(operation)")
                #expect(value["headers"]?.strings == [:], "\(operation)")
                continue
            }
            let ours = try Self.verified(
                sent.method, sent.target, sent.headers.map { ($0.name, $0.value) }, sent.body)
            let theirHeaders = try #require(value["headers"]?.strings)
            let body = Array(try #require(value["body"]?.string).utf8)
            let theirs = try Self.verified(
                sent.method, sent.target, theirHeaders.map { ($0.key, $0.value) }, body)
            #expect(ours.scope == theirs.scope, "\(operation)")
            let authorization = try #require(
                sent.headers.first { $0.name == "Authorization" }?.value)
            let names = theirHeaders.keys.filter { $0 != "authorization" }.sorted()
            #expect(
                authorization.contains("SignedHeaders=\(names.joined(separator: ";")),"),
                "\(operation)")
            if sent.body == body {
                #expect(authorization == theirHeaders["authorization"], "\(operation)")
                equal += 1
            }
        }
        #expect(equal > 20)
    }

    private static func verified(
        _ method: String, _ target: String, _ headers: [(name: String, value: String)],
        _ body: [UInt8]
    ) throws -> SigV4.Verified {
        try SigV4.verify(
            SignableRequest(method: method, target: target, headers: headers, body: body)
        ) { id in id == "AKIDEXAMPLE" ? Bench.credentials.signing : nil }
    }

    @Test("what makes a second thing when executed twice gets a connection of its own")
    func neverTwice() async throws {
        let never = Operation.all.filter { !$0.isIdempotent }.map(\.description)
        #expect(
            never == [
                "kms CreateKey", "iam CreatePolicy", "iam CreatePolicyVersion",
                "monitoring PutMetricData",
            ])
        for input in SampleInputs.all {
            let bench = try Bench([.error(.untrusted)])
            _ = await bench.failure(input)
            let sent = try #require(bench.transport.sent.first)
            #expect(sent.freshConnection == !type(of: input).operation.isIdempotent)
        }
    }

    @Test(
        "what only reads is what AWS calls Get, List, Describe, and what computes and keeps nothing"
    )
    func reads() {
        let names = [
            "Get", "BatchGet", "List", "Describe", "Simulate", "Validate", "Generate", "Decrypt",
        ]
        for operation in Operation.all {
            let reads = names.contains {
                operation.name.hasPrefix($0)
            }
            #expect(operation.isRead == reads, "\(operation)")
        }
    }
}
