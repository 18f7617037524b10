import POSIX
import Testing

@testable import gaara_infra

@Suite("Lost output")
struct LostOutputTests {
    @Test("a result that cannot be written is an error, whatever was done before")
    func lost() {
        let lost = LostOutput()
        #expect(lost.ending(0) == 0)
        #expect(lost.complaint == nil)
        lost.note(POSIXError("write", "standard output", .largerThan(0)))
        #expect([0, 1, 2, 3, 64, 130].map(lost.ending) == [1, 1, 1, 3, 64, 130])
        #expect(lost.complaint?.hasPrefix("error: cannot write standard output") == true)
    }
}
