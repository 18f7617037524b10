internal import HTTP

/// The operation that a REST request names by its method and path, and the members that stand in
/// path and query.
///
/// From botocore 1.44.5, `http` of each operation and `locationName` of its members.
struct Route {
    let service: API
    let operation: String
    let parameters: [String: String]

    /// `nil` when no REST service that is known here has this method and path.
    init?(_ request: HTTPRequest) {
        let halves = request.target.split(
            separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        let path = halves[0].split(separator: "/", omittingEmptySubsequences: false).dropFirst()
        for pattern in Self.patterns where pattern.method == request.method {
            guard var parameters = pattern.match(path.map(String.init)) else { continue }
            if halves.count == 2 {
                guard let query = Form(Array(halves[1].utf8)) else { return nil }
                for name in pattern.query { parameters[name] = query[name] }
            }
            (service, operation) = (pattern.service, pattern.operation)
            self.parameters = parameters
            return
        }
        return nil
    }

    private struct Pattern: Sendable {
        let service: API
        let operation: String
        let method: String
        /// The parts of the path; one that begins with `:` is the member of that name.
        let path: [String]
        var query: [String] = []

        func match(_ path: [String]) -> [String: String]? {
            guard path.count == self.path.count else { return nil }
            var parameters: [String: String] = [:]
            for (part, text) in zip(self.path, path) {
                if part.hasPrefix(":") {
                    guard let decoded = text.percentDecoded, !decoded.isEmpty else { return nil }
                    parameters[String(part.dropFirst())] = decoded
                } else if part != text {
                    return nil
                }
            }
            return parameters
        }
    }

    private static let patterns: [Pattern] = [
        Pattern(
            service: .lambda, operation: "GetPolicy", method: "GET",
            path: ["2015-03-31", "functions", ":FunctionName", "policy"], query: ["Qualifier"]),
        Pattern(
            service: .lambda, operation: "AddPermission", method: "POST",
            path: ["2015-03-31", "functions", ":FunctionName", "policy"], query: ["Qualifier"]),
        Pattern(
            service: .lambda, operation: "RemovePermission", method: "DELETE",
            path: ["2015-03-31", "functions", ":FunctionName", "policy", ":StatementId"],
            query: ["Qualifier", "RevisionId"]),
        Pattern(
            service: .portal, operation: "GetRoleCredentials", method: "GET",
            path: ["federation", "credentials"], query: ["role_name", "account_id"]),
        Pattern(service: .oidc, operation: "CreateToken", method: "POST", path: ["token"]),
    ]
}

extension String {
    /// What the text was before it was percent-encoded; `nil` when it is no such encoding.
    var percentDecoded: String? {
        var bytes: [UInt8] = []
        var rest = Array(utf8)[...]
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "%") else {
                bytes.append(byte)
                continue
            }
            guard let high = rest.popFirst(), let low = rest.popFirst(),
                let value = UInt8(String(decoding: [high, low], as: UTF8.self), radix: 16)
            else { return nil }
            bytes.append(value)
        }
        return String(validating: bytes, as: UTF8.self)
    }
}
