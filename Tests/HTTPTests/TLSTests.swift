import Glibc
import POSIX
import Testing

@testable import HTTP

@Suite struct TLSTests {
    @Test("a certificate that the given bundle vouches for is accepted")
    func trusted() async throws {
        let server = try await TLSServer(names: "IP:127.0.0.1")
        let transport = CurlTransport(caBundle: server.certificate)
        #expect(try await transport.send(server.request).status == 200)
    }

    @Test("a self-signed certificate is refused for good")
    func selfSigned() async throws {
        let server = try await TLSServer(names: "IP:127.0.0.1")
        #expect(await CurlTransport().failure(server.request) == .untrusted)
    }

    @Test("a certificate for another host is refused for good")
    func wrongHost() async throws {
        let server = try await TLSServer(names: "DNS:kms.us-east-1.amazonaws.com")
        let transport = CurlTransport(caBundle: server.certificate)
        #expect(await transport.failure(server.request) == .untrusted)
    }

    @Test("a bundle that is not there is refused for good, and its name said")
    func missingBundle() async throws {
        let server = try await TLSServer(names: "IP:127.0.0.1")
        let transport = CurlTransport(caBundle: "/nonexistent/ca.pem")
        do throws(HTTPError) {
            _ = try await transport.send(server.request)
            Issue.record("accepted")
        } catch {
            #expect(error.code == .untrusted)
            #expect(error.reason.contains("/nonexistent/ca.pem"))
        }
    }

    @Test("an expired certificate is refused for good")
    func expired() async throws {
        let server = try await TLSServer(names: "IP:127.0.0.1", days: -1)
        let transport = CurlTransport(caBundle: server.certificate)
        #expect(await transport.failure(server.request) == .untrusted)
    }

    // At its own security level OpenSSL would offer no cipher for these, and prove nothing.
    @Test("a server that speaks no TLS 1.2 is refused for good", arguments: ["-tls1", "-tls1_1"])
    func oldVersion(_ version: String) async throws {
        let server = try await TLSServer(
            names: "IP:127.0.0.1", options: [version, "-cipher", "ALL:@SECLEVEL=0"])
        let transport = CurlTransport(caBundle: server.certificate)
        #expect(await transport.failure(server.request) == .untrusted)
    }

    @Test("a server that speaks TLS 1.2 and no later is accepted")
    func oldestVersion() async throws {
        let server = try await TLSServer(names: "IP:127.0.0.1", options: ["-tls1_2"])
        let transport = CurlTransport(caBundle: server.certificate)
        #expect(try await transport.send(server.request).status == 200)
    }

    @Test("the keys of a connection are not logged, whatever the environment says")
    func keyLog() async {
        await #expect(processExitsWith: .success) {
            let folder = try TemporaryFolder()
            let log = folder.file("keys")
            ProcessEnvironment.set("SSLKEYLOGFILE", log)
            let server = try await TLSServer(names: "IP:127.0.0.1")
            let transport = CurlTransport(caBundle: server.certificate)
            let response = try await transport.send(server.request)
            exit(response.status == 200 && !File.exists(log) ? 0 : 1)
        }
    }
}
