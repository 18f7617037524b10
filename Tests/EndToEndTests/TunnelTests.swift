import POSIX
import Testing

@Suite struct TunnelTests {
    /// What the command gets behind a proxy: no endpoint of its own and no exceptions.
    private func behind(_ tunnel: Tunnel, _ more: [String: String?] = [:]) -> [String: String?] {
        let proxy = "http://\(tunnel.authority)"
        let environment: [String: String?] = [
            "AWS_ENDPOINT_URL": nil, "AWS_CA_BUNDLE": tunnel.certificate, "NO_PROXY": nil,
            "HTTPS_PROXY": proxy, "http_proxy": proxy,
        ]
        return environment.merging(more) { $1 }
    }

    @Test("behind a proxy each call goes through a tunnel to AWS's own host, credentials do not")
    func tunnelled() async throws {
        try await Scene.with { scene in
            let tunnel = try await Tunnel(to: scene.moto)
            let seen = Seen()
            // As ECS and EKS give them, by plain http on this machine.
            let container = try LoopbackListener { request in
                seen.add(request.target)
                return .response(
                    status: 200,
                    """
                    {"AccessKeyId":"ASIAEXAMPLE","SecretAccessKey":"s","Token":"t",\
                    "Expiration":"2099-01-01T00:00:00Z"}
                    """)
            }
            let run = try await scene.run(
                ["plan", "plan.yaml", "--env-file", "values.env"],
                with: behind(
                    tunnel,
                    [
                        "AWS_ACCESS_KEY_ID": nil, "AWS_SECRET_ACCESS_KEY": nil,
                        "AWS_CONTAINER_CREDENTIALS_FULL_URI": "\(container.url)/credentials",
                    ]))
            #expect(run.code == 0, "\(run.errors)")
            #expect(run.output.contains("Plan: "))
            #expect(seen.all == ["/credentials"])
            let hosts = ["sts.us-east-1", "kms.us-east-1", "secretsmanager.us-east-1", "iam"]
            let asked = Set(try tunnel.requests)
            #expect(
                asked.isSuperset(of: hosts.map { "CONNECT \($0).amazonaws.com:443 HTTP/1.1" }),
                "\(asked)")
            #expect(asked.allSatisfy { $0.hasSuffix(".amazonaws.com:443 HTTP/1.1") }, "\(asked)")
        }
    }

    @Test(
        "a host that NO_PROXY names is reached without the proxy, and without NO_PROXY through it")
    func excepted() async throws {
        try await Scene.with { scene in
            let tunnel = try await Tunnel(to: scene.moto)
            let host = "shop.localhost:\(tunnel.directPort)"
            let endpoint: [String: String?] = ["AWS_ENDPOINT_URL": "https://\(host)"]
            let direct = try await scene.run(
                ["plan", "plan.yaml"],
                with: behind(tunnel, endpoint.merging(["NO_PROXY": "shop.localhost"]) { $1 }))
            #expect(direct.code == 0, "\(direct.errors)")
            #expect(try tunnel.requests == [])
            let through = try await scene.run(
                ["plan", "plan.yaml"], with: behind(tunnel, endpoint))
            #expect(through.code == 0, "\(through.errors)")
            #expect(Set(try tunnel.requests) == ["CONNECT \(host) HTTP/1.1"])
        }
    }

    @Test("a proxy that is down is one error, which does not show its password")
    func down() async throws {
        try await Scene.with(prepared: false) { scene in
            let tunnel = try await Tunnel(to: scene.moto)
            let nobody = "http://shop:canary@127.0.0.1:\(try LoopbackListener.freePort())"
            let run = try await scene.run(
                ["plan", "plan.yaml"],
                with: behind(tunnel, ["HTTPS_PROXY": nobody, "AWS_MAX_ATTEMPTS": "1"]))
            #expect(run.code == 1)
            #expect(run.errors(beginning: "error: ").count == 1, "\(run.errors)")
            #expect(!run.errors.contains("canary"))
            #expect(try tunnel.requests == [])
        }
    }
}
