#if CommandLine
    internal import ArgumentParser
    internal import HTTP
    internal import POSIX

    /// The process: it makes the world of the machine and runs the command in it.
    @main
    enum Main {
        static func main() async {
            CurlTransport.prepareProcess()
            CoreDumps.disable()
            Signals.ignoreBrokenPipes()
            let code = await Gaara.run(Array(CommandLine.arguments.dropFirst()), in: .machine)
            Gaara.exit(withError: ExitCode(code))
        }
    }
#else
    /// Without the trait CommandLine the command is not part of the build.
    @main
    enum Main {
        static func main() {}
    }
#endif
