import JSON
import POSIX
import Testing

@Suite struct RefusalTests {
    /// One error, with a hint, nothing on standard output, and an account without a trace.
    private func expectRefusal(
        _ run: Run, of text: String, in scene: Scene, _ location: SourceLocation = #_sourceLocation
    ) async throws {
        #expect(run.code == 1, sourceLocation: location)
        #expect(run.output.isEmpty, sourceLocation: location)
        #expect(run.errors.contains(text), "\(run.errors)", sourceLocation: location)
        #expect(run.errors(beginning: "error: ").count == 1, sourceLocation: location)
        #expect(try await scene.judge.state().isEmpty, sourceLocation: location)
    }

    @Test("an account that the plan does not name is refused after one call, before any other")
    func wrongAccount() async throws {
        var plan = ShopPlan()
        plan.account = "210987654321"
        plan.every = nil
        try await Scene.with(plan) { scene in
            for verb in ["plan", "apply"] {
                let proxy = try Proxy(to: scene.moto)
                let run = try await scene.run(
                    [verb, "plan.yaml", "--env-file", "values.env"]
                        + (verb == "apply" ? ["--yes"] : []), at: proxy.url)
                try await expectRefusal(
                    run,
                    of: "belong to account 123456789012, the plan is for account 210987654321",
                    in: scene)
                #expect(proxy.operations == ["GetCallerIdentity"])
            }
        }
    }

    @Test("a region that contradicts the plan is refused before any call")
    func wrongRegion() async throws {
        try await Scene.with { scene in
            let proxy = try Proxy(to: scene.moto)
            let run = try await scene.apply(at: proxy.url, "--region", "eu-west-1")
            try await expectRefusal(run, of: "--region eu-west-1 contradicts the plan", in: scene)
            #expect(proxy.operations == [])
        }
    }

    @Test("an endpoint that is down is one error that says what was asked")
    func endpointDown() async throws {
        try await Scene.with { scene in
            let nobody = "http://127.0.0.1:\(try LoopbackListener.freePort())"
            let run = try await scene.apply(at: nobody)
            try await expectRefusal(
                run, of: "cannot find out who the credentials belong to", in: scene)
            #expect(run.errors(beginning: "hint: ").count == 1)
            #expect(
                run.errors.contains("sts:GetCallerIdentity")
                    || run.errors.contains("GetCallerIdentity"))
        }
    }

    @Test("without consent or without a value nothing is written")
    func noConsent() async throws {
        try await Scene.with { scene in
            let command = ["apply", "plan.yaml", "--env-file", "values.env"]
            let proxy = try Proxy(to: scene.moto)
            let silent = try await scene.run(command, at: proxy.url)
            #expect(silent.code == 1)
            #expect(silent.errors.contains("nobody to ask"))
            let valueless = try await scene.run("apply", "plan.yaml", "--yes", at: proxy.url)
            #expect(valueless.code == 1)
            #expect(valueless.errors.contains("secret/database-url cannot be created without"))
            #expect(valueless.errors.contains("secret/redis-url cannot be created without"))
            #expect(proxy.writes == [])
            #expect(try await scene.judge.state().isEmpty)
        }
    }

    @Test("credentials that may not list secrets plan nothing, and never a creation")
    func deniedReading() async throws {
        try await Scene.with { scene in
            let user = try await scene.judge.user(denied: ["secretsmanager:ListSecrets"])
            try await scene.moto.enforceAuthorization()
            let run = try await scene.run(
                "plan", "plan.yaml",
                with: ["AWS_ACCESS_KEY_ID": user.id, "AWS_SECRET_ACCESS_KEY": user.secret])
            try await scene.moto.trustEverybody()
            try await expectRefusal(run, of: "ListSecrets", in: scene)
            #expect(run.errors.contains("hint: allow secretsmanager:ListSecrets"))
        }
    }

    @Test("a write that is denied stops the apply, says what is done, and the next one finishes")
    func deniedWriting() async throws {
        try await Scene.with { scene in
            let user = try await scene.judge.user(denied: ["iam:CreatePolicy"])
            try await scene.moto.enforceAuthorization()
            let run = try await scene.run(
                "apply", "plan.yaml", "--env-file", "values.env", "--yes",
                with: ["AWS_ACCESS_KEY_ID": user.id, "AWS_SECRET_ACCESS_KEY": user.secret])
            try await scene.moto.trustEverybody()
            #expect(run.code == 1)
            #expect(run.output.contains("Apply stopped: 7 done, 1 failed, 2 not tried."))
            let errors = run.errors.split(separator: "\n").filter { $0.contains("error: ") }
            #expect(errors.count == 1)
            #expect(errors.first?.contains("policy/shop-staging-app") == true)
            #expect(run.errors.contains("hint: allow iam:CreatePolicy to these credentials"))
            let account = try await scene.judge.state()
            #expect(account.names("secrets").count == 4)
            #expect(account.names("policies") == [])

            let next = try await scene.apply()
            #expect(next.code == 0, "\(next.errors)")
            #expect(next.output.contains("Apply complete: 3 created, 0 changed, 0 deleted."))
            #expect(try await scene.plan("--detailed-exitcode").code == 0)
        }
    }

    @Test("moto's own check of signatures accepts ours, and refuses that of a wrong key")
    func signatures() async throws {
        try await Scene.with { scene in
            let user = try await scene.judge.user()
            try await scene.moto.enforceAuthorization()
            let wrong = try await scene.run(
                "apply", "plan.yaml", "--env-file", "values.env", "--yes",
                with: [
                    "AWS_ACCESS_KEY_ID": user.id,
                    "AWS_SECRET_ACCESS_KEY": String(user.secret.reversed()),
                ])
            let unknown = try await scene.run(
                "plan", "plan.yaml", with: ["AWS_ACCESS_KEY_ID": "AKIAUNKNOWN000000000"])
            try await scene.moto.trustEverybody()
            try await expectRefusal(wrong, of: "SignatureDoesNotMatch", in: scene)
            #expect(wrong.errors.contains("request id "), "\(wrong.errors)")
            try await expectRefusal(unknown, of: "InvalidClientTokenId", in: scene)

            try await scene.moto.enforceAuthorization()
            let right = try await scene.run(
                "apply", "plan.yaml", "--env-file", "values.env", "--yes",
                with: ["AWS_ACCESS_KEY_ID": user.id, "AWS_SECRET_ACCESS_KEY": user.secret])
            try await scene.moto.trustEverybody()
            #expect(right.code == 0, "\(right.errors)")
            #expect(try await scene.judge.state().names("policies") == ["shop-staging-app"])
        }
    }

    @Test("without credentials nothing is asked")
    func noCredentials() async throws {
        try await Scene.with { scene in
            let proxy = try Proxy(to: scene.moto)
            let run = try await scene.run(
                ["plan", "plan.yaml"], at: proxy.url,
                with: ["AWS_ACCESS_KEY_ID": nil, "AWS_SECRET_ACCESS_KEY": nil])
            try await expectRefusal(run, of: "AWS_ACCESS_KEY_ID", in: scene)
            #expect(proxy.operations == [])
        }
    }
}
