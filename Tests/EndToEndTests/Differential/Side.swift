import HTTP
import JSON
import SigV4

/// One of the two: it makes the calls, remembers what its service invents, and forgets it again
/// where answers are compared.
struct Side: Sendable {
    /// Seconds since 1970.
    let now: Int
    let credential: SigningCredential
    let send: @Sendable (HTTPRequest) async throws -> HTTPResponse
    /// What stands for the references of steps.
    private var bound: [String: String] = [:]
    private var keys = 0
    private var blobs = 0
    /// Invented texts by the order in which they appeared.
    private var invented: [String: Int] = [:]

    init(
        now: Int, credential: SigningCredential,
        send: @escaping @Sendable (HTTPRequest) async throws -> HTTPResponse
    ) {
        self.now = now
        self.credential = credential
        self.send = send
    }

    mutating func perform(_ step: Step) async throws -> Outcome {
        let words = step.operation.split(separator: " ").map(String.init)
        var request = Self.request(service: words[0], operation: words[1], filled(step.input))
        request.headers += SigV4(region: "us-east-1", service: words[0]).sign(
            SignableRequest(
                method: request.method, target: request.target,
                headers: request.headers.map { (name: $0.name, value: $0.value) },
                body: request.body),
            with: credential, at: SigningDate(secondsSince1970: now)
        ).map { HTTPHeader($0.name, $0.value) }
        let outcome = Outcome(try await send(request), to: step.operation)
        guard var answer = outcome.answer else { return outcome }
        // What AWS says of a secret that is none is not documented, so it is no invention either.
        if step["ForceDeleteWithoutRecovery"] == true { answer = answer.without(["ARN", "Name"]) }
        remember(answer, of: step)
        return .answer(plain(answer, called: ""))
    }

    private func filled(_ value: JSON) -> JSON {
        switch value {
        case .string(let text) where text.hasPrefix("<"):
            // What is not there yet is an id that nothing has.
            .string(bound[text] ?? "00000000-0000-0000-0000-000000000000")
        case .array(let elements): .array(elements.map(filled))
        case .object(let object):
            .object(JSONObject(object.members.map { ($0.key, filled($0.value)) }))
        default: value
        }
    }

    private mutating func remember(_ answer: JSON, of step: Step) {
        switch step.operation {
        case "kms CreateKey":
            bound["<key \(keys)>"] = answer["KeyMetadata"]?["KeyId"]?.string
            bound["<key ARN \(keys)>"] = answer["KeyMetadata"]?["Arn"]?.string
            keys += 1
        case "kms Encrypt":
            bound["<blob \(blobs)>"] = answer["CiphertextBlob"]?.string
            blobs += 1
        case "secretsmanager CreateSecret":
            guard let name = step["Name"]?.string else { return }
            bound["<secret \(name)>"] = answer["ARN"]?.string
        default: break
        }
    }

    /// Lists of which nobody promises an order.
    private static let unordered: Set<String> = [
        "Keys", "Aliases", "Tags", "Policies", "AttachedPolicies", "Versions", "VersionStages",
        "VersionIdsToStages", "SecretVersionsToStages", "MetricAlarms",
    ]
    private static let inventions: Set<String> = [
        "Mac", "CiphertextBlob", "NextToken", "Marker", "UserId", "RoleId", "GroupId", "PolicyId",
    ]

    /// What tells an element of such a list from the others.
    private static func name(of element: JSON) -> String {
        ["Arn", "AlarmName", "KeyArn", "AliasName", "TagKey", "Key", "PolicyArn", "VersionId"]
            .lazy.compactMap { element[$0]?.string }.first ?? element.compact
    }

    private mutating func plain(_ value: JSON, called name: String) -> JSON {
        switch value {
        case .array(let elements):
            let plain = elements.map { self.plain($0, called: name) }
            guard Self.unordered.contains(name) else { return .array(plain) }
            return .array(plain.sorted { Self.name(of: $0) < Self.name(of: $1) })
        case .object(let object):
            var members: [(String, JSON)] = []
            for member in object.members.sorted(by: { $0.key < $1.key }) {
                // In a map from versions to labels the list is called as the map.
                let isMap = Self.unordered.contains(name) && name.hasSuffix("ToStages")
                let value = plain(member.value, called: isMap ? name : member.key)
                members.append((plain(member.key), value))
            }
            return .object(JSONObject(members))
        case .string(let text): return plain(text, called: name)
        default:
            guard name.hasSuffix("Date"), let date = value.double else { return value }
            // The day of the last access begins at midnight, which is not the same for both.
            if name == "LastAccessedDate" { return "date" }
            return .string("in \(Int(((date - Double(now)) / 86_400).rounded())) days")
        }
    }

    private mutating func plain(_ text: String, called name: String) -> JSON {
        if text.isEmpty { return "" }
        if name.hasSuffix("Date") { return "date" }
        if Self.inventions.contains(name) { return .string("#\(number(of: text))") }
        if name == "Policy" || name.hasSuffix("Document"),
            let document = try? JSON(parsing: decoded(text))
        {
            return document
        }
        return .string(plain(text))
    }

    private mutating func plain(_ text: String) -> String {
        var text = text
        // Ids of keys and versions; unique ids of IAM; the end of a secret's ARN.
        for match in text.matches(of: /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/).reversed() {
            text.replaceSubrange(match.range, with: "#\(number(of: String(match.output.0)))")
        }
        for match in text.matches(of: /A[A-Z]{3}[A-Z0-9]{17}/).reversed() {
            text.replaceSubrange(match.range, with: "#\(number(of: String(match.output)))")
        }
        if let match = text.firstMatch(of: /:secret:.+-([A-Za-z0-9]{6})$/) {
            text.replaceSubrange(match.output.1.startIndex..., with: "#\(number(of: text))")
        }
        return text
    }

    private mutating func number(of text: String) -> Int {
        if let number = invented[text] { return number }
        invented[text] = invented.count
        return invented.count - 1
    }

    private func decoded(_ text: String) -> String {
        text.replacing(/%([0-9A-Fa-f]{2})/) { match in
            String(decoding: [UInt8(match.output.1, radix: 16) ?? 0], as: UTF8.self)
        }
    }
}
