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
        let services = try #require(Self.sourceFolder)
        let files = [
            "KMS/Keys", "KMS/Aliases", "KMS/KeyRotation", "KMS/KeyPolicy", "KMS/KeyTags",
            "KMS/GenerateMac", "SecretsManager/Secrets", "SecretsManager/Values",
            "SecretsManager/Rotation", "SecretsManager/SecretTags", "IAM/Policies",
            "IAM/PolicyVersions", "IAM/Attachments", "IAM/AttachedEntities", "IAM/Principals",
            "STS",
        ]
        var types = 0
        for file in files {
            let bytes = try File.read("\(services)/\(file).swift", maximumBytes: 1 << 20)
            let text = String(decoding: bytes, as: UTF8.self)
            types += text.split(separator: "\n").count { line in
                line.contains(": JSONOperation") || line.contains(": QueryOperation")
            }
        }
        #expect(types == Operation.all.count)
    }

    private static var sourceFolder: String? {
        let root = #filePath.split(separator: "/").dropLast(3).joined(separator: "/")
        return "/\(root)/Sources/AWS/Services"
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
            if headers["X-Amz-Target"] != nil {
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

    @Test("every request is validly signed over exactly the headers that must be")
    func signatures() async throws {
        for input in SampleInputs.all {
            let operation = type(of: input).operation
            let bench = try Bench([.error(.untrusted)])
            _ = await bench.failure(input)
            let sent = try #require(bench.transport.sent.first)
            let verified = try SigV4.verify(
                SignableRequest(
                    method: sent.method, target: sent.target,
                    headers: sent.headers.map { (name: $0.name, value: $0.value) }, body: sent.body)
            ) { id in id == "AKIDEXAMPLE" ? Bench.credentials.signing : nil }
            let region = operation.service == .iam ? "us-east-1" : "eu-west-1"
            #expect(
                verified.scope
                    == CredentialScope(
                        day: "20150830", region: region, service: operation.service.prefix))
            let authorization = try #require(
                sent.headers.first { $0.name == "Authorization" }?.value)
            let isJSON = operation.service == .kms || operation.service == .secretsManager
            let names =
                "content-type;host;x-amz-date;x-amz-security-token"
                + (isJSON ? ";x-amz-target" : "")
            #expect(authorization.contains("SignedHeaders=\(names),"))
        }
    }

    @Test("what makes a second thing when executed twice gets a connection of its own")
    func neverTwice() async throws {
        let never = Operation.all.filter { !$0.isIdempotent }.map(\.description)
        #expect(never == ["kms CreateKey", "iam CreatePolicy", "iam CreatePolicyVersion"])
        for input in SampleInputs.all {
            let bench = try Bench([.error(.untrusted)])
            _ = await bench.failure(input)
            let sent = try #require(bench.transport.sent.first)
            #expect(sent.freshConnection == !type(of: input).operation.isIdempotent)
        }
    }

    @Test("what only reads is what AWS calls Get, List, Describe and GenerateMac")
    func reads() {
        for operation in Operation.all {
            let reads = ["Get", "List", "Describe", "GenerateMac"].contains {
                operation.name.hasPrefix($0)
            }
            #expect(operation.isRead == reads, "\(operation)")
        }
    }
}
