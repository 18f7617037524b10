#if CommandLine
    internal import ArgumentParser
    internal import HTTP
    internal import POSIX

    /// The process: it makes the world of the machine and runs the command in it.
    @main
    enum Main {
        static func main() async {
            StandardStreams.occupy()
            CurlTransport.prepareProcess()
            CoreDumps.disable()
            Signals.ignoreBrokenPipes()
            let lost = LostOutput()
            let world = World.machine(telling: lost)
            let code = await Gaara.run(Array(CommandLine.arguments.dropFirst()), in: world)
            if let complaint = lost.complaint { world.complain(complaint) }
            Gaara.exit(withError: ExitCode(lost.ending(code)))
        }
    }
#else
    /// Without the trait CommandLine the command is not part of the build.
    @main
    enum Main {
        static func main() {}
    }
#endif
