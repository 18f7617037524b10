import JSON
import POSIX
import Testing

@Suite struct DoctorTests {
    /// What IAM would say to a question about any actions and resources: all of it is allowed.
    private static func allowed(_ request: LoopbackListener.Request) -> LoopbackListener.Answer {
        let members = String(decoding: request.body, as: UTF8.self).split(separator: "&").map {
            $0.split(separator: "=", maxSplits: 1).map(String.init)
        }
        func values(_ name: String) -> [String] {
            members.filter { $0[0].hasPrefix("\(name).member.") && $0.count == 2 }.map {
                $0[1].replacing("%3A", with: ":").replacing("%2F", with: "/")
                    .replacing("%2A", with: "*")
            }
        }
        let results = values("ActionNames").map { action in
            let parts = values("ResourceArns").map {
                """
                <member><EvalResourceName>\($0)</EvalResourceName>\
                <EvalResourceDecision>allowed</EvalResourceDecision></member>
                """
            }
            return """
                <member><EvalActionName>\(action)</EvalActionName><EvalDecision>allowed</EvalDecision>\
                <ResourceSpecificResults>\(parts.joined())</ResourceSpecificResults></member>
                """
        }
        let body = """
            <SimulatePrincipalPolicyResponse><SimulatePrincipalPolicyResult><EvaluationResults>\
            \(results.joined())</EvaluationResults></SimulatePrincipalPolicyResult>\
            </SimulatePrincipalPolicyResponse>
            """
        return .response(
            status: 200, headers: [.init("Content-Type", "text/xml")], body: Array(body.utf8))
    }

    @Test("all is well before and after the first apply, and doctor writes nothing")
    func well() async throws {
        try await Scene.with { scene in
            let proxy = try Proxy(to: scene.moto) { operation, request in
                operation == "SimulatePrincipalPolicy" ? Self.allowed(request) : nil
            }
            let before = try await scene.run("doctor", "plan.yaml", at: proxy.url)
            #expect(before.code == 0, "\(before.output)\(before.errors)")
            #expect(before.errors.isEmpty)
            #expect(before.output.contains("AKIA…MPLE from the environment"))
            #expect(before.output.contains("account 123456789012"))
            #expect(before.output.contains("\(proxy.url) (AWS_ENDPOINT_URL) for sts, kms, "))
            #expect(before.output.contains("0 of 4 exist"))
            #expect(before.output.hasSuffix("Nothing stands in the way; 1 warning.\n"))
            #expect(try await scene.judge.state().isEmpty)

            try await scene.establish()
            let state = try await scene.judge.state()
            let after = try await scene.run("doctor", "plan.yaml", "--json", at: proxy.url)
            let json = try JSON(parsing: after.output)
            #expect(after.code == 0, "\(after.output)\(after.errors)")
            #expect(json["summary"]?["obstacles"] == 0)
            #expect(json["summary"]?["unknown"] == 0)
            let reads = json["reads"]?.array ?? []
            #expect(reads.allSatisfy { $0["evidence"]?.string == "called" })
            #expect(reads.contains { $0["action"]?.string == "kms:GenerateMac" })
            #expect(proxy.writes.allSatisfy { ["GET /", "SimulatePrincipalPolicy"].contains($0) })
            #expect(try await scene.judge.state() == state)
        }
    }

    @Test("a right that the user lacks is found by trying, as moto enforces it")
    func denied() async throws {
        try await Scene.with { scene in
            try await scene.establish()
            let user = try await scene.judge.user(denied: ["secretsmanager:ListSecrets"])
            try await scene.moto.enforceAuthorization()
            let run = try await scene.run(
                "doctor", "plan.yaml", "--json",
                with: ["AWS_ACCESS_KEY_ID": user.id, "AWS_SECRET_ACCESS_KEY": user.secret])
            try await scene.moto.trustEverybody()
            #expect(run.code == 1)
            let json = try JSON(parsing: run.output)
            let denied = (json["reads"]?.array ?? []).filter { $0["verdict"]?.string == "denied" }
            #expect(
                denied.compactMap { $0["action"]?.string } == ["secretsmanager:ListSecrets"])
            #expect(!(run.output + run.errors).contains(user.secret))
            #expect(!(run.output + run.errors).contains(user.id))
        }
    }

    @Test("with nothing set, and nobody listening, the whole screen appears all the same")
    func nothing() async throws {
        try await Scene.with(prepared: false) { scene in
            let nobody = "http://127.0.0.1:\(try LoopbackListener.freePort())"
            let run = try await scene.run(
                ["doctor"], at: nobody,
                with: ["AWS_ACCESS_KEY_ID": nil, "AWS_SECRET_ACCESS_KEY": nil])
            #expect(run.code == 1)
            #expect(run.errors.isEmpty, "\(run.errors)")
            for part in [
                "no region is set", "none were found", "AWS_ACCESS_KEY_ID", "nothing accepts",
                "libcurl ", "OpenSSL/", "proxy",
            ] {
                #expect(run.output.contains(part), "\(part): \(run.output)")
            }
        }
    }
}
