import Glibc
import POSIX
import Testing

@Suite struct POSIXErrorTests {
    @Test("an error says what was done to what, and why it was not, in one safe line")
    func description() {
        let missing = POSIXError("read", "plan.yaml", .system(ENOENT))
        #expect(missing.description == "cannot read plan.yaml: no such file or directory")
        let odd = POSIXError("read", "a\u{1B}[2J\n", .largerThan(10))
        #expect(odd.description == "cannot read a\\u{1b}[2J\\u{a}: larger than 10 bytes")
        #expect(
            POSIXError("make a pipe", nil, .system(EMFILE)).description
                == "cannot make a pipe: too many open files")
    }

    @Test("only a missing name counts as not found")
    func notFound() {
        #expect(POSIXError("read", "x", .system(ENOENT)).isNotFound)
        #expect(POSIXError("read", "x", .system(ENOTDIR)).isNotFound)
        #expect(!POSIXError("read", "x", .system(EACCES)).isNotFound)
        #expect(!POSIXError("read", "x", .notRegularFile).isNotFound)
    }
}
