import Testing

@testable import AWSSandbox

@Suite struct CiphertextTests {
    private func key(_ mark: Character = "a") -> KMSKey {
        KMSKey(
            id: "\(String(repeating: mark, count: 8))-0000-4000-8000-000000000000", arn: "arn",
            spec: .symmetric, material: [1, 2, 3], created: 0, description: "", policy: "",
            tags: Tags())
    }

    private func seal(
        _ text: String, _ key: KMSKey, _ context: [String: String] = [:], nonce: UInt8 = 7
    ) -> [UInt8] {
        Ciphertext(
            of: Array(text.utf8), under: key, context: context,
            nonce: Array(repeating: nonce, count: 12)
        ).bytes
    }

    @Test("what was encrypted comes back, of any length")
    func roundTrip() throws {
        for count in [1, 31, 32, 33, 64, 4096] {
            let text = String(repeating: "x", count: count)
            let ciphertext = try #require(Ciphertext(seal(text, key())))
            #expect(ciphertext.keyID == key().id)
            #expect(ciphertext.plaintext(under: key(), context: [:]) == Array(text.utf8))
        }
    }

    @Test("the plaintext is nowhere in it, and the same plaintext looks different each time")
    func hidden() {
        let text = "a rather long secret, longer than one block of the keystream"
        let bytes = seal(text, key())
        for size in [4, 8] {
            let piece = Array(text.utf8.prefix(size))
            #expect(!bytes.indices.contains { bytes[$0...].starts(with: piece) })
        }
        #expect(bytes != seal(text, key(), nonce: 8))
        #expect(bytes == seal(text, key()))
    }

    @Test("another key, another context and any changed byte open nothing")
    func bound() throws {
        let context = ["app": "one", "stage": "two"]
        let bytes = seal("secret", key(), context)
        let ciphertext = try #require(Ciphertext(bytes))
        #expect(ciphertext.plaintext(under: key(), context: context) != nil)
        #expect(ciphertext.plaintext(under: key("b"), context: context) == nil)
        for other in [[:], ["app": "one"], ["app": "1:one", "stage": "two"]] {
            #expect(ciphertext.plaintext(under: key(), context: other) == nil)
        }
        for position in bytes.indices {
            var changed = bytes
            changed[position] ^= 1
            #expect(Ciphertext(changed)?.plaintext(under: key(), context: context) == nil)
        }
        for count in bytes.indices {
            let cut = Ciphertext(Array(bytes.prefix(count)))
            #expect(cut?.plaintext(under: key(), context: context) == nil)
        }
    }

    @Test("a rotation changes the material, and what was encrypted before still opens")
    func rotated() throws {
        var key = key()
        let old = try #require(Ciphertext(seal("secret", key)))
        key.materialRotations.append(MaterialRotation(date: 1, isOnDemand: true))
        let new = try #require(Ciphertext(seal("secret", key)))
        #expect(old.material == 0 && new.material == 1)
        #expect(old.plaintext(under: key, context: [:]) == new.plaintext(under: key, context: [:]))
        #expect(key.id(ofMaterial: 0) != key.id(ofMaterial: 1))
        #expect(new.plaintext(under: self.key(), context: [:]) == nil)
    }
}
