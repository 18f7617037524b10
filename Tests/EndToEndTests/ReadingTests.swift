import JSON
import POSIX
import Testing

@Suite struct ReadingTests {
    @Test("the resolver reads back, for staging, exactly the bytes that were applied")
    func resolver() async throws {
        try await Scene.with { scene in
            try await scene.establish()
            let settings: [String: String?] = [
                "ENVIRONMENT": "staging", "GAARA_APPLICATION": "shop", "AWS_REGION": "us-east-1",
            ]
            let value = try await scene.run("secret", "get", "database-url", with: settings)
            #expect(value.code == 0, "\(value.errors)")
            #expect(value.output == ShopPlan.databaseURL)
            #expect(value.errors.isEmpty)
            let generated = try await scene.run("secret", "get", "session-key", with: settings)
            let account = try await scene.judge.stateWithValues()
            #expect(
                account.secret("shop/staging/session-key")?["value"] == .string(generated.output))

            let missing = try await scene.run("secret", "get", "nothing-here", with: settings)
            #expect(missing.code == 1)
            #expect(missing.output.isEmpty)
            #expect(missing.errors.hasPrefix("error: "))
        }
    }

    @Test("documents that follow the plan are accepted, and one that does not is named")
    func policyCheck() async throws {
        try await Scene.with { scene in
            let nobody: [String: String?] = [
                "AWS_ENDPOINT_URL": "http://127.0.0.1:\(try LoopbackListener.freePort())"
            ]
            let written = try await scene.run(
                "policy", "plan.yaml", "--output", "policies", with: nobody)
            #expect(written.code == 0, "\(written.errors)")
            let path = "policies/staging/reader-app.json"
            let document = try JSON(parsing: try Repository.text(scene.work + "/" + path))
            #expect(document["Version"] == "2012-10-17")
            let fresh = try await scene.run("policy", "plan.yaml", "--check", "policies")
            #expect(fresh.code == 0)

            var plan = ShopPlan()
            plan.read = "[database-url]"
            try scene.write("plan.yaml", plan.text)
            let stale = try await scene.run("policy", "plan.yaml", "--check", "policies")
            #expect(stale.code == 1)
            #expect(stale.output.isEmpty)
            #expect(stale.errors(beginning: "error: ").count == 1)
            #expect(stale.errors.contains(path))
        }
    }
}
