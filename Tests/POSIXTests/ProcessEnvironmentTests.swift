import Glibc
import POSIX
import Testing

@Suite struct ProcessEnvironmentTests {
    @Test("variables are read one by one and all at once, and can be taken away")
    func variables() async {
        // In a process of its own: changing the environment is unsafe beside other threads.
        await #expect(processExitsWith: .success) {
            ProcessEnvironment.set("GAARA_TEST", "a=b\nc")
            guard ProcessEnvironment.snapshot()["GAARA_TEST"] == "a=b\nc",
                ProcessEnvironment.value("GAARA_TEST") == "a=b\nc",
                ProcessEnvironment.bytes("GAARA_TEST") == Array("a=b\nc".utf8)
            else { exit(1) }
            ProcessEnvironment.unset("GAARA_TEST")
            let isGone =
                ProcessEnvironment.value("GAARA_TEST") == nil
                && ProcessEnvironment.snapshot()["GAARA_TEST"] == nil
            exit(isGone ? 0 : 2)
        }
    }
}
