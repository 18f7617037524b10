import Digest
import Testing

@Suite struct SHA1Tests {
    // FIPS 180-4 examples (NIST "SHA1.pdf": "abc" and the two-block message), the NIST CAVS vector
    // for the empty message, and RFC 3174 section 7.3 for a million times "a".
    @Test(
        "gives the published hash of each known message",
        arguments: [
            ("", "da39a3ee5e6b4b0d3255bfef95601890afd80709"),
            ("abc", "a9993e364706816aba3e25717850c26c9cd0d89d"),
            (
                "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
                "84983e441c3bd26ebaae4aa1f95129e5e54670f1"
            ),
            (
                String(repeating: "a", count: 1_000_000),
                "34aa973cd4c4daa4f61eeb2bdbad27316534016f"
            ),
        ])
    func knownAnswers(message: String, hash: String) {
        #expect(Hex.encode(SHA1.hash(Array(message.utf8))) == hash)
    }
}
