import POSIX
import Testing

@Suite struct HostNameTests {
    @Test("an address stands for itself", arguments: ["127.0.0.1", "169.254.170.23", "::1"])
    func address(text: String) {
        #expect(HostName.addresses(of: text) == [text])
    }

    // RFC 6761 section 6.3.
    @Test("localhost is this machine")
    func localhost() {
        let addresses = HostName.addresses(of: "localhost")
        #expect(!addresses.isEmpty)
        #expect(addresses.allSatisfy { $0 == "::1" || $0.hasPrefix("127.") })
    }

    // RFC 6761 section 6.4: no resolver may answer for it, and no query need leave the machine.
    @Test("what is no name has no addresses", arguments: ["", "a\0b", "a b", "300.1.1.1.invalid"])
    func none(text: String) {
        #expect(HostName.addresses(of: text) == [])
    }
}
