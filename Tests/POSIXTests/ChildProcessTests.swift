import Glibc
import POSIX
import Testing

@Suite struct ChildProcessTests {
    private static let environment = ["PATH": "/usr/bin:/bin"]

    private func child(_ arguments: String...) -> ChildProcess {
        ChildProcess(arguments, environment: Self.environment)
    }

    @Test("arguments arrive as they are, without a shell")
    func arguments() throws {
        let outcome = try child("printf", "%s|", "a b", "$HOME", "*", "", ";x").run()
        #expect(outcome.output == Array("a b|$HOME|*||;x|".utf8))
        #expect(outcome.isSuccess)
    }

    @Test("the child has the environment it is given and no other")
    func environment() throws {
        let child = ChildProcess(["/usr/bin/env"], environment: ["B": "2=x", "A": ""])
        #expect(try child.run().output == Array("A=\nB=2=x\n".utf8))
    }

    @Test("the child has three descriptors, whatever we hold open")
    func descriptors() throws {
        // A duplicate is not closed on exec (dup(2)).
        let leak = dup(STDERR_FILENO)
        defer { close(leak) }
        #expect(leak > STDERR_FILENO)
        let output = try child("ls", "/proc/self/fd").run().output
        // The fourth is ls's own, of the folder it lists.
        #expect(output == Array("0\n1\n2\n3\n".utf8))
    }

    @Test("the child has no signal blocked or ignored")
    func signals() throws {
        Signals.ignoreBrokenPipes()
        let output = try child("grep", "-E", "^Sig(Blk|Ign)", "/proc/self/status").run().output
        let masks = String(decoding: output, as: UTF8.self).split(separator: "\n")
            .compactMap { $0.split(separator: "\t").last.flatMap { UInt64($0, radix: 16) } }
        // 32 and 33 are the C library's own (nptl(7)), which it ignores in every child.
        #expect(masks.map { $0 & 0x7FFF_FFFF } == [0, 0])
    }

    @Test("input larger than a pipe goes in while output comes out")
    func input() throws {
        var child = child("cat")
        child.input = Array(repeating: 0x61, count: 1 << 20)
        child.maximumOutput = 1 << 20
        #expect(try child.run().output == child.input)
    }

    @Test("a child that does not read its input is no fault of ours")
    func unreadInput() throws {
        var child = child("true")
        child.input = Array(repeating: 0x61, count: 1 << 20)
        #expect(try child.run().ending == .exited(0))
    }

    @Test("without input the child reads an end at once")
    func noInput() throws {
        #expect(try child("cat").run().output.isEmpty)
    }

    @Test("exit status and signal are told apart")
    func endings() throws {
        #expect(try child("sh", "-c", "exit 7").run().ending == .exited(7))
        #expect(try child("sh", "-c", "kill -9 $$").run().ending == .signalled(SIGKILL))
    }

    @Test("a child that takes too long is killed, also when it closed its outputs")
    func timeLimit() throws {
        for script in ["exec sleep 60", "exec sleep 60 >&- 2>&-"] {
            var child = child("sh", "-c", script)
            child.timeLimit = 100
            #expect(try child.run().ending == .timedOut)
        }
    }

    @Test("a child that writes too much is killed, and its output dropped")
    func outputLimit() throws {
        var child = child("yes")
        child.maximumOutput = 1_000
        let outcome = try child.run()
        #expect(outcome.ending == .tooMuchOutput)
        #expect(outcome.output.isEmpty)
    }

    @Test("error output is kept apart and cut at its limit")
    func errorOutput() throws {
        var child = child("sh", "-c", "echo out; echo problem >&2")
        child.errorOutput = .capture(maximumBytes: 4)
        let outcome = try child.run()
        #expect(outcome.output == Array("out\n".utf8))
        #expect(outcome.errorOutput == Array("prob".utf8))
        child.errorOutput = .discard
        #expect(try child.run().errorOutput.isEmpty)
    }

    @Test("the child starts in the folder it is given")
    func folder() throws {
        var child = child("pwd")
        child.folder = "/usr/bin"
        #expect(try child.run().output == Array("/usr/bin\n".utf8))
    }

    @Test("a program is looked up in the PATH given, never in the current folder")
    func lookup() throws {
        let folder = try TemporaryFolder()
        // Not a file of ours: a child that another test is just starting may still hold it open
        // for writing, and then it cannot be run (ETXTBSY).
        try run("ln", "-s", "/bin/echo", folder.file("tool"))
        try File.write(folder.file("text"), [], mode: 0o644)
        var child = ChildProcess(
            ["tool", "found"], environment: ["PATH": "/nonexistent:\(folder.path)"])
        #expect(try child.run().output == Array("found\n".utf8))
        child.environment = ["PATH": ":/usr/bin"]
        child.folder = folder.path
        #expect(refusal { try child.run() } == .system(ENOENT))
        child.environment = ["PATH": folder.path]
        child.arguments = ["text"]
        #expect(refusal { try child.run() } == .system(EACCES))
        child.arguments = []
        #expect(refusal { try child.run() } == .system(ENOENT))
    }

    @Test("an argument with a NUL is refused, not cut")
    func nul() {
        #expect(refusal { try child("echo", "a\0b").run() } == .containsNUL)
    }
}
