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

    @Test("a crash is the kernel's, whoever had taken its signal")
    func untaken() async {
        await #expect(processExitsWith: .signal(SIGABRT)) {
            _ = signal(SIGABRT) { _ in exit(0) }
            CoreDumps.disable()
            abort()
        }
    }
}
