import Testing

@testable import HTTP

/// The answers are those of curl 7.88.1: a listener that counts connections stood in for the proxy.
@Suite("ProxyEnvironment")
struct ProxyEnvironmentTests {
    private static let proxy = "http://proxy:3128"

    private func address(
        _ environment: [String: String], _ host: String = "a.test",
        _ scheme: HTTPRequest.Scheme = .https
    ) -> String? {
        ProxyEnvironment(environment).proxy(of: host, scheme)?.address
    }

    @Test("the proxy is that of the scheme, else of all; the lower-case variable wins")
    func variables() {
        let proxies = ["https_proxy": "a", "HTTPS_PROXY": "b", "all_proxy": "c", "ALL_PROXY": "d"]
        #expect(address(proxies) == "a")
        #expect(address(proxies.filter { $0.key != "https_proxy" }) == "b")
        #expect(address(proxies.merging(["https_proxy": ""]) { $1 }) == "b")
        #expect(address(proxies.filter { $0.key.hasPrefix("all") }) == "c")
        #expect(address(["ALL_PROXY": "d"]) == "d")
        #expect(address(proxies, "a.test", .http) == "c")
        #expect(address(["http_proxy": "e", "ALL_PROXY": "d"], "a.test", .http) == "e")
        #expect(address(["HTTP_PROXY": "e"], "a.test", .http) == nil)
        #expect(address(["http_proxy": "e"]) == nil)
        #expect(
            ProxyEnvironment(["HTTPS_PROXY": "b"]).proxy(of: "a.test", .https)?.variable
                == "HTTPS_PROXY")
    }

    @Test("a user and password are taken away, and nothing keeps them")
    func passwords() {
        for (text, shown) in [
            ("http://u:hunter2@proxy:3128", "http://proxy:3128"), ("u:hunter2@proxy", "proxy"),
            ("socks5h://u:hunter2@x@proxy:1/", "socks5h://proxy:1/"),
            ("u://hunter2@proxy", "u://proxy"), ("u:p://hunter2@proxy", "proxy"),
        ] {
            #expect(address(["HTTPS_PROXY": text]) == shown)
            var dumped = ""
            dump(ProxyEnvironment(["HTTPS_PROXY": text, "http_proxy": text]), to: &dumped)
            #expect(!dumped.contains("hunter2"))
        }
    }

    @Test(
        "a host of NO_PROXY, or below one, is reached directly",
        arguments: [
            ("*", "a.test b.a.test ba.test a.test."), ("a.test", "a.test b.a.test a.test."),
            (".a.test", "a.test b.a.test a.test."), ("test", "a.test b.a.test ba.test a.test."),
            ("A.TEST", "a.test b.a.test a.test."), ("a.test.", "a.test b.a.test a.test."),
            ("b.test a.test", "a.test b.a.test a.test."),
            ("b.test, a.test", "a.test b.a.test a.test."), ("x.test", ""), ("*,b.test", ""),
            (" *", ""), ("*.a.test", ""), ("na.test", ""), (".", ""), ("a.test:443", ""),
        ])
    func exceptions(text: String, direct: String) {
        let found = ["a.test", "b.a.test", "ba.test", "a.test."].filter {
            address(["HTTPS_PROXY": Self.proxy, "NO_PROXY": text], $0) == nil
        }
        #expect(found.joined(separator: " ") == direct)
    }

    @Test("an address is matched as a number, alone or in a block")
    func addresses() {
        let found = [
            "10.0.0.1", "10.0.0.0/8", "10.0.0.0/33", "10.0.0.0/0", "10.0.0.0/", "10.0.0", "0.0.0.1",
            "10.1.0.0/16", "10.0.0.1,b", ".1",
        ].filter { address(["HTTPS_PROXY": Self.proxy, "NO_PROXY": $0], "10.0.0.1") == nil }
        #expect(found == ["10.0.0.1", "10.0.0.0/8", "10.0.0.1,b"])
    }

    @Test("no_proxy hides NO_PROXY unless it is empty")
    func lowerCase() {
        let both = ["HTTPS_PROXY": Self.proxy, "no_proxy": "b", "NO_PROXY": "a.test"]
        #expect(address(both) == Self.proxy)
        #expect(address(both.merging(["no_proxy": ""]) { $1 }) == nil)
    }

    @Test(
        "this machine and the metadata addresses are reached without a proxy",
        arguments: [
            "localhost", "127.0.0.1", "::1", "169.254.169.254", "169.254.170.2", "169.254.170.23",
            "fd00:ec2::23", "fd00:ec2::254",
        ])
    func local(host: String) {
        #expect(address(["ALL_PROXY": Self.proxy], host, .http) == nil)
        #expect(address(["ALL_PROXY": Self.proxy], "192.0.2.1", .http) == Self.proxy)
    }
}
