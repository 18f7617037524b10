import Glibc
import POSIX
import Testing

@Suite struct ThreadTests {
    @Test("a value comes from a thread of its own, an error too")
    func value() async throws {
        let number = try await Thread.value(for: "start") { () throws(POSIXError) in 7 }
        #expect(number == 7)
        let error = POSIXError("read", "x", .notRegularFile)
        await #expect(throws: error) {
            try await Thread.value(for: "start") { () throws(POSIXError) -> Int in throw error }
        }
    }

    @Test("work that blocks holds no thread of the pool", .timeLimit(.minutes(1)))
    func blocking() async throws {
        let pipe = try Pipes.make()
        // More than any pool has threads, all blocked until the last of us writes.
        try await withThrowingTaskGroup(of: Int.self) { group in
            for _ in 0..<64 {
                group.addTask {
                    try await Thread.value(for: "start") { () throws(POSIXError) in
                        var byte: UInt8 = 0
                        return unsafe read(pipe.reading, &byte, 1)
                    }
                }
            }
            group.addTask {
                let bytes = [UInt8](repeating: 0, count: 64)
                return unsafe write(pipe.writing, bytes, 64) - 63
            }
            for try await count in group { #expect(count == 1) }
        }
        close(pipe.reading)
        close(pipe.writing)
    }

    private enum Pipes {
        static func make() throws -> (reading: Int32, writing: Int32) {
            var ends: [Int32] = [0, 0]
            guard unsafe pipe(&ends) == 0 else {
                throw POSIXError("make", "a pipe", .system(errno))
            }
            return (ends[0], ends[1])
        }
    }
}
