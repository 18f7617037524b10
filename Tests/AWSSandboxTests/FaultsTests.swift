import AWS
import AWSSandbox
import HTTP
import JSON
import Testing

@Suite struct FaultsTests {
    /// Whether the key was made, for the sandbox alone knows.
    private func makeKey(_ fault: Fault) async throws -> (outcome: String, keys: Int) {
        let bench = try Bench(faults: .at("CreateKey", fault))
        let keys = { bench.account.keys(in: Bench.region).count }
        do {
            let answer = try await bench.raw("TrentService.CreateKey", [:])
            return ("\(answer.status) \(answer.json == nil ? "page" : "JSON")", keys())
        } catch let error as HTTPError {
            return ("\(error.code)\(error.isTimeout ? " timeout" : "")", keys())
        }
    }

    @Test(
        "each fault looks to the caller as in life, before or after execution",
        arguments: [
            (.notSent, "notSent", 0), (.lost(executed: false), "ambiguous timeout", 0),
            (.lost(executed: true), "ambiguous timeout", 1),
            (.reset(executed: false), "ambiguous", 0), (.reset(executed: true), "ambiguous", 1),
            (.cut, "ambiguous", 1), (.half, "200 page", 1),
            (.status(500, executed: false), "500 JSON", 0),
            (.status(503, executed: true), "503 JSON", 1), (.throttled, "400 JSON", 0),
            (.garbage, "200 page", 1), (.page(502), "502 page", 0),
        ] as [(Fault, String, Int)])
    func kinds(fault: Fault, outcome: String, keys: Int) async throws {
        let made = try await makeKey(fault)
        #expect(made.outcome == outcome)
        #expect(made.keys == keys)
    }

    /// The faults of 400 calls.
    private func faults(seed: UInt64, rate: Double) async throws -> [Fault?] {
        let bench = try Bench(faults: .random(seed: seed, rate: rate))
        for _ in 0..<400 { _ = try? await bench.raw("TrentService.ListKeys", [:]) }
        return bench.sandbox.calls.map(\.fault)
    }

    @Test("a seeded script strikes at its rate, with every kind, and the same way again")
    func random() async throws {
        let first = try await faults(seed: 9, rate: 0.25)
        #expect(first.count == 400)
        #expect((60...140).contains(first.count { $0 != nil }))
        #expect(Set(first.compactMap { $0 }) == Set(Fault.all))
        #expect(try await faults(seed: 9, rate: 0.25) == first)
        #expect(try await faults(seed: 10, rate: 0.25) != first)
        #expect(try await faults(seed: 9, rate: 0).allSatisfy { $0 == nil })
        #expect(try await faults(seed: 9, rate: 1).allSatisfy { $0 != nil })
    }

    @Test("every kind of fault exists for every service")
    func services() async throws {
        for fault in Fault.all where fault != .half && fault != .cut {
            let bench = try Bench(faults: Faults { _ in fault })
            for operation in ["GetCallerIdentity", "ListPolicies"] {
                let version = operation == "ListPolicies" ? "2010-05-08" : "2011-06-15"
                let request = bench.query(
                    service: operation == "ListPolicies" ? "iam" : "sts",
                    form: "Action=\(operation)&Version=\(version)",
                    signedWith: bench.account.accessKey(for: "user/alice"))
                if let answer = try? await bench.sandbox.send(request) {
                    #expect(answer.text.hasPrefix("<"))
                }
            }
            _ = try? await bench.cloudWatch("DescribeAlarms", [:])
            _ = try? await bench.tagging([:])
            _ = try? await bench.lambda("GET", "f/policy")
            #expect(bench.sandbox.calls.map(\.fault) == Array(repeating: fault, count: 5))
        }
    }

    @Test("Lambda and tagging throttle and fail by their own errors")
    func ownErrors() async throws {
        let throttled = try Bench(faults: Faults { _ in .throttled })
        let lambda = try await throttled.lambda("GET", "f/policy")
        #expect(lambda.status == 429)
        #expect(lambda.header("x-amzn-ErrorType") == "TooManyRequestsException")
        #expect(try await throttled.tagging([:]).refusal[0] == "ThrottledException")
        let failing = try Bench(faults: Faults { _ in .status(500, executed: false) })
        let alarms = try await failing.cloudWatch("DescribeAlarms", [:])
        #expect(alarms.status == 500)
        #expect(alarms.header("x-amzn-query-error") == "InternalServiceError;Receiver")
        #expect(
            try await failing.lambda("GET", "f/policy").header("x-amzn-ErrorType")
                == "ServiceException")
    }
}
