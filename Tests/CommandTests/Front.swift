import AWS
import AWSSandbox
import HTTP
import Synchronization

/// What stands before the sandbox: IAM's policy simulator, which it does not know, and dates.
final class Front: HTTPTransport {
    private struct State {
        /// Whether there is a simulator.
        var simulates = false
        /// The actions that it says nobody allows.
        var denials: Set<String> = []
        /// Condition keys that it misses in the question about an action.
        var missing: [String: String] = [:]
        /// Seconds that the services' clocks are ahead; `nil` sends no date.
        var lead: Int?
        var questions: [[String: String]] = []
        var requests: [HTTPRequest] = []
        /// The hosts that cannot be reached, and why.
        var unreachable: [String: HTTPError] = [:]
    }

    private let sandbox: Sandbox
    private let state = Mutex(State())

    init(_ sandbox: Sandbox) { self.sandbox = sandbox }

    func simulate() { state.withLock { $0.simulates = true } }

    func deny(_ action: String) { state.withLock { _ = $0.denials.insert(action) } }

    func allow(_ action: String) { state.withLock { _ = $0.denials.remove(action) } }

    func miss(_ key: String, for action: String) { state.withLock { $0.missing[action] = key } }

    func date(ahead seconds: Int) { state.withLock { $0.lead = seconds } }

    func refuse(_ host: String, _ error: HTTPError) {
        state.withLock { $0.unreachable[host] = error }
    }

    /// The forms of the questions that were asked.
    var questions: [[String: String]] { state.withLock { $0.questions } }

    /// Everything that was sent.
    var requests: [HTTPRequest] { state.withLock { $0.requests } }

    func send(_ request: HTTPRequest) async throws(HTTPError) -> HTTPResponse {
        let fault = state.withLock { state in
            state.requests.append(request)
            return state.unreachable[request.host]
        }
        if let fault { throw fault }
        var response: HTTPResponse
        if let answer = answer(to: request) {
            response = answer
        } else {
            response = try await sandbox.send(request)
        }
        if let lead = state.withLock({ $0.lead }) {
            response.headers.removeAll { $0.name.lowercased() == "date" }
            response.headers.append(HTTPHeader("Date", Self.date(sandbox.now + lead)))
        }
        return response
    }

    /// The sandbox's first day and nothing else: `Thu, 01 Jan 2026 00:00:00 GMT` and on.
    private static func date(_ seconds: Int) -> String {
        func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
        let second = seconds - 1_767_225_600
        return "Thu, 01 Jan 2026 \(two(second / 3600)):\(two(second / 60 % 60)):\(two(second % 60))"
            + " GMT"
    }

    private func answer(to request: HTTPRequest) -> HTTPResponse? {
        guard let members = PercentCoding.formMembers(request.body) else { return nil }
        let form = Dictionary(members.map { ($0.name, $0.value) }) { first, _ in first }
        guard form["Action"] == "SimulatePrincipalPolicy" else { return nil }
        let (simulates, isDenied) = state.withLock { state in
            state.questions.append(form)
            return (state.simulates, state.denials.contains("iam:SimulatePrincipalPolicy"))
        }
        guard !isDenied else {
            let text = """
                <ErrorResponse><Error><Type>Sender</Type><Code>AccessDenied</Code><Message>User is not \
                authorized to perform: iam:SimulatePrincipalPolicy</Message></Error></ErrorResponse>
                """
            return Self.response(403, text)
        }
        return simulates ? Self.response(200, verdicts(on: form)) : nil
    }

    private static func response(_ status: Int, _ text: String) -> HTTPResponse {
        HTTPResponse(
            status: status,
            headers: [HTTPHeader("Content-Type", "text/xml"), HTTPHeader("x-gaara-sandbox", "1")],
            body: Array(text.utf8))
    }

    private func verdicts(on form: [String: String]) -> String {
        func list(_ name: String) -> [String] {
            (1...).lazy.map { form["\(name).member.\($0)"] }.prefix { $0 != nil }.compactMap { $0 }
        }
        let (denials, missing) = state.withLock { ($0.denials, $0.missing) }
        let results = list("ActionNames").map { action in
            let isDenied = denials.contains(action) || missing[action] != nil
            let word = isDenied ? "implicitDeny" : "allowed"
            let keys = missing[action].map { "<member>\($0)</member>" } ?? ""
            let parts = list("ResourceArns").map { resource in
                """
                <member><EvalResourceName>\(resource)</EvalResourceName>\
                <EvalResourceDecision>\(word)</EvalResourceDecision>\
                <MissingContextValues>\(keys)</MissingContextValues></member>
                """
            }
            return """
                <member><EvalActionName>\(action)</EvalActionName><EvalDecision>\(word)</EvalDecision>\
                <ResourceSpecificResults>\(parts.joined())</ResourceSpecificResults></member>
                """
        }
        return """
            <SimulatePrincipalPolicyResponse><SimulatePrincipalPolicyResult><EvaluationResults>\
            \(results.joined())</EvaluationResults><IsTruncated>false</IsTruncated>\
            </SimulatePrincipalPolicyResult></SimulatePrincipalPolicyResponse>
            """
    }
}
