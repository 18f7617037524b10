internal import HTTP
internal import JSON
internal import SigV4

/// All that the sandbox holds.
///
/// A value: it is changed by one call after the other.
struct World: Sendable {
    let seed: UInt64
    /// The clock, in milliseconds since 1970.
    private(set) var milliseconds: Int
    var random: SeededRandom
    var accounts: [String: Account] = [:]
    var signIn = SignIn()
    var faults: Faults
    private(set) var calls: [SandboxCall] = []
    private var ordinals: [String: Int] = [:]

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
        milliseconds += max(0, elapsed)
        let now = now
        for id in accounts.keys.sorted() { accounts[id]?.settle(now: now) }
        signIn.settle(now: now)
    }

    /// The answer to a request, and what the script of faults makes of it.
    mutating func answer(_ request: HTTPRequest) throws(HTTPError) -> HTTPResponse {
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
        case .lost: throw HTTPError(.ambiguous, "the connection was reset before an answer")
        case .cut: throw HTTPError(.ambiguous, "the answer ends too early")
        case .throttled:
            let refusal: Refusal = visit.service.isJSON ? .throttled : .throttledQuery
            return Answer.refusal(Refused(refusal), of: visit.service, requestID: requestID)
        case .status(let status, _):
            return Answer.refusal(
                Refused(visit.service.failure(status)), of: visit.service, requestID: requestID)
        case .garbage:
            return HTTPResponse(
                status: 200, headers: Answer.headers(requestID, "text/html"),
                body: Array("<html><body>It works!</body></html>".utf8))
        }
        return response
            ?? Answer.refusal(
                Refused(visit.service.failure(500)), of: visit.service, requestID: requestID)
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

    private mutating func execute(
        _ visit: FrontDoor.Visit,
        _ admission: Result<(key: FrontDoor.AccessKey, region: String), Refused>,
        _ entry: Int, _ requestID: String
    ) -> HTTPResponse {
        do throws(Refused) {
            let (key, region) = try admission.get()
            let answer = try perform(visit, key, region)
            calls[entry].outcome = .done
            return answer.response(
                to: visit.operation, of: visit.service, requestID: requestID)
        } catch {
            calls[entry].outcome = .refused(error.refusal.code)
            return Answer.refusal(error, of: visit.service, requestID: requestID)
        }
    }
}
