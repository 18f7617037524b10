import Testing

@testable import HTTP

@Suite struct IPAddressTests {
    @Test(
        "an address has one form, whichever way it was written",
        arguments: [
            ("127.0.0.1", "127.0.0.1"), ("::1", "::1"), ("0:0:0:0:0:0:0:1", "::1"),
            ("FD00:EC2::254", "fd00:ec2::254"), ("::ffff:10.0.0.1", "10.0.0.1"),
        ])
    func forms(_ text: String, _ canonical: String) {
        #expect(IPAddress(text)?.description == canonical)
    }

    @Test(
        "what is no whole address is not read",
        arguments: [
            "", "127.1", "0x7f.0.0.1", "0177.0.0.1", "2130706433", "127.0.0.1.", "127.0.0.256",
            "[::1]", "::1%lo", "::g", "localhost", "127.0.0.1\0", "127.0.0.1:80",
        ])
    func refused(_ text: String) {
        #expect(IPAddress(text) == nil)
    }

    @Test(
        "loopback is 127.0.0.0/8 and ::1, also when one is written as the other",
        arguments: [
            ("127.0.0.1", true), ("127.255.255.254", true), ("::1", true),
            ("::ffff:127.0.0.1", true), ("128.0.0.1", false), ("0.0.0.0", false), ("::", false),
            ("::2", false), ("::127.0.0.1", false), ("169.254.169.254", false),
        ])
    func loopback(_ text: String, _ isLoopback: Bool) throws {
        #expect(try #require(IPAddress(text)).isLoopback == isLoopback)
    }
}
