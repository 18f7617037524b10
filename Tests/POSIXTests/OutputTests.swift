import Glibc
import Testing

@testable import POSIX

@Suite struct OutputTests {
    @Test("all bytes are written, also to a descriptor that does not wait")
    func complete() async throws {
        let pipe = try FileDescriptor.pipe()
        _ = fcntl(pipe.writing, F_SETFL, O_NONBLOCK)
        let bytes = [UInt8](repeating: 7, count: 1 << 20)
        Thread.start {
            _ = refusal { try Output.write(bytes, to: pipe.writing) }
            close(pipe.writing)
        }
        let reader = FileDescriptor(owning: pipe.reading)
        #expect(try reader.readAll(maximumBytes: 1 << 20, path: "pipe") == bytes)
    }

    @Test("a reader that went away is an error that says so")
    func brokenPipe() throws {
        Signals.ignoreBrokenPipes()
        let pipe = try FileDescriptor.pipe()
        close(pipe.reading)
        defer { close(pipe.writing) }
        do throws(POSIXError) {
            try Output.write("text", to: pipe.writing)
            Issue.record("written")
        } catch {
            #expect(error.isBrokenPipe)
        }
    }
}
