import POSIX
import Testing

@Suite struct ProtectedBytesTests {
    @Test("it gives back what it was given", arguments: [[], [0], Array("secret".utf8)])
    func content(_ bytes: [UInt8]) {
        let protected = ProtectedBytes(bytes)
        #expect(protected.count == bytes.count)
        #expect(protected.withBytes { $0 } == bytes)
        #expect(protected.withSpan { span in span.indices.map { span[$0] } } == bytes)
    }

    @Test("the caller's own array stays as it is")
    func callersCopy() {
        let bytes: [UInt8] = [1, 2, 3]
        _ = ProtectedBytes(bytes)
        #expect(bytes == [1, 2, 3])
    }

    @Test("it prints, dumps and reflects nothing of its content")
    func silence() {
        let protected = ProtectedBytes(Array("canary".utf8))
        var dumped = ""
        dump(["key": protected], to: &dumped)
        for text in ["\(protected)", String(reflecting: protected), dumped] {
            #expect(!text.contains("canary"))
            #expect(!text.contains("99"))
        }
        #expect("\(protected)" == "<redacted>")
    }

    @Test("equal is equal in every byte and in number")
    func equality() {
        #expect(ProtectedBytes.areEqual([], []))
        #expect(ProtectedBytes.areEqual([1, 2], [1, 2]))
        #expect(!ProtectedBytes.areEqual([1, 2], [1, 3]))
        #expect(!ProtectedBytes.areEqual([1, 2], [0, 2]))
        #expect(!ProtectedBytes.areEqual([1, 2], [1, 2, 0]))
        #expect(ProtectedBytes([7]).isEqual(to: ProtectedBytes([7])))
    }

    @Test("wiping empties the array and leaves a shared copy alone")
    func wiping() {
        var bytes: [UInt8] = [1, 2, 3]
        let shared = bytes
        ProtectedBytes.wipe(&bytes)
        #expect(bytes.isEmpty)
        #expect(shared == [1, 2, 3])
    }
}
