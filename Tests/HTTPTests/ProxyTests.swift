import Glibc
import POSIX
import Testing

@testable import HTTP

/// libcurl reads the variables itself, so each test has a process of its own.
@Suite struct ProxyTests {
    /// Two listeners and the request that is to go to the one or the other.
    private struct Scene {
        let proxy: LoopbackListener
        let target: LoopbackListener

        init() throws {
            // It refuses CONNECT; what counts is who was asked.
            proxy = try LoopbackListener { _ in .response(status: 502, "") }
            // A TLS greeting is no head of HTTP: the target waits a second for the rest of it.
            var limits = LoopbackListener.Limits()
            limits.idleSeconds = 1
            target = try LoopbackListener(limits: limits) { _ in .response(status: 200, "{}") }
            for name in ["NO_PROXY", "no_proxy", "https_proxy", "ALL_PROXY", "all_proxy"] {
                ProcessEnvironment.unset(name)
            }
            ProcessEnvironment.set("HTTPS_PROXY", proxy.url)
            ProcessEnvironment.set("http_proxy", proxy.url)
        }

        /// How often the proxy and the target have been connected to, after one request more.
        func send(
            _ host: String, _ scheme: HTTPRequest.Scheme
        ) async -> (atProxy: Int, atTarget: Int) {
            let request = HTTPRequest(
                method: "GET", scheme: scheme, host: host, port: target.port,
                limits: .init(connectMilliseconds: 60_000, totalMilliseconds: 60_000))
            _ = await CurlTransport().failure(request)
            return (proxy.connectionCount, target.connectionCount)
        }
    }

    // libcurl takes every name beneath "localhost" for this machine, without asking anybody.
    @Test("HTTPS_PROXY is asked, and nobody else")
    func used() async {
        await #expect(processExitsWith: .success) {
            let counts = try await Scene().send("shop.localhost", .https)
            exit(counts.atProxy > 0 && counts.atTarget == 0 ? 0 : 1)
        }
    }

    @Test("a host that NO_PROXY names is reached directly")
    func excepted() async {
        await #expect(processExitsWith: .success) {
            let scene = try Scene()
            ProcessEnvironment.set("NO_PROXY", "other.example,shop.localhost")
            let counts = await scene.send("shop.localhost", .https)
            exit(counts.atProxy == 0 && counts.atTarget > 0 ? 0 : 1)
        }
    }

    @Test("loopback is reached directly, whatever the environment says")
    func loopback() async {
        await #expect(processExitsWith: .success) {
            let scene = try Scene()
            for scheme in [HTTPRequest.Scheme.http, .https] {
                for host in ["127.0.0.1", "localhost"] {
                    let before = scene.target.connectionCount
                    let counts = await scene.send(host, scheme)
                    guard counts.atProxy == 0, counts.atTarget > before else {
                        exit(1)
                    }
                }
            }
            exit(0)
        }
    }
}
