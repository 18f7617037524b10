import Testing

@testable import AWS

@Suite("Endpoint.Address")
struct EndpointAddressTests {
    @Test(
        "an address is read with its host and port",
        arguments: [
            ("https://localhost", "localhost"), ("https://a.example:443/", "a.example"),
            ("https://a.example:8443", "a.example:8443"), ("http://[::1]:80", "[::1]"),
            ("HTTP://LocalHost:4566", "localhost:4566"), ("http://127.8.9.1:1", "127.8.9.1:1"),
            ("https://my_moto-1:5000", "my_moto-1:5000"), ("https://10.0.0.1", "10.0.0.1"),
            ("https://xn--bcher-kva.example", "xn--bcher-kva.example"),
            ("https://[2001:DB8::a:1]:65535", "[2001:db8::a:1]:65535"),
            ("https://[1:2:3:4:5:6:7:8]", "[1:2:3:4:5:6:7:8]"), ("https://[1::]", "[1::]"),
            (
                "https://vpce-0123.kms.us-east-1.vpce.amazonaws.com",
                "vpce-0123.kms.us-east-1.vpce.amazonaws.com"
            ),
        ])
    func addresses(url: String, authority: String) throws {
        let address = try Endpoint.Address(url: url)
        #expect(address.authority == authority)
        #expect(address.url == (address.isSecure ? "https://" : "http://") + authority)
    }

    @Test(
        "what is no address of host and port, or could be read in two ways, is refused",
        arguments: [
            "", "localhost:5000", "ftp://localhost", "https://", "https:///", "https:host",
            "https://user:pw@host", "https://us-east-1.evil.example@host", "https://host@",
            "https://host?x", "https://host#x", "https://us-east-1.evil.example/#",
            "https://h\\x", "https://host\\@evil.example", "https://ho%73t", "https://host%00",
            "https://host:0", "https://host:65536", "https://host:70000", "https://host:+1",
            "https://host:", "https://host:1:2", "https://host:000443", "https://host: 1",
            "https://ho st", " https://host", "https://host\n", "https://host\r\nx: y",
            "https://host\u{0}", "https://host.", "https://.host", "https://a..b", "https://-host",
            "https://host-", "https://a.-b", "https://bücher.example", "https://evil。example",
            "https://\u{202e}host", "https://127.1", "https://0x7f.0.0.1", "https://2130706433",
            "https://0177.0.0.1", "https://127.0.0.010", "https://1.2.3.4.5", "https://256.0.0.1",
            "https://host.1", "https://[::1", "https://[host]", "https://[]", "https://::1",
            "https://[::1]x", "https://[::1]:", "https://[fe80::1%25eth0]",
            "https://[fe80::1%eth0]",
            "https://[1::2::3]", "https://[:::]", "https://[1:2:3]", "https://[::12345]",
            "https://[1:2:3:4:5:6:7::8]", "https://[::ffff:127.0.0.1]", "https://[::g]",
            "https://" + String(repeating: "a", count: 64),
            "https://" + String(repeating: "a.", count: 127) + "a",
        ])
    func badAddresses(url: String) {
        #expect(throws: Endpoint.Address.Fault.self) { try Endpoint.Address(url: url) }
    }

    @Test(
        "plain http leads to this machine only",
        arguments: [
            "http://10.0.0.1", "http://example.com", "http://localhost.example.com",
            "http://127.0.0.1.example.com", "http://0.0.0.0", "http://[::2]",
            "http://169.254.169.254", "http://[::]",
        ])
    func plainHTTP(url: String) {
        #expect(throws: Endpoint.Address.Fault.plainToElsewhere) {
            try Endpoint.Address(url: url)
        }
    }

    @Test("a path after the host is refused, not dropped")
    func path() {
        for url in ["https://host/prefix", "https://host//"] {
            #expect(throws: Endpoint.Address.Fault.hasPath) { try Endpoint.Address(url: url) }
        }
    }
}
