import JSON
import Testing

@testable import AWSSandbox

@Suite struct StateCoderTests {
    private struct Thing: Codable, Hashable {
        enum Kind: Hashable, Codable {
            case plain, numbered(Int), named(first: String, second: String?)
        }

        enum Word: String, Codable, CodingKeyRepresentable { case one, two }

        var text = "a\"\\\n\u{1F600}\u{0}"
        var empty = ""
        var whole = Int.min
        var large = UInt64.max
        var real = 0.1
        var flag = true
        var nothing: Int?
        var something: Int? = 0
        var bytes: [UInt8] = [0, 255, 1]
        var noBytes: [UInt8] = []
        var texts: [String] = []
        var list: [[Int]] = [[], [1, 2]]
        var kinds: [Kind] = [.plain, .numbered(2), .named(first: "a", second: nil)]
        var members: [String: [Word: Thing?]] = ["": [:]]
        var set: Set<Int> = [3]
    }

    private func encoded(_ value: some Encodable) throws -> JSON {
        try JSON(parsing: try StateEncoder.encode(value))
    }

    @Test("what is written is read as it was, whatever stands in it")
    func roundTrip() throws {
        var thing = Thing()
        thing.members["inner \u{7F}"] = [.one: Thing(), .two: nil]
        let json = try encoded(thing)
        #expect(try StateDecoder.decode(Thing.self, from: json) == thing)
        #expect(json["bytes"] == "AP8B")
        #expect(json["texts"] == [])
        #expect(json["large"] == .number("18446744073709551615"))
    }

    private func fault(_ change: (inout JSONObject) -> Void) throws -> StateFault? {
        var object = try #require(try encoded(Thing()).object)
        change(&object)
        do throws(StateFault) {
            _ = try StateDecoder.decode(Thing.self, from: .object(object))
            return nil
        } catch {
            return error
        }
    }

    @Test("a member too many, too few or of another kind is told with its place")
    func faults() throws {
        #expect(try fault { _ in } == nil)
        let cases: [(String, JSON?, String, String)] = [
            ("new", 1, "new", "this member is unknown"),
            ("text", nil, "text", "this member is missing"),
            ("text", 1, "text", "a text is expected here"),
            ("whole", .number("1.5"), "whole", "a whole number is expected here"),
            ("whole", .number("9223372036854775808"), "whole", "a whole number is expected here"),
            ("large", .number("-1"), "large", "a whole number is expected here"),
            ("real", "x", "real", "a number is expected here"),
            ("flag", 0, "flag", "true or false is expected here"),
            ("bytes", "AP8", "bytes", "base64 is expected here"),
            ("bytes", [1], "bytes", "base64 is expected here"),
            ("list", [[1], ["x"]], "list.[1].[0]", "a whole number is expected here"),
            ("list", [:], "list", "an array is expected here"),
            ("members", [], "members", "an object is expected here"),
            (
                "members", ["a": ["three": [:]]], "members.a.three",
                "this is not what a sandbox writes here"
            ),
            ("kinds", [["other": [:]]], "kinds.[0]", "this is not what a sandbox writes here"),
        ]
        for (key, value, place, reason) in cases {
            let found = try fault { $0[key] = value }
            #expect(found?.place == place, "\(key): \(value?.compact ?? "none")")
            #expect(found?.reason == reason, "\(key): \(value?.compact ?? "none")")
        }
        let inner = try fault { $0["kinds"] = [["numbered": ["_0": 1, "_1": 2]]] }
        #expect(inner == StateFault("kinds.[0].numbered._1", "this member is unknown"))
    }
}
