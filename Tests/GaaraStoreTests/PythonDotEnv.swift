import Digest
import GaaraStore
import POSIX

/// The real python-dotenv, in the private Python environment of this repository.
struct PythonDotEnv {
    /// One text and what surrounds it.
    struct Question: CustomStringConvertible {
        let text: [UInt8]
        var environment: [String: String] = [:]
        var precedence = DotEnv.Precedence.file

        var description: String { String(reflecting: String(decoding: text, as: UTF8.self)) }
    }

    /// What python-dotenv makes of a text.
    enum Answer: Equatable {
        case notUTF8
        /// Its keys in order with their values, and how many statements it dropped with a warning.
        case values([Pair], dropped: Int)

        struct Pair: Equatable {
            let key: String
            let value: [UInt8]?
        }
    }

    struct Unusable: Error { let reason: String }

    static func answers(_ questions: [Question]) throws -> [Answer] {
        let here = "\(#filePath)".split(separator: "/").dropLast()
        let script = "/" + here.joined(separator: "/") + "/Cases/read_dotenv.py"
        let python = "/" + here.dropLast(2).joined(separator: "/") + "/.build/python/bin/python3"
        let child = ChildProcess(
            [python, script], environment: ["LC_ALL": "C.UTF-8"],
            input: Array(questions.map(line).joined(separator: "\n").utf8),
            maximumOutput: 64 << 20)
        let outcome = try child.run()
        guard outcome.isSuccess else {
            let said = String(decoding: outcome.errorOutput, as: UTF8.self)
            throw Unusable(reason: "\(python) ended with \(outcome.ending): \(said)")
        }
        let lines = String(decoding: outcome.output, as: UTF8.self).split(separator: "\n")
        guard lines.first == "1.2.4" else {
            throw Unusable(reason: "python-dotenv \(lines.first ?? "") is not 1.2.4")
        }
        return lines.dropFirst().map(answer)
    }

    private static func line(_ question: Question) -> String {
        let pairs = question.environment.map { "\(hex($0))=\(hex($1))" }
        let override = question.precedence == .file ? "1" : "0"
        return ([override, Hex.encode(question.text)] + pairs).joined(separator: " ")
    }

    private static func hex(_ text: String) -> String { Hex.encode(Array(text.utf8)) }

    private static func answer(_ line: Substring) -> Answer {
        guard line != "error" else { return .notUTF8 }
        let words = line.split(separator: " ")
        let pairs = words.dropFirst().map { word in
            let parts = word.split(separator: "=", omittingEmptySubsequences: false)
            return Answer.Pair(
                key: String(decoding: Hex.decode(String(parts[0])) ?? [], as: UTF8.self),
                value: parts.count > 1 ? Hex.decode(String(parts[1])) : nil)
        }
        return .values(Array(pairs), dropped: words.first.flatMap { Int($0) } ?? -1)
    }
}
