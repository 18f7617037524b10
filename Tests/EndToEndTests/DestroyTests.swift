import JSON
import POSIX
import Testing

@Suite struct DestroyTests {
    @Test("destroy deletes policies and secrets, keeps the keys, and apply restores")
    func destroy() async throws {
        try await Scene.with { scene in
            try await scene.establish()
            let before = try await scene.judge.state()
            let destroy = try await scene.run("destroy", "plan.yaml", "--yes")
            #expect(destroy.code == 0, "\(destroy.errors)")
            #expect(destroy.output.contains("Destroy complete: 0 created, 0 changed, 7 deleted."))
            #expect(destroy.errors.contains("key is kept"))
            let account = try await scene.judge.state()
            #expect(account.names("policies") == [])
            #expect(account.json["keys"] == before.json["keys"])
            #expect(account.names("secrets") == before.names("secrets"))
            for name in account.names("secrets") {
                #expect(account.secret(name)?["deleted"] == true)
            }
            let again = try await scene.run("destroy", "plan.yaml", "--yes")
            #expect(again.code == 0)
            #expect(again.output.hasPrefix("No changes. Nothing of staging is left to destroy."))

            let restored = try await scene.apply()
            #expect(restored.code == 0, "\(restored.errors)")
            #expect(restored.steps.filter { $0.hasPrefix("♻ ") }.count == 4)
            let after = try await scene.judge.stateWithValues()
            for name in after.names("secrets") {
                #expect(after.secret(name)?["deleted"] == false)
            }
            #expect(
                after.secret("shop/staging/database-url")?["value"]
                    == .string(ShopPlan.databaseURL))
        }
    }

    @Test("a protected secret is not deleted, and nothing beside it either")
    func protected() async throws {
        var plan = ShopPlan()
        plan.protect = "true"
        try await Scene.with(plan) { scene in
            try await scene.establish()
            let before = try await scene.judge.state()
            let destroy = try await scene.run("destroy", "plan.yaml", "--yes")
            #expect(destroy.code == 1)
            #expect(destroy.errors.contains("secret/database-url is protected"))
            #expect(destroy.errors.contains("take `protect` off"))
            #expect(destroy.output.isEmpty)
            #expect(try await scene.judge.state() == before)
        }
    }

    @Test("what the plan no longer declares is listed, and deleted only with --prune")
    func prune() async throws {
        var plan = ShopPlan()
        plan.moreSecrets =
            "  old:\n    recovery-window: 7 days\n    value: { generate: { length: 20 } }\n"
        try await Scene.with(plan) { scene in
            try await scene.establish()
            try scene.write("plan.yaml", ShopPlan().text)
            let listed = try await scene.plan()
            #expect(listed.output.contains("Ours, and no longer declared"))
            #expect(listed.output.contains("old"))
            // The key's policy no longer names the secret, which takes rights away.
            let kept = try await scene.apply("--confirm", "key")
            #expect(kept.code == 0, "\(kept.errors)")
            #expect(try await scene.judge.state().secret("shop/staging/old")?["deleted"] == false)
            let pruned = try await scene.apply("--prune")
            #expect(pruned.code == 0, "\(pruned.errors)")
            #expect(try await scene.judge.state().secret("shop/staging/old")?["deleted"] == true)
        }
    }
}
