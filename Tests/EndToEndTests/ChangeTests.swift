import JSON
import POSIX
import Testing

/// One declared thing changes: the plan shows that alone, apply makes it, boto3 finds it, and the
/// plan after it is empty.
@Suite struct ChangeTests {
    /// A change of the plan and what it must come to.
    struct Change: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let plan: @Sendable (inout ShopPlan) -> Void
        /// The writes, in the order of their arrival.
        let writes: [String]
        /// The first lines of the steps.
        let steps: [String]
        /// What boto3 then finds, as it stands in the judge's answer.
        let found: @Sendable (Account) -> Bool
    }

    static let changes = [
        Change(
            testDescription: "the description of a secret", plan: { $0.description = "Main store" },
            writes: ["UpdateSecret"], steps: ["~ secret/database-url"],
            found: { $0.secret("shop/staging/database-url")?["description"] == "Main store" }),
        Change(
            testDescription: "the description of the key",
            plan: { $0.keyDescription = "Of the whole shop" },
            writes: ["UpdateKeyDescription"], steps: ["~ key"],
            found: { $0.key("shop/staging")?["description"] == "Of the whole shop" }),
        Change(
            testDescription: "the rotation of the key, off", plan: { $0.keyRotation = "none" },
            writes: ["DisableKeyRotation"], steps: ["~ key"],
            found: { $0.key("shop/staging")?["rotates"] == false }),
        Change(
            testDescription: "what the policy allows", plan: { $0.read = "[database-url]" },
            writes: ["CreatePolicyVersion"], steps: ["~ policy/shop-staging-app"],
            found: {
                let policy = $0.policy("shop-staging-app")
                let document = policy?["document"]?.compact ?? "redis-url"
                return !document.contains("redis-url") && policy?["versions"] == ["v1", "v2"]
                    && policy?["default"] == "v2"
            }),
        Change(
            testDescription: "an attachment that is no longer declared",
            plan: { $0.roles = "[shop-app]" }, writes: ["DetachRolePolicy", "PutKeyPolicy"],
            steps: ["~ key", "- attachment/shop-staging-app/role/shop-job"],
            found: { $0.policy("shop-staging-app")?["roles"] == ["shop-app"] }),
        Change(
            testDescription: "a secret that no longer rotates", plan: { $0.every = nil },
            writes: ["CancelRotateSecret", "UpdateSecretVersionStage"], steps: ["- rotation/login"],
            found: { $0.secret("shop/staging/login")?["rotates"] == false }),
        Change(
            testDescription: "protection", plan: { $0.protect = "true" },
            writes: ["TagResource", "TagResource", "TagResource"],
            steps: ["~ key", "~ key/value-tokens", "~ secret/database-url"],
            found: { $0.secret("shop/staging/database-url")?["tags"]?["gaara:protect"] == "true" }),
    ]

    @Test("a change of one thing is that step alone, and what boto3 then finds", arguments: changes)
    func change(_ change: Change) async throws {
        try await Scene.with { scene in
            try await scene.establish()
            let before = try await scene.judge.state()
            #expect(!change.found(before))
            var plan = ShopPlan()
            change.plan(&plan)
            try scene.write("plan.yaml", plan.text)

            let shown = try await scene.plan("--detailed-exitcode")
            #expect(shown.code == 2, "\(shown.errors)")
            #expect(shown.steps.sorted() == change.steps.sorted())
            #expect(shown.outputLines.contains { $0.hasPrefix("Plan: ") })

            let proxy = try Proxy(to: scene.moto)
            let steps = change.steps.map { String($0.dropFirst(2)) }
            let apply = try await scene.run(
                ["apply", "plan.yaml", "--env-file", "values.env", "--yes"]
                    + steps.flatMap { ["--confirm", $0] }, at: proxy.url)
            #expect(apply.code == 0, "\(apply.errors)")
            #expect(apply.output.contains("Apply complete: "))
            #expect(proxy.writes.sorted() == change.writes)
            let after = try await scene.judge.state()
            #expect(change.found(after))
            #expect(try await scene.plan("--detailed-exitcode").code == 0)
        }
    }

    @Test("the time between rotations changes when no rotation is under way, and not before")
    func rotation() async throws {
        try await Scene.with { scene in
            try await scene.establish()
            var plan = ShopPlan()
            plan.every = "60 days"
            try scene.write("plan.yaml", plan.text)
            // moto leaves the version that AWS makes to test the function, and takes away again.
            let refused = try await scene.apply()
            #expect(refused.code == 1)
            #expect(refused.errors.contains("cannot change while a rotation is under way"))
            #expect(refused.output.isEmpty)
            try await scene.judge.endRotation("shop/staging/login")

            let proxy = try Proxy(to: scene.moto)
            let apply = try await scene.apply(at: proxy.url)
            #expect(apply.code == 0, "\(apply.errors)")
            #expect(apply.steps == ["~ rotation/login"])
            #expect(proxy.writes == ["RotateSecret"])
            let login = try await scene.judge.state().secret("shop/staging/login")
            #expect(login?["days"] == 60)
            #expect(try await scene.plan("--detailed-exitcode").code == 0)
        }
    }

    @Test("tags change on everything that is ours, and the tags of others stay")
    func tags() async throws {
        try await Scene.with { scene in
            try await scene.establish()
            var plan = ShopPlan()
            plan.tags = "{ owner: payments }"
            try scene.write("plan.yaml", plan.text)
            let apply = try await scene.apply()
            #expect(apply.code == 0, "\(apply.errors)")
            #expect(apply.output.contains("Apply complete: 0 created, 7 changed, 0 deleted."))
            let account = try await scene.judge.state()
            for kind in ["keys", "secrets", "policies"] {
                for name in account.names(kind) {
                    #expect(account[kind, name]?["tags"]?["owner"] == "payments")
                    #expect(account[kind, name]?["tags"]?["gaara:application"] == "shop")
                }
            }
            #expect(try await scene.plan("--detailed-exitcode").code == 0)
        }
    }

    @Test("a rotation of the key that was turned off is turned on again")
    func keyRotation() async throws {
        var off = ShopPlan()
        off.keyRotation = "none"
        try await Scene.with(off) { scene in
            try await scene.establish()
            #expect(try await scene.judge.state().key("shop/staging")?["rotates"] == false)
            try scene.write("plan.yaml", ShopPlan().text)
            let apply = try await scene.apply()
            #expect(apply.code == 0)
            #expect(apply.steps == ["~ key"])
            #expect(try await scene.judge.state().key("shop/staging")?["rotates"] == true)
        }
    }

    @Test("a changed value becomes the current one, the old one the previous, no label stays")
    func value() async throws {
        try await Scene.with { scene in
            try await scene.establish()
            let before = try await scene.judge.state().secret("shop/staging/database-url")
            let changed = "postgresql://shop:second@db.example:5432/shop"
            try scene.write(
                "values.env", "DATABASE_URL=\(changed)\nREDIS_URL=\(ShopPlan.redisURL)\n")
            let plan = try await scene.plan("--detailed-exitcode")
            #expect(plan.code == 2)
            #expect(plan.steps == ["~ secret/database-url"])
            #expect(plan.output.contains("(sensitive) -> (sensitive)"))

            let proxy = try Proxy(to: scene.moto)
            let apply = try await scene.apply(at: proxy.url)
            #expect(apply.code == 0, "\(apply.errors)")
            #expect(
                proxy.writes
                    == ["PutSecretValue", "UpdateSecretVersionStage", "UpdateSecretVersionStage"])
            let account = try await scene.judge.stateWithValues()
            let after = try #require(account.secret("shop/staging/database-url"))
            #expect(after["value"] == .string(changed))
            #expect(after["stages"]?["AWSPREVIOUS"] == before?["stages"]?["AWSCURRENT"])
            #expect(
                after["stages"]?.object?.members.map(\.key).sorted() == [
                    "AWSCURRENT", "AWSPREVIOUS",
                ])
            #expect(try await scene.plan("--detailed-exitcode").code == 0)

            // And back: the first value's version exists already.
            try scene.write("values.env", ShopPlan.values)
            #expect(try await scene.apply().code == 0)
            let again = try await scene.judge.stateWithValues().secret("shop/staging/database-url")
            #expect(again?["value"] == .string(ShopPlan.databaseURL))
            #expect(again?["stages"]?["AWSCURRENT"] == before?["stages"]?["AWSCURRENT"])
        }
    }

    @Test("a value that somebody else wrote is shown, and overwritten only by name")
    func outside() async throws {
        try await Scene.with { scene in
            try await scene.establish()
            let name = "shop/staging/database-url"
            try await scene.judge.put(name, "theirs")
            let plan = try await scene.plan()
            #expect(plan.steps == ["! secret/database-url"])
            let before = try await scene.judge.state()
            _ = try await scene.apply()
            #expect(try await scene.judge.state() == before, "--yes alone leaves it")

            let apply = try await scene.apply(
                "--overwrite", "database-url", "--confirm", "secret/database-url")
            #expect(apply.code == 0, "\(apply.errors)")
            let after = try await scene.judge.stateWithValues()
            #expect(after.secret(name)?["value"] == .string(ShopPlan.databaseURL))
        }
    }

    @Test("an attachment that somebody else made is shown and detached")
    func foreignAttachment() async throws {
        try await Scene.with { scene in
            try await scene.establish()
            let policy = try await scene.judge.state().policy("shop-staging-app")
            try await scene.judge.attach("shop-rotation", try #require(policy?["arn"]?.string))
            let apply = try await scene.apply()
            #expect(apply.code == 0, "\(apply.errors)")
            #expect(apply.steps == ["- attachment/shop-staging-app/role/shop-rotation"])
            let after = try await scene.judge.state().policy("shop-staging-app")
            #expect(after?["roles"] == ["shop-app", "shop-job"])
        }
    }

    @Test("a secret of our name without our tags is taken over only with --adopt")
    func adoption() async throws {
        try await Scene.with { scene in
            try await scene.judge.makeForeign("shop/staging/redis-url")
            let before = try await scene.judge.state()
            let refused = try await scene.apply()
            #expect(refused.code == 1)
            #expect(
                refused.errors(beginning: "error: ").count
                    + refused.errors(beginning: "plan.yaml:").count == 1)
            #expect(refused.errors.contains("--adopt"))
            #expect(try await scene.judge.state() == before)

            let adopted = try await scene.apply("--adopt")
            #expect(adopted.code == 0, "\(adopted.errors)")
            #expect(adopted.steps.contains("= secret/redis-url"))
            let after = try await scene.judge.stateWithValues().secret("shop/staging/redis-url")
            #expect(after?["tags"]?["gaara:application"] == "shop")
            #expect(after?["value"] == "not ours", "adopting changes nothing but tags")
        }
    }
}

extension Run {
    /// The first lines of the steps shown: `~ secret/database-url`.
    var steps: [String] {
        outputLines.filter { line in
            line.count > 2 && "+~-=♻⇄↻!".contains(line.prefix(1)) && line.dropFirst().hasPrefix(" ")
        }.map(String.init)
    }
}
