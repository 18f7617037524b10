import AWS
import HTTP
import JSON

/// What came of one call on one side, with what a service invents taken out.
enum Outcome: Hashable, Sendable, CustomStringConvertible {
    case answer(JSON)
    case refusal(status: Int, code: String)
    /// No answer of AWS's form, such as moto's page for an operation that it lacks.
    case nonsense(status: Int)

    var description: String {
        switch self {
        case .answer(let json): json.compact
        case .refusal(let status, let code): "\(status) \(code)"
        case .nonsense(let status): "\(status), no answer of AWS's form"
        }
    }

    var answer: JSON? {
        guard case .answer(let json) = self else { return nil }
        return json
    }

    var code: String? {
        guard case .refusal(_, let code) = self else { return nil }
        return code
    }

    var isDone: Bool { answer != nil }

    init(_ response: HTTPResponse, to operation: String) {
        if operation.hasPrefix("iam ") {
            self = Self.xml(response, to: String(operation.dropFirst(4)))
        } else if response.status == 200 {
            let json = response.body.isEmpty ? [:] : try? JSON(parsing: response.body)
            self = json.map(Outcome.answer) ?? .nonsense(status: 200)
        } else if let json = try? JSON(parsing: response.body), let kind = json["__type"]?.string {
            let older = response.header("x-amzn-query-error")?.split(separator: ";").first
            let code = older.map(String.init) ?? String(kind.split(separator: "#").last ?? "")
            self = .refusal(status: response.status, code: code)
        } else {
            self = .nonsense(status: response.status)
        }
    }

    private static func xml(_ response: HTTPResponse, to operation: String) -> Outcome {
        guard let root = try? XMLElement(parsing: response.body) else {
            return .nonsense(status: response.status)
        }
        guard response.status == 200 else {
            let code = root.childIfPresent("Error")?.stringIfPresent("Code")
            return code.map { .refusal(status: response.status, code: $0) }
                ?? .nonsense(status: response.status)
        }
        return .answer(root.childIfPresent("\(operation)Result").map(json) ?? [:])
    }

    /// An element as JSON; an empty one is none, since XML does not tell what it is empty of.
    private static func json(_ element: XMLElement) -> JSON {
        guard !element.children.isEmpty else {
            return .string(element.text.allSatisfy(\.isWhitespace) ? "" : element.text)
        }
        if element.children.allSatisfy({ $0.name == "member" }) {
            return .array(element.children.map(json))
        }
        let members = element.children.map { ($0.name, json($0)) }
        return .object(JSONObject(members.filter { $0.1 != "" }))
    }
}
