import HTTP
import JSON
import POSIX
import SigV4
import Synchronization

@testable import AWS

/// The HTTP of a recorded case: its exchanges, in order, and nothing else.
///
/// It gathers what of the requests is otherwise than recorded.
final class ExchangeTransport: HTTPTransport {
    private let exchanges: [JSON]
    private let state = Mutex(State())

    private struct State {
        var count = 0
        var differences: [String] = []
    }

    init(_ exchanges: [JSON]) { self.exchanges = exchanges }

    /// All that is otherwise, calls that never came included.
    var differences: [String] {
        state.withLock { state in
            let missing = exchanges.count - state.count
            return state.differences + (missing > 0 ? ["\(missing) calls were not made"] : [])
        }
    }

    func send(_ request: HTTPRequest) async throws(HTTPError) -> HTTPResponse {
        let number = state.withLock { state in
            state.count += 1
            return state.count
        }
        guard exchanges.indices.contains(number - 1) else {
            note(["call \(number) was not recorded: \(Self.url(request))"])
            throw HTTPError(.notSent, "not recorded")
        }
        let exchange = exchanges[number - 1]
        note(Self.compare(request, exchange["request"]).map { "call \(number): \($0)" })
        return HTTPResponse(
            status: exchange["response"]?["status"]?.int ?? 0,
            body: Array((exchange["response"]?["body"]?.string ?? "").utf8))
    }

    private func note(_ differences: [String]) {
        state.withLock { $0.differences += differences }
    }

    private static func compare(_ request: HTTPRequest, _ recorded: JSON?) -> [String] {
        var differences: [String] = []
        func compare(_ what: String, _ ours: String?, _ theirs: String?) {
            guard ours != theirs else { return }
            differences.append("\(what) is \(ours ?? "none"), not \(theirs ?? "none")")
        }
        compare("method", request.method, recorded?["method"]?.string)
        compare("URL", url(request), recorded?["url"]?.string.map(normal))
        for (name, value) in recorded?["headers"]?.strings ?? [:] {
            compare(name, header(name, of: request), value)
        }
        let authorization = header("authorization", of: request) ?? ""
        let isSigned = authorization.hasPrefix("AWS4-HMAC-SHA256 ")
        compare("signed", "\(isSigned)", recorded?["signed"]?.bool.map { "\($0)" })
        if let key = recorded?["signedWith"]?["accessKeyId"]?.string {
            let start = "AWS4-HMAC-SHA256 Credential=\(key)/"
            compare("signed with \(key)", "\(authorization.hasPrefix(start))", "true")
        }
        if let form = recorded?["form"]?.array {
            let ours = PercentCoding.formMembers(request.body) ?? []
            let members = Dictionary(ours.map { ($0.name, $0.value) }) { $1 }
            // The session's name is the SDK's own where nobody gave one.
            for member in form where member[0]?.string != "RoleSessionName" {
                let name = member[0]?.string ?? ""
                compare(name, members[name], member[1]?.string)
            }
            compare(
                "form", members.keys.sorted().joined(separator: " "),
                form.compactMap { $0[0]?.string }.sorted().joined(separator: " "))
        }
        return differences
    }

    private static func header(_ name: String, of request: HTTPRequest) -> String? {
        request.headers.first { $0.name.lowercased() == name.lowercased() }?.value
    }

    private static func url(_ request: HTTPRequest) -> String {
        let port = request.port.map { ":\($0)" } ?? ""
        return normal("\(request.scheme.rawValue)://\(request.host)\(port)\(request.target)")
    }

    /// With a path, and the query's members in order.
    private static func normal(_ url: String) -> String {
        let halves = url.split(separator: "?", maxSplits: 1)
        guard halves.count == 2 else {
            let slashes = url.count { $0 == "/" }
            return slashes == 2 ? url + "/" : url
        }
        return halves[0] + "?" + halves[1].split(separator: "&").sorted().joined(separator: "&")
    }
}

extension JSON {
    /// This value with `old` replaced by `new` in every text.
    func replacing(_ old: String, with new: String) -> JSON {
        switch self {
        case .string(let text):
            .string(
                text.split(separator: old, omittingEmptySubsequences: false)
                    .joined(separator: new))
        case .array(let elements): .array(elements.map { $0.replacing(old, with: new) })
        case .object(let object):
            .object(
                JSONObject(object.members.map { ($0.key, $0.value.replacing(old, with: new)) }))
        default: self
        }
    }
}
