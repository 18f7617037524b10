import Testing

@Suite struct SnapshotMemberTests {
    @Test("an answer has the members that AWS's always had, and none that AWS's never had")
    func members() async throws {
        var agree = 0
        var waiting = 0
        let recorded = try RecordedAnswers().successes
        for success in recorded {
            guard let picture = Gallery.all[success.operation] else {
                Issue.record("\(success.operation): no call that answers it")
                continue
            }
            let reply: Wire.Reply
            do {
                reply = try await picture(Wire(try Bench()))
            } catch is Waiting {
                waiting += 1
                continue
            }
            guard reply.code == nil, reply.status < 300 else {
                Issue.record("\(success.operation): \(reply.status) \(reply.code ?? "")")
                continue
            }
            let others = Set(Gallery.others[success.operation, default: [:]].keys)
            let absent = Set(Gallery.absent[success.operation, default: [:]].keys)
            #expect(absent.isDisjoint(with: reply.members), "\(success.operation)")
            let missing = success.always.subtracting(reply.members).subtracting(absent).sorted()
            let added = reply.members.subtracting(success.always)
                .subtracting(success.sometimes).subtracting(others).sorted()
            #expect(missing.isEmpty, "\(success.operation) lacks \(missing)")
            #expect(added.isEmpty, "\(success.operation) adds \(added)")
            if missing.isEmpty, added.isEmpty { agree += 1 }
        }
        print(
            "operations with recorded answers \(recorded.count), agree \(agree), "
                + "waiting \(waiting)")
        let names = Set(recorded.map(\.operation))
        #expect(Gallery.all.keys.filter { !names.contains($0) } == [])
    }
}
