import Glibc

/// Bytes that are wiped when the last reference goes.
///
/// What `withBytes` hands out, and every copy that a caller makes, is beyond this type's reach;
/// it keeps the one long-lived copy and leaves no second one behind.
@safe package final class ProtectedBytes: Sendable, CustomStringConvertible, CustomReflectable {
    // Owned by this object alone: written in `init`, only read afterwards, freed in `deinit`. So
    // any thread may read it, which the compiler cannot see through a pointer.
    nonisolated(unsafe) private let memory: UnsafeMutableRawPointer
    package let count: Int

    package init(_ bytes: consuming [UInt8]) {
        count = bytes.count
        unsafe memory = UnsafeMutableRawPointer.allocate(byteCount: max(count, 1), alignment: 1)
        unsafe bytes.withUnsafeBytes { source in
            unsafe memory.copyMemory(
                from: source.baseAddress ?? UnsafeRawPointer(memory), byteCount: count)
        }
        Self.wipe(&bytes)
    }

    deinit {
        unsafe explicit_bzero(memory, count)
        unsafe memory.deallocate()
    }

    /// Runs `body` over a copy of the bytes, which is wiped afterwards unless `body` kept it.
    package func withBytes<R, E: Error>(_ body: ([UInt8]) throws(E) -> R) throws(E) -> R {
        var copy = unsafe [UInt8](UnsafeRawBufferPointer(start: memory, count: count))
        defer { Self.wipe(&copy) }
        return try body(copy)
    }

    /// Runs `body` over the bytes where they are, without a copy.
    package func withSpan<R, E: Error>(_ body: (Span<UInt8>) throws(E) -> R) throws(E) -> R {
        let bytes = unsafe UnsafeRawBufferPointer(start: memory, count: count)
        return try unsafe bytes.withMemoryRebound(to: UInt8.self) { typed throws(E) in
            try body(unsafe typed.span)
        }
    }

    /// Whether both hold the same bytes; the time taken depends on their number only.
    package func isEqual(to other: ProtectedBytes) -> Bool {
        withSpan { mine in other.withSpan { theirs in Self.areEqual(mine, theirs) } }
    }

    /// Whether both hold the same bytes; the time taken depends on their number only.
    package static func areEqual(_ one: [UInt8], _ other: [UInt8]) -> Bool {
        areEqual(one.span, other.span)
    }

    private static func areEqual(_ one: Span<UInt8>, _ other: Span<UInt8>) -> Bool {
        guard one.count == other.count else { return false }
        var difference: UInt8 = 0
        for index in one.indices { difference |= one[index] ^ other[index] }
        return difference == 0
    }

    /// Overwrites the array's memory with zeros, in a way the optimiser keeps, and empties it.
    ///
    /// Memory that another array shares is left alone: Swift copies before it writes.
    package static func wipe(_ bytes: inout [UInt8]) {
        unsafe bytes.withUnsafeMutableBytes { memory in
            guard let start = memory.baseAddress else { return }
            unsafe explicit_bzero(start, memory.count)
        }
        bytes.removeAll()
    }

    package var description: String { "<redacted>" }
    package var customMirror: Mirror { Mirror(self, children: []) }
}
