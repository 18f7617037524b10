internal import AWS
internal import HTTP
internal import JSON
internal import SigV4

/// All that the sandbox holds.
///
/// A value: it is changed by one call after the other.
struct World: Sendable, Codable {
    let seed: UInt64
    /// The clock, in milliseconds since 1970.
    private(set) var milliseconds: Int
    var random: SeededRandom
    var accounts: [String: Account] = [:]
    var signIn = SignIn()
    @NotKept var faults = Faults.none
    var delays = Delays.none
    /// `nil` where every rate is allowed.
    var quotas: Quotas?
    /// Whether policies are held against calls; where not, all is allowed that is not denied.
    var enforcesIAM = false
    @NotKept private(set) var calls: [SandboxCall] = []
    @NotKept private var ordinals: [String: Int] = [:]

    init(seed: UInt64, now: Int, faults: Faults) {
        self.seed = seed
        milliseconds = now * 1000
        self.faults = faults
        random = SeededRandom(seed: seed)
    }

    /// Seconds since 1970: what the services see of the clock.
    var now: Int { milliseconds / 1000 }

    /// Runs `body` on an account in place; it comes into being with its first use.
    mutating func withAccount<R, Failure: Error>(
        _ id: String, _ body: (inout Account) throws(Failure) -> R
    ) throws(Failure) -> R {
        try body(&accounts[id, default: Account(seed: seed, id: id)])
    }

    /// ARNs of all roles and users.
    var principals: Set<String> {
        guard accounts.count > 1 else { return accounts.first?.value.principals ?? [] }
        return accounts.values.reduce(into: []) { $0.formUnion($1.principals) }
    }

    mutating func advance(milliseconds elapsed: Int) {
        let before = now
        milliseconds += max(0, elapsed)
        let now = now
        // Windows end at whole seconds.
        guard now != before else { return }
        for id in accounts.keys.sorted() { accounts[id]?.settle(now: now) }
        signIn.settle(now: now)
    }

    /// The answer to a request, with the time of the sandbox's clock as AWS's answers have theirs.
    mutating func answer(_ request: HTTPRequest) throws(HTTPError) -> HTTPResponse {
        var response = try undatedAnswer(to: request)
        response.headers.append(HTTPHeader("Date", HTTPDate.text(now)))
        return response
    }

    /// The answer, and what the script of faults makes of it.
    private mutating func undatedAnswer(
        to request: HTTPRequest
    ) throws(HTTPError) -> HTTPResponse {
        let requestID = random.uuid()
        let visit: FrontDoor.Visit
        do throws(Refused) {
            visit = try FrontDoor.identify(request)
        } catch {
            return Answer.refusal(error, of: nil, requestID: requestID)
        }
        let admission: Result<(key: FrontDoor.AccessKey, region: String), Refused>
        do throws(Refused) {
            admission = .success(try FrontDoor(accounts: accounts, now: now).admit(visit))
        } catch {
            admission = .failure(error)
        }
        let entry = record(visit, admission)
        let fault = faults.fault(for: calls[entry])
        calls[entry].fault = fault

        var response: HTTPResponse?
        if fault?.isExecuted ?? true {
            response = execute(visit, admission, entry, requestID)
        }
        switch fault {
        case nil: break
        case .notSent: throw HTTPError(.notSent, "connection refused")
        case .lost: throw HTTPError(.ambiguous, "no answer came in time", isTimeout: true)
        case .reset: throw HTTPError(.ambiguous, "the connection was reset before an answer")
        case .cut: throw HTTPError(.ambiguous, "the answer ends too early")
        case .throttled:
            return visit.refusal(Refused(visit.service.throttling), requestID)
        case .status(let status, _):
            return visit.refusal(Refused(visit.service.failure(status)), requestID)
        case .half:
            if let count = response?.body.count { response?.body.removeLast(count - count / 2) }
        case .garbage: return Answer.page(200, requestID: requestID)
        case .page(let status): return Answer.page(status, requestID: requestID)
        }
        return response ?? visit.refusal(Refused(visit.service.failure(500)), requestID)
    }

    /// Adds the call to the log and gives its place there.
    private mutating func record(
        _ visit: FrontDoor.Visit,
        _ admission: Result<(key: FrontDoor.AccessKey, region: String), Refused>
    ) -> Int {
        let name = "\(visit.service.rawValue):\(visit.operation)"
        ordinals[name, default: 0] += 1
        let admitted = try? admission.get()
        calls.append(
            SandboxCall(
                service: visit.service.rawValue, operation: visit.operation,
                account: admitted?.key.account ?? "", region: admitted?.region ?? "",
                principal: admitted?.key.principal ?? "", ordinal: ordinals[name, default: 0],
                sequence: calls.count + 1, outcome: .notExecuted, fault: nil))
        return calls.count - 1
    }

    /// Empties the log of calls, which a server that runs for weeks cannot keep.
    mutating func forgetCalls() { calls.removeAll(keepingCapacity: true) }

    private mutating func execute(
        _ visit: FrontDoor.Visit,
        _ admission: Result<(key: FrontDoor.AccessKey, region: String), Refused>,
        _ entry: Int, _ requestID: String
    ) -> HTTPResponse {
        do throws(Refused) {
            let (key, region) = try admission.get()
            let isAllowed =
                quotas?.take(
                    visit.service, visit.operation, account: key.account, region: region,
                    now: milliseconds) ?? true
            guard isAllowed else { throw Refused(visit.service.throttling) }
            let answer = try perform(visit, key, region)
            calls[entry].outcome = .done
            return answer.response(
                to: visit.operation, of: visit.service, requestID: requestID)
        } catch {
            calls[entry].outcome = .refused(error.refusal.code)
            return visit.refusal(error, requestID)
        }
    }
}

extension FrontDoor.Visit {
    /// The HTTP answer that says no to this request.
    fileprivate func refusal(_ refused: Refused, _ requestID: String) -> HTTPResponse {
        let isQueryMode = request.headers.contains {
            $0.name.lowercased() == "x-amzn-query-mode" && $0.value.lowercased() == "true"
        }
        return Answer.refusal(
            refused, of: service, requestID: requestID, inQueryMode: isQueryMode)
    }
}
