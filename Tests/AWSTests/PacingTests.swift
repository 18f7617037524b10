import Testing

@testable import AWS

@Suite("Pacing")
struct PacingTests {
    @Test("the sixth CreateKey within a second waits until a second after the first")
    func createKey() {
        var pacing = Pacing()
        let operation = KMS.CreateKey.operation
        for place in 0..<5 {
            #expect(pacing.reserve(operation, at: UInt64(place) * 10_000_000) == 0)
        }
        #expect(pacing.reserve(operation, at: 50_000_000) == 950_000_000)
        #expect(pacing.reserve(operation, at: 50_000_000) == 960_000_000)
    }

    @Test("in no second are there more calls than the quota, however many ask at once")
    func neverMore() {
        var pacing = Pacing()
        let moments = (0..<40).map { _ in pacing.reserve(KMS.PutKeyPolicy.operation, at: 7) + 7 }
        for moment in moments {
            let within = moments.filter {
                $0 > moment && $0 - moment < 1_000_000_000 || $0 == moment
            }
            #expect(within.count <= 15)
        }
    }

    @Test("operations that share a quota share a lane, others do not")
    func sharing() {
        var pacing = Pacing()
        for _ in 0..<25 {
            #expect(pacing.reserve(SecretsManager.PutSecretValue.operation, at: 0) == 0)
            #expect(pacing.reserve(SecretsManager.UpdateSecretVersionStage.operation, at: 0) == 0)
        }
        #expect(pacing.reserve(SecretsManager.UpdateSecret.operation, at: 0) == 1_000_000_000)
        #expect(pacing.reserve(SecretsManager.TagResource.operation, at: 0) == 0)
        #expect(pacing.reserve(KMS.DescribeKey.operation, at: 0) == 0)
    }

    @Test("every name in a lane is an operation of ours")
    func namesExist() {
        for lane in Pacing.lanes {
            for name in lane.names {
                #expect(Operation.all.contains { $0.service == lane.service && $0.name == name })
            }
        }
    }
}
