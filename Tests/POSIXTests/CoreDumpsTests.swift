import Glibc
import Testing

@testable import POSIX

@Suite struct CoreDumpsTests {
    @Test("no core is written, and the memory is nobody else's")
    func disabled() async {
        await #expect(processExitsWith: .success) {
            CoreDumps.disable()
            let limits = String(
                decoding: try File.read("/proc/self/limits", maximumBytes: 16 << 10), as: UTF8.self)
            let core = limits.split(separator: "\n").first { $0.hasPrefix("Max core file size") }
            let words = core?.split(separator: " ") ?? []
            exit(words.dropFirst(4).prefix(2) == ["0", "0"] && !LateSymbol.isDumpable ? 0 : 1)
        }
    }
}
