import HTTP
import Testing

@testable import AWS

@Suite("Pages")
struct PagesTests {
    private func page(_ names: [String], next: String?) -> String {
        let secrets = names.map { #"{"ARN":"arn:\#($0)","Name":"\#($0)"}"# }
        let token = next.map { #","NextToken":"\#($0)""# } ?? ""
        return #"{"SecretList":[\#(secrets.joined(separator: ","))]\#(token)}"#
    }

    @Test("a list goes on over empty pages to its end, each page asked for with the marker before")
    func emptyPages() async throws {
        let bench = try Bench([
            .answer(200, page(["a"], next: "t1")), .answer(200, page([], next: "t2")),
            .answer(200, page(["b", "c"], next: "")),
        ])
        let secrets = try await bench.client.all(SecretsManager.ListSecrets())
        #expect(secrets.map(\.name) == ["a", "b", "c"])
        let bodies = bench.transport.sent.map { String(decoding: $0.body, as: UTF8.self) }
        #expect(bodies.map { $0.contains("NextToken") } == [false, true, true])
        #expect(bodies[2].contains(#""NextToken":"t2""#))
    }

    @Test("a marker given twice is an error instead of an endless list")
    func repeatedMarker() async throws {
        let bench = try Bench(
            ["t1", "t2", "t1"].map { .answer(200, page([], next: $0)) })
        let error = await #expect(throws: AWSError.self) {
            try await bench.client.all(SecretsManager.ListSecrets())
        }
        #expect(error?.kind == .malformedAnswer)
        #expect(error?.message == "the service gave the same page marker twice")
        #expect(bench.transport.sent.count == 3)
    }

    @Test("a list that never ends is cut")
    func endless() async throws {
        let bench = try Bench((0...1_100).map { .answer(200, page([], next: "t\($0)")) })
        let error = await #expect(throws: AWSError.self) {
            try await bench.client.all(SecretsManager.ListSecrets())
        }
        #expect(error?.message == "the list has more than 1000 pages")
    }

    @Test("KMS and IAM say that more follows, and then must say where")
    func truncation() async throws {
        let end = try Bench([.answer(200, #"{"Keys":[],"Truncated":false,"NextMarker":"m"}"#)])
        #expect(try await end.client.all(KMS.ListKeys()).isEmpty)
        let missing = try Bench([.answer(200, #"{"Keys":[],"Truncated":true}"#)])
        let error = await #expect(throws: AWSError.self) {
            try await missing.client.all(KMS.ListKeys())
        }
        #expect(error?.message == "NextMarker is missing")
    }

    @Test("pages can be taken one by one")
    func oneByOne() async throws {
        let bench = try Bench([
            .answer(200, page(["a"], next: "t1")), .answer(200, page(["b"], next: nil)),
        ])
        for try await page in bench.client.pages(SecretsManager.ListSecrets()) {
            #expect(page.map(\.name) == ["a"])
            break
        }
        #expect(bench.transport.sent.count == 1)
    }
}
