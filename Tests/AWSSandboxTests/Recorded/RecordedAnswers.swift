import Digest
import JSON
import POSIX

/// What AWS answered to the calls of other people's tests: `Cases/recorded-answers.json`, whose
/// head says where each fact is from.
struct RecordedAnswers: Sendable {
    /// One call that AWS refused.
    struct Refusal: Sendable {
        /// `kms DescribeKey`.
        let operation: String
        /// The test and its step, unique together: `TestKMS::test_create_alias create_alias`.
        let name: String
        let code: String
        /// `nil` where the recording does not tell, as for the two below.
        let status: Int?
        /// A digest: see `RecordedText`.
        let text: String?
        /// `message` or `Message`.
        let member: String?
    }

    /// What the successful answers of one operation had.
    struct Success: Sendable {
        let operation: String
        /// Dotted paths of the members that every recorded answer had, lists and their elements
        /// being one.
        let always: Set<String>
        /// Those that some had.
        let sometimes: Set<String>
    }

    let refusals: [Refusal]
    let successes: [Success]
    /// The numbers of refusals that have no row, by operation.
    let elsewhere: [String: Int]

    init() throws {
        let folder = #filePath.split(separator: "/").dropLast(2).joined(separator: "/")
        let file = try JSON(
            parsing: try File.read("/\(folder)/Cases/recorded-answers.json", maximumBytes: 1 << 20))
        var refusals: [Refusal] = []
        for tests in file["refusals"]?.object?.members.map(\.value) ?? [] {
            for (test, steps) in tests.object?.members ?? [] {
                refusals += (steps.array ?? []).compactMap { Refusal($0, of: test) }
            }
        }
        self.refusals = refusals
        successes = (file["answers"]?.array ?? []).compactMap(Success.init)
        var elsewhere: [String: Int] = [:]
        for counts in file["elsewhere"]?.object?.members.map(\.value) ?? [] {
            for (operation, count) in counts.object?.members ?? [] {
                elsewhere[operation, default: 0] += count.int ?? 0
            }
        }
        self.elsewhere = elsewhere
    }
}

extension RecordedAnswers.Refusal {
    fileprivate init?(_ json: JSON, of test: String) {
        guard let operation = json["operation"]?.string, let step = json["step"]?.string,
            let code = json["code"]?.string
        else { return nil }
        self.init(
            operation: operation, name: "\(test) \(step)", code: code, status: json["status"]?.int,
            text: json["text"]?.string, member: json["member"]?.string)
    }
}

extension RecordedAnswers.Success {
    fileprivate init?(_ json: JSON) {
        guard let operation = json["operation"]?.string else { return nil }
        self.init(
            operation: operation,
            always: Set((json["always"]?.array ?? []).compactMap(\.string)),
            sometimes: Set((json["sometimes"]?.array ?? []).compactMap(\.string)))
    }
}

/// A refusal's text as it is compared: what differs between two accounts is taken out of it.
///
/// The table holds digests of texts, so ours becomes one too.
enum RecordedText {
    /// - Parameter names: the names and identifiers that the recording has a placeholder for.
    static func digest(_ text: String, without names: [String]) -> String {
        Hex.encode(Array(SHA256.hash(Array(plain(text, without: names).utf8)).prefix(8)))
    }

    static func plain(_ text: String, without names: [String]) -> String {
        var text = String(text.trimmingPrefix(while: \.isWhitespace))
        while text.last?.isWhitespace == true { text.removeLast() }
        text = text.replacing(/arn:[^\s'"(),]*[^\s'"(),.:]/, with: "{arn}")
        for name in names { text = text.replacing(name, with: "{}") }
        return text
    }
}
