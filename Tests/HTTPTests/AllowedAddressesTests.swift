import POSIX
import Testing

@testable import HTTP

/// The metadata address is checked on the address that is used.
@Suite struct AllowedAddressesTests {
    @Test(
        "each rule allows its own addresses and no neighbour of them",
        arguments: [
            ("127.0.0.1", [.any, .loopback, .containerCredentials]),
            ("::1", [.any, .loopback, .containerCredentials]),
            ("169.254.170.2", [.any, .containerCredentials]),
            ("169.254.170.23", [.any, .containerCredentials]),
            ("fd00:ec2::23", [.any, .containerCredentials]),
            ("169.254.169.254", [.any, .instanceMetadata]),
            ("fd00:ec2::254", [.any, .instanceMetadata]),
            ("::ffff:169.254.169.254", [.any, .instanceMetadata]),
            ("169.254.170.3", [.any]), ("169.254.169.253", [.any]), ("fd00:ec2::24", [.any]),
            ("10.0.0.1", [.any]), ("0.0.0.0", [.any]), ("::", [.any]),
        ] as [(String, [AllowedAddresses])])
    func rules(_ text: String, _ allowing: [AllowedAddresses]) throws {
        let address = try #require(IPAddress(text))
        for rule in [AllowedAddresses.any, .loopback, .containerCredentials, .instanceMetadata] {
            #expect(rule.contains(address) == allowing.contains(rule), "\(rule)")
        }
    }

    // 192.0.2.0/24 and 2001:db8::/32 are for documentation (RFC 5737, RFC 3849): without the check
    // these requests would run into their time limit instead. libcurl reads the last two forms of
    // 10.0.0.1 itself, without a resolver.
    @Test(
        "an address outside the rule is refused before anything is sent, however it is written",
        arguments: [
            "192.0.2.1", "2001:db8::1", "169.254.169.254", "169.254.170.3", "::ffff:192.0.2.1",
            "0x0a000001", "167772161",
        ])
    func refused(_ host: String) async throws {
        var request = HTTPRequest(method: "GET", scheme: .http, host: host)
        request.allowedAddresses = .containerCredentials
        let error = try await #require(CurlTransport().refusal(WireRequest(request)))
        #expect(error.code == .invalidRequest)
        #expect(error.reason.contains("leads to"), "\(error.reason)")
        #expect(error.reason.contains("nothing was sent"))
    }

    @Test("a name that leads elsewhere the second time is refused the second time")
    func rebinding() async throws {
        let seen = Tally()
        let listener = try LoopbackListener { request in
            seen.add(request.target)
            return .response(status: 200, "{}")
        }
        let transport = CurlTransport()
        var first = try Self.wire(listener, "/first")
        first.pinnedAddresses = ["127.0.0.1"]
        #expect(try await transport.send(first).status == 200)

        var second = try Self.wire(listener, "/second", freshConnection: true)
        second.pinnedAddresses = ["192.0.2.1"]
        let error = try #require(await transport.refusal(second))
        #expect(error.code == .invalidRequest)
        #expect(error.reason.hasPrefix("credentials.example leads to 192.0.2.1, which is not"))
        #expect(seen.count(of: "/second") == 0)
        // And back again.
        #expect(try await transport.send(first).status == 200)
        #expect(seen.count(of: "/first") == 2)
    }

    @Test("of two addresses of a name only the allowed one is connected to")
    func oneOfTwo() async throws {
        let listener = try LoopbackListener { _ in .response(status: 200, "{}") }
        var request = try Self.wire(listener, "/")
        request.pinnedAddresses = ["192.0.2.1", "127.0.0.1"]
        #expect(try await CurlTransport().send(request).status == 200)
    }

    @Test("a kept connection that was opened without the rule does not get round it")
    func keptConnection() async throws {
        let seen = Tally()
        let listener = try LoopbackListener { request in
            seen.add(request.target)
            return .response(status: 200, "{}")
        }
        let transport = CurlTransport()
        #expect(try await transport.send(.to(listener)).status == 200)
        var request = HTTPRequest.to(listener, target: "/ruled")
        request.allowedAddresses = .instanceMetadata
        let error = try #require(await transport.refusal(WireRequest(request)))
        #expect(error.code == .invalidRequest)
        #expect(error.reason.contains("127.0.0.1"))
        #expect(listener.connectionCount == 1)
        #expect(seen.count(of: "/ruled") == 0)
    }

    @Test("a redirect of the service is an answer, and nobody goes where it points")
    func redirect() async throws {
        let other = try LoopbackListener { _ in .response(status: 200, "{}") }
        let location = "\(other.url)/stolen"
        let listener = try LoopbackListener { _ in
            .response(status: 302, headers: [.init("Location", location)], body: [])
        }
        var request = HTTPRequest.to(listener)
        request.allowedAddresses = .containerCredentials
        #expect(try await CurlTransport().send(request).status == 302)
        #expect(other.connectionCount == 0)
    }

    @Test("a request with a rule goes through no proxy, whatever its host is called")
    func noProxy() throws {
        for rule in [AllowedAddresses.loopback, .containerCredentials, .instanceMetadata] {
            var request = HTTPRequest(method: "GET", scheme: .http, host: "credentials.example")
            #expect(try !WireRequest(request).bypassesProxy)
            request.allowedAddresses = rule
            #expect(try WireRequest(request).bypassesProxy)
        }
    }

    private static func wire(
        _ listener: LoopbackListener, _ target: String, freshConnection: Bool = false
    ) throws(HTTPError) -> WireRequest {
        var request = HTTPRequest.to(listener, target: target, freshConnection: freshConnection)
        request.host = "credentials.example"
        request.allowedAddresses = .containerCredentials
        return try WireRequest(request)
    }
}
