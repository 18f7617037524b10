import Testing

@Suite struct SnapshotTableTests {
    /// What came of the recorded refusals.
    private struct Tally {
        var agree = 0
        var differ: [String] = []
        var waiting: [String] = []
        var leftOut = 0
    }

    @Test("what AWS was recorded to refuse, the sandbox refuses by the same code, status and text")
    func refusals() async throws {
        let recorded = try RecordedAnswers()
        let scenarios = Dictionary(grouping: Scenario.all, by: \.name)
        var tally = Tally()
        var used: Set<String> = []
        for refusal in recorded.refusals {
            if let scenario = scenarios[refusal.name]?.first {
                try await judge(refusal, by: scenario, &tally)
                continue
            }
            let reason = LeftOut.refusals.first { $0.covers(refusal) }?.reason
            if let reason {
                used.insert(reason)
            } else if LeftOut.operations[refusal.operation] != nil {
                used.insert(refusal.operation)
            } else {
                Issue.record("\(refusal.operation): no scenario and no reason for \(refusal.name)")
            }
            tally.leftOut += 1
        }
        print(
            "recorded \(recorded.refusals.count) and \(recorded.elsewhere.values.reduce(0, +)) of "
                + "operations elsewhere, covered \(Scenario.all.count), agree \(tally.agree), "
                + "differ \(tally.differ.count), waiting \(tally.waiting.count), "
                + "left out with reason \(tally.leftOut)")
        #expect(tally.differ.isEmpty)
        let names = Set(recorded.refusals.map(\.name))
        #expect(scenarios.keys.filter { !names.contains($0) } == [], "scenarios of nothing")
        #expect(scenarios.filter { $1.count > 1 }.keys.sorted() == [])
        #expect(LeftOut.refusals.map(\.reason).filter { !used.contains($0) } == [])
        let known = used.union(recorded.elsewhere.keys)
        #expect(LeftOut.operations.keys.filter { !known.contains($0) } == [])
    }

    private func judge(
        _ refusal: RecordedAnswers.Refusal, by scenario: Scenario, _ tally: inout Tally
    ) async throws {
        let reply: Wire.Reply
        do {
            reply = try await scenario.run(Wire(try Bench()))
        } catch let error as Waiting {
            tally.waiting.append(error.operation)
            return
        }
        // A text that is left out is an empty one to who records.
        let ours = RecordedText.digest(reply.text ?? "", without: scenario.names)
        let differs =
            reply.code != refusal.code || refusal.status.map { $0 != reply.status } ?? false
            || refusal.text.map { $0 != ours } ?? false
            || refusal.member.map { $0 != reply.member } ?? false
        guard differs else {
            tally.agree += 1
            return
        }
        let said = """
            \(refusal.operation), \(refusal.name):
              AWS: \(refusal.status ?? 0) \(refusal.code) \(refusal.member ?? "")
              here: \(reply.status) \(reply.code ?? "") \(reply.member ?? "") \
            \(reply.text.map { RecordedText.plain($0, without: scenario.names) } ?? "no text") \
            (the text \(refusal.text == ours ? "agrees" : "differs"))
            """
        tally.differ.append(said)
        Issue.record("\(said)")
    }

    @Test(
        "the sandbox answers 501 to the operations that are left out",
        arguments: LeftOut.operations.keys.sorted())
    func leftOut(operation: String) async throws {
        #expect(try await Wire(try Bench()).call(operation).status == 501)
    }

    @Test("every recorded refusal without a row is of an operation that is left out, or of Lambda")
    func elsewhere() throws {
        for operation in try RecordedAnswers().elsewhere.keys.sorted() {
            let isLambda = operation.hasPrefix("lambda")
            #expect(isLambda || LeftOut.operations[operation] != nil, "\(operation)")
        }
    }
}
