import Testing

@testable import AWS

@Suite("Pacing")
struct PacingTests {
    private static let region = "eu-west-1"
    private static let second: UInt64 = 1_000_000_000

    @Test("the sixth CreateKey within a second waits until a second after the first")
    func createKey() {
        var pacing = Pacing()
        for place in 0..<5 {
            #expect(pacing.wait(KMS.CreateKey.operation, at: UInt64(place) * 10_000_000) == 0)
        }
        #expect(pacing.wait(KMS.CreateKey.operation, at: 50_000_000) == 950_000_000)
        #expect(pacing.wait(KMS.CreateKey.operation, at: 50_000_000) == 960_000_000)
    }

    @Test(
        "each published quota holds: so many calls at once, and the next a second later",
        arguments: [
            ("kms", "CreateKey", 5), ("kms", "CreateAlias", 5), ("kms", "UpdateAlias", 5),
            ("kms", "EnableKey", 5), ("kms", "DisableKeyRotation", 5),
            ("kms", "CancelKeyDeletion", 5), ("kms", "UpdateKeyDescription", 5),
            ("kms", "UntagResource", 5), ("kms", "TagResource", 10), ("kms", "PutKeyPolicy", 15),
            ("kms", "EnableKeyRotation", 15), ("kms", "ScheduleKeyDeletion", 15),
            ("kms", "DeleteAlias", 15), ("kms", "ListAliases", 500), ("kms", "ListKeys", 500),
            ("kms", "GetKeyPolicy", 1_000), ("kms", "GetKeyRotationStatus", 1_000),
            ("kms", "DescribeKey", 2_000), ("kms", "ListResourceTags", 2_000),
            ("kms", "GenerateMac", 5_500), ("secretsmanager", "GetSecretValue", 10_000),
            ("secretsmanager", "DescribeSecret", 40_000), ("secretsmanager", "PutSecretValue", 50),
            ("secretsmanager", "RotateSecret", 50), ("secretsmanager", "TagResource", 50),
            ("secretsmanager", "PutResourcePolicy", 50), ("secretsmanager", "RestoreSecret", 50),
            ("secretsmanager", "BatchGetSecretValue", 100), ("secretsmanager", "ListSecrets", 100),
            ("secretsmanager", "CreateSecret", 50), ("secretsmanager", "DeleteSecret", 50),
            ("secretsmanager", "ListSecretVersionIds", 50), ("sts", "GetCallerIdentity", 600),
            ("monitoring", "PutMetricAlarm", 3), ("monitoring", "DeleteAlarms", 3),
            ("monitoring", "DescribeAlarms", 9), ("monitoring", "ListTagsForResource", 10),
            ("monitoring", "TagResource", 20), ("monitoring", "UntagResource", 20),
            ("monitoring", "PutMetricData", 500), ("monitoring", "GetMetricData", 500),
        ])
    func quota(service: String, name: String, perSecond: Int) throws {
        let operation = try #require(
            Operation.all.first { $0.service.prefix == service && $0.name == name })
        var pacing = Pacing()
        let waits = (0...perSecond).map { _ in pacing.wait(operation, at: 7) }
        #expect(waits.dropLast().allSatisfy { $0 == 0 })
        #expect(waits.last == Self.second)
    }

    @Test(
        "in an apply of a thousand keys no second has more calls than the quota, and none is lost")
    func largeApply() {
        // 32 workers; each makes a key's four calls one after the other, 20 to 60 ms a call.
        let calls = [
            KMS.CreateKey.operation, KMS.TagResource.operation, KMS.EnableKeyRotation.operation,
            KMS.CreateAlias.operation,
        ]
        var pacing = Pacing()
        var random = SystemRandomNumberGenerator()
        var moments: [Operation: [UInt64]] = [:]
        var workers = (0..<32).map { (free: UInt64($0), done: 0, position: $0) }
        var nextKey = 32
        while let index = workers.indices.min(by: { workers[$0].free < workers[$1].free }),
            workers[index].position < 1_000
        {
            let operation = calls[workers[index].done]
            let now = workers[index].free
            let moment = now + pacing.wait(operation, at: now)
            moments[operation, default: []].append(moment)
            workers[index].free = moment + UInt64.random(in: 20...60, using: &random) * 1_000_000
            workers[index].done += 1
            guard workers[index].done == calls.count else { continue }
            (workers[index].done, workers[index].position) = (0, nextKey)
            if nextKey >= 1_000 { workers[index].free = .max }
            nextKey += 1
        }
        for (operation, limit) in zip(calls, [5, 10, 15, 5]) {
            let sorted = moments[operation, default: []].sorted()
            #expect(sorted.count == 1_000)
            let crowded = (limit..<sorted.count).filter {
                sorted[$0] - sorted[$0 - limit] < Self.second
            }
            #expect(crowded.isEmpty, "\(operation)")
        }
        // As fast as is allowed: a thousand at five a second.
        let last = moments[KMS.CreateKey.operation, default: []].max() ?? 0
        #expect(last < 202 * Self.second)
    }

    @Test("a place that is given back is the next caller's, and the quota still holds")
    func givenBack() {
        var pacing = Pacing()
        var random = SystemRandomNumberGenerator()
        let operation = KMS.CreateKey.operation
        for _ in 0..<5 { _ = pacing.wait(operation, at: 0) }
        let given = pacing.reserve(operation, in: Self.region, at: 0)
        #expect(given.wait == Self.second)
        pacing.giveBack(given)
        #expect(pacing.wait(operation, at: 0) == Self.second)

        pacing = Pacing()
        var now: UInt64 = 0
        var moments: [UInt64] = []
        for _ in 0..<2_000 {
            now += UInt64.random(in: 0...300_000_000, using: &random)
            let turn = pacing.reserve(operation, in: Self.region, at: now)
            if Bool.random(using: &random) {
                pacing.giveBack(turn)
            } else {
                moments.append(now + turn.wait)
            }
        }
        let sorted = moments.sorted()
        #expect((5..<sorted.count).allSatisfy { sorted[$0] - sorted[$0 - 5] >= Self.second })
    }

    @Test("operations that share a quota share a lane, others and other regions do not")
    func sharing() {
        var pacing = Pacing()
        for _ in 0..<25 {
            #expect(pacing.wait(SecretsManager.PutSecretValue.operation, at: 0) == 0)
            #expect(pacing.wait(SecretsManager.UpdateSecretVersionStage.operation, at: 0) == 0)
        }
        let update = SecretsManager.UpdateSecret.operation
        #expect(pacing.wait(update, at: 0) == Self.second)
        #expect(pacing.reserve(update, in: "us-east-1", at: 0).wait == 0)
        #expect(pacing.wait(SecretsManager.TagResource.operation, at: 0) == 0)
        #expect(pacing.wait(KMS.DescribeKey.operation, at: 0) == 0)
    }

    @Test(
        "a throttled lane stands still until its time, and only that lane; of IAM the whole service"
    )
    func pause() {
        var pacing = Pacing()
        pacing.pause(KMS.CreateKey.operation, in: Self.region, until: 300)
        pacing.pause(KMS.CreateKey.operation, in: Self.region, until: 200)
        #expect(pacing.wait(KMS.CreateKey.operation, at: 100) == 200)
        #expect(pacing.wait(KMS.CreateKey.operation, at: 300) == 0)
        #expect(pacing.wait(KMS.CreateAlias.operation, at: 100) == 0)
        pacing.pause(IAM.CreatePolicy.operation, in: Self.region, until: 300)
        #expect(pacing.wait(IAM.GetRole.operation, at: 100) == 200)
    }

    @Test(
        "every name in a lane is an operation of ours, in one lane, and all but IAM's few are paced"
    )
    func namesExist() {
        let names = Pacing.lanes.flatMap { lane in
            lane.names.map { "\(lane.service.prefix) \($0)" }
        }
        #expect(Set(names).count == names.count)
        #expect(Set(names).isSubset(of: Operation.all.map(\.description)))
        let unpaced = Operation.all.filter { !names.contains($0.description) }.map(\.service)
        #expect(Set(unpaced).isSubset(of: [.iam, .tagging, .lambda, .sts, .sso, .ssoOIDC]))
    }
}

extension Pacing {
    fileprivate mutating func wait(_ operation: Operation, at now: UInt64) -> UInt64 {
        reserve(operation, in: "eu-west-1", at: now).wait
    }
}
