import HTTP
import POSIX
import Testing

@Suite struct TLSFactsTests {
    @Test("libcurl and the TLS library below it say their versions")
    func versions() {
        let facts = TLSFacts.ofThisProcess(caBundle: nil)
        #expect(facts.curl.wholeMatch(of: /\d+\.\d+\.\d+.*/) != nil, "\(facts.curl)")
        #expect(facts.library?.contains("/") == true)
        #expect(facts.trust.hasPrefix("/"), "\(facts.trust)")
    }

    @Test("a bundle is what is trusted")
    func bundle() {
        #expect(TLSFacts.ofThisProcess(caBundle: "/tmp/ca.pem").trust == "/tmp/ca.pem")
    }
}
