#if CommandLine
    import HTTP
    import POSIX
    import Synchronization
    import Testing

    @testable import gaara_infra

    /// The command as the documents' readers run it: the binary that `GAARA_INFRA_BINARY` names, or
    /// else the command in process.
    enum Program {
        struct Ending {
            /// Both streams, in the order of writing.
            let lines: [String]
            let code: Int32
        }

        /// Runs it in the repository's folder, without an account, a home or a network.
        static func run(
            _ arguments: [String], environment: [String: String] = [:]
        ) async throws -> Ending {
            let environment = environment.merging(["AWS_EC2_METADATA_DISABLED": "true"]) { $1 }
            if let binary = ProcessEnvironment.value("GAARA_INFRA_BINARY"), !binary.isEmpty {
                return try runBinary(binary, arguments, environment)
            }
            return await runInProcess(arguments, environment)
        }

        private static func runBinary(
            _ binary: String, _ arguments: [String], _ environment: [String: String]
        ) throws -> Ending {
            let outcome = try ChildProcess(
                ["/bin/sh", "-c", "exec \"$0\" \"$@\" 2>&1", binary] + arguments,
                environment: environment, folder: Documents.root, maximumOutput: 1 << 20
            ).run()
            guard case .exited(let code) = outcome.ending else {
                Issue.record("\(arguments): \(outcome.ending)")
                return Ending(lines: [], code: -1)
            }
            return Ending(lines: lines(of: outcome.output), code: code)
        }

        private static func runInProcess(
            _ arguments: [String], _ environment: [String: String]
        ) async -> Ending {
            let written = Written()
            var world = World.machine(telling: LostOutput())
            world.environment = environment
            world.terminal = World.Terminals()
            world.write = { bytes, _ in written.append(bytes) }
            world.transport = { _ in NoNetwork() }
            let code = await Gaara.run(arguments.map(fromRoot), in: world)
            let root = Documents.root
            let text = lines(of: written.bytes).map { $0.replacing(root, with: "") }
            return Ending(lines: text, code: code)
        }

        /// A path of the documents as one that does not depend on the current folder.
        private static func fromRoot(_ argument: String) -> String {
            let isPath = argument.hasPrefix("plans/") || argument.hasPrefix("Tests/")
            return isPath ? Documents.root + argument : argument
        }

        private static func lines(of bytes: [UInt8]) -> [String] {
            var lines = String(decoding: bytes, as: UTF8.self)
                .split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
            if lines.last == "" { lines.removeLast() }
            return lines
        }
    }

    private final class Written: Sendable {
        private let text = Mutex<[UInt8]>([])

        var bytes: [UInt8] { text.withLock { $0 } }

        func append(_ bytes: [UInt8]) { text.withLock { $0 += bytes } }
    }

    /// What is offline sends nothing.
    private struct NoNetwork: HTTPTransport {
        func send(_ request: HTTPRequest) async throws(HTTPError) -> HTTPResponse {
            Issue.record("a request to \(request.host)")
            throw HTTPError(.cancelled, "there is no network")
        }
    }
#endif
