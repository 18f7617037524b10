import JSON
import POSIX
import Testing

@Suite struct ApplyTests {
    @Test("from nothing, the plan shows everything, and apply makes what boto3 then finds")
    func fromNothing() async throws {
        try await Scene.with { scene in
            let plan = try await scene.plan("--detailed-exitcode")
            #expect(plan.code == 2)
            #expect(plan.output.contains("Plan: 10 to create, 0 to change, 0 to delete."))
            #expect(plan.errors.isEmpty)
            #expect(try await scene.judge.state().isEmpty)

            let apply = try await scene.apply()
            #expect(apply.code == 0)
            #expect(apply.output.contains("Apply complete: 10 created, 0 changed, 0 deleted."))
            #expect(apply.outputLines.last == plan.outputLines.last, "the same fingerprint")
            #expect(apply.errors(beginning: "+ ").count == 10)
            #expect(apply.errors(beginning: "error").isEmpty)

            let account = try await scene.judge.stateWithValues()
            #expect(
                account.names("keys") == ["alias/shop/staging", "alias/shop/staging/value-tokens"])
            expectKeys(in: account)
            try expectSecrets(in: account)
            expectPolicy(in: account)
        }
    }

    private func expectKeys(in account: Account) {
        let key = account.key("shop/staging")
        #expect(key?["description"] == "Keys of the shop")
        #expect(key?["rotates"] == true)
        #expect(key?["tags"]?["team"] == "platform")
        #expect(key?["tags"]?["gaara:application"] == "shop")
        #expect(key?["tags"]?["gaara:environment"] == "staging")
        #expect(key?["tags"]?["gaara:claim"] != nil)
        let tokens = account.key("shop/staging/value-tokens")
        #expect(tokens?["spec"] == "HMAC_256")
        #expect(tokens?["usage"] == "GENERATE_VERIFY_MAC")
    }

    private func expectSecrets(in account: Account) throws {
        #expect(
            account.names("secrets")
                == ["database-url", "login", "redis-url", "session-key"].map {
                    "shop/staging/" + $0
                })
        let url = try #require(account.secret("shop/staging/database-url"))
        #expect(url["value"] == .string(ShopPlan.databaseURL))
        #expect(url["description"] == "Primary PostgreSQL connection")
        #expect(url["key"] == account.key("shop/staging")?["arn"])
        #expect(url["tags"]?["gaara:environment"] == "staging")
        #expect(url["stages"]?.object?.members.map(\.key) == ["AWSCURRENT"])
        #expect(url["stages"]?["AWSCURRENT"]?.string?.hasPrefix("gaara1-") == true)
        #expect(account.secret("shop/staging/redis-url")?["value"] == .string(ShopPlan.redisURL))
        let session = account.secret("shop/staging/session-key")?["value"]?.string
        #expect(session?.count == 64)

        let login = try #require(account.secret("shop/staging/login"))
        let fields = try JSON(parsing: try #require(login["value"]?.string))
        #expect(fields["username"] == "app")
        #expect(fields["password"]?.string?.count == 40)
        #expect(login["rotates"] == true)
        #expect(login["days"] == 30)
        #expect(login["function"] == .string(ShopPlan.function))
    }

    private func expectPolicy(in account: Account) {
        #expect(account.names("policies") == ["shop-staging-app"])
        let policy = account.policy("shop-staging-app")
        #expect(policy?["path"] == "/shop/staging/")
        #expect(policy?["roles"] == ["shop-app", "shop-job"])
        #expect(policy?["versions"] == ["v1"])
        let document = policy?["document"]?.compact ?? ""
        #expect(document.contains("secret:shop/staging/database-url-??????"))
        #expect(!document.contains("secret:shop/staging/login"))
        let key = account.key("shop/staging")?["arn"]?.string ?? "no key"
        #expect(document.contains(key))
    }

    @Test("applied again, it finds no changes, asks only to read, and leaves the account as it was")
    func again() async throws {
        try await Scene.with { scene in
            try await scene.establish()
            let before = try await scene.judge.state()
            let proxy = try Proxy(to: scene.moto)
            let again = try await scene.apply(at: proxy.url, "--log-level", "debug")
            #expect(again.code == 0)
            #expect(again.output.hasPrefix("No changes. staging matches plan.yaml.\nFingerprint: "))
            #expect(proxy.writes == [])
            #expect(proxy.operations.contains("DescribeSecret"), "the proxy saw the calls")
            let told = again.errors(beginning: "debug: ").compactMap(Self.operation)
            #expect(told.sorted() == proxy.operations.sorted(), "the log tells every call")
            #expect(
                again.errors(beginning: "debug: ").count
                    == again.errors.split(separator: "\n").count)
            #expect(try await scene.judge.state() == before)
        }
    }

    /// The operation in a line such as `debug: kms DescribeKey, status 200, 9 ms`.
    private static func operation(_ line: Substring) -> String? {
        line.split(separator: ",").first?.split(separator: " ").last.map(String.init)
    }

    @Test("the repository's two environments stand beside each other in one account")
    func twoEnvironments() async throws {
        try await Scene.with { scene in
            for name in ["base", "staging", "production"] {
                let text = try Repository.text(Repository.root + "/plans/\(name).yaml")
                try scene.write("\(name).yaml", text)
            }
            try scene.write(
                "all.env",
                """
                DATABASE_URL=postgresql://one
                JWT_SECRET_KEY=two
                REDIS_URL=redis://three
                MAIL_PASSWORD=four
                SENTRY_DSN=https://five

                """)
            try await scene.prepare("staging.yaml", "production.yaml")
            let first = try await scene.run(
                "apply", "staging.yaml", "--env-file", "all.env", "--yes")
            #expect(first.code == 0, "\(first.errors)")
            let alone = try await scene.judge.state()
            let second = try await scene.run(
                "apply", "production.yaml", "--env-file", "all.env", "--yes")
            #expect(second.code == 0, "\(second.errors)")

            let both = try await scene.judge.state()
            for kind in ["keys", "secrets", "policies"] {
                #expect(!alone.names(kind).isEmpty)
                for name in alone.names(kind) { #expect(both[kind, name] == alone[kind, name]) }
                let others = both.names(kind).filter { !alone.names(kind).contains($0) }
                #expect(!others.isEmpty && others.allSatisfy { $0.contains("production") })
            }
            for environment in ["staging", "production"] {
                let plan = try await scene.run(
                    "plan", "\(environment).yaml", "--env-file", "all.env", "--detailed-exitcode")
                #expect(plan.code == 0)
                #expect(
                    plan.output.hasPrefix(
                        "No changes. \(environment) matches \(environment).yaml."))
            }
            let gone = try await scene.run("destroy", "staging.yaml", "--yes")
            #expect(gone.code == 0, "\(gone.errors)")
            let left = try await scene.judge.state()
            for kind in ["keys", "secrets", "policies"] {
                for name in both.names(kind) where name.contains("production") {
                    #expect(left[kind, name] == both[kind, name])
                }
            }
        }
    }

    @Test("an approved fingerprint runs that plan, and no other")
    func approval() async throws {
        try await Scene.with { scene in
            let plan = try await scene.plan()
            let fingerprint = try #require(plan.outputLines.last?.split(separator: " ").last)
            let command = ["apply", "plan.yaml", "--env-file", "values.env", "--approve"]
            let wrong = try await scene.run(
                command + ["sha256:" + String(repeating: "0", count: 64)])
            #expect(wrong.code == 3)
            #expect(wrong.errors(beginning: "error: ").count == 1)
            #expect(try await scene.judge.state().isEmpty)

            let right = try await scene.run(command + [String(fingerprint)])
            #expect(right.code == 0, "\(right.errors)")
            let stale = try await scene.run(command + [String(fingerprint)])
            #expect(stale.code == 3, "what was approved is done, so it is no longer the plan")
        }
    }
}
