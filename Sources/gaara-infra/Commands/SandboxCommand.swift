#if CommandLine
    internal import AWSSandbox
    internal import ArgumentParser
    internal import GaaraPlan
    internal import JSON
    internal import POSIX

    struct SandboxCommand: Command {
        static let configuration = CommandConfiguration(
            commandName: "sandbox",
            abstract: "Serve a simulation of AWS on this machine.",
            discussion: """
                It is for trying any plan without an account. It prints the lines by which a shell reaches it, and serves until it is stopped \
                with Ctrl-C or SIGTERM. Only this machine can connect; the keys are made for it and \
                open nothing else.

                What the given plans expect to find is there: the roles, users and groups that they \
                name, rotation functions and external secrets. The account is the plans'.

                Use made-up values only. A sandbox protects nothing: --state writes the values and \
                the keys to its file as they are (mode 0600).
                """)

        @Argument(
            help: "Plans whose roles, functions and external secrets shall exist.",
            completion: .file(extensions: ["yaml", "yml"]))
        var plans: [String] = []

        @Option(help: ArgumentHelp("Port of 127.0.0.1; 0 takes a free one.", valueName: "number"))
        var port = 0

        @Option(
            help: ArgumentHelp(
                "Keep everything in this file, and go on with what is in it.", valueName: "file"),
            completion: .file())
        var state: String?

        @Option(
            help: ArgumentHelp(
                "Names and keys of a new sandbox follow from it.", valueName: "number"))
        var seed: UInt64?

        @Option(help: ArgumentHelp("Account of a new sandbox without a plan.", valueName: "id"))
        var account: String?

        @Flag(
            name: .customLong("enforce-iam"),
            help: "Hold policies against calls, as AWS does; else every key may do everything.")
        var enforcesIAM = false

        @OptionGroup var output: OutputOptions

        func validate() throws {
            guard (0...65_535).contains(port) else {
                throw ValidationError("--port is a number from 0 to 65535.")
            }
            if let account {
                let isID =
                    account.utf8.count == 12
                    && account.utf8.allSatisfy { (0x30...0x39).contains($0) }
                guard isID else { throw ValidationError("--account is a number of twelve digits.") }
            }
        }

        func run(in world: World) async -> Exit {
            let screen = Screen(world, output)
            do {
                let scenery = try Scenery(reading: plans, on: screen)
                let server = try server(for: scenery, in: world)
                try await scenery.build(in: server)
                try server.save()
                DescriptorLimit.raise()
                // Before anybody knows where it is and may ask it to stop.
                let signals = world.signals()
                show(server, region: scenery.region, on: screen)
                return try await serve(server, until: signals)
            } catch let error as SandboxServerError {
                return screen.fail([
                    Diagnostic(.error, "sandbox", error.message, hint: error.hint)
                ])
            } catch let error as StateFileError {
                return screen.fail([
                    Diagnostic(.error, "sandbox-state", error.message, hint: error.hint)
                ])
            } catch {
                return screen.fail(error)
            }
        }

        private func server(for scenery: Scenery, in world: World) throws -> SandboxServer {
            let file = try state.map { path throws(StateFileError) in try StateFile(path) }
            // Without a seed nobody can foretell the keys.
            let drawn = try world.random(8).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
            let wanted = try scenery.account(beside: account)
            let server = try SandboxServer(
                .init(
                    seed: seed ?? drawn, account: wanted ?? Self.exampleAccount,
                    enforcesIAM: enforcesIAM),
                port: port, state: file, time: world.time)
            if let wanted, wanted != server.entrance.account {
                throw Reported([
                    Diagnostic(
                        .error, "sandbox-state",
                        "\(Terminal.escaped(state ?? "")) is of account \(server.entrance.account),"
                            + " and account \(wanted) is asked for",
                        hint: "name another file")
                ])
            }
            return server
        }

        /// The account of AWS's own examples.
        private static let exampleAccount = "123456789012"

        private func serve(
            _ server: SandboxServer, until signals: AsyncStream<Int32>
        ) async throws -> Exit {
            try await withThrowingTaskGroup(of: Int32?.self) { group in
                group.addTask {
                    for await signal in signals {
                        server.stop()
                        return signal
                    }
                    return nil
                }
                group.addTask {
                    try await Thread.value(for: "start the server") {
                        Result { () throws(SandboxServerError) in try server.run() }
                    }.get()
                    return nil
                }
                var stopped: Int32?
                do {
                    for try await signal in group { stopped = stopped ?? signal }
                } catch {
                    group.cancelAll()
                    throw error
                }
                switch stopped {
                case Signals.interrupt: return .interrupted
                case .some: return .terminated
                case nil: return .done
                }
            }
        }

        private func show(_ server: SandboxServer, region: String, on screen: Screen) {
            let entrance = server.entrance
            guard !output.json else {
                return screen.show(
                    .object(
                        JSONObject([
                            ("format_version", 1), ("simulation", true),
                            ("endpoint", .string(server.url)),
                            ("account", .string(entrance.account)), ("region", .string(region)),
                            ("access_key_id", .string(entrance.accessKeyID)),
                            ("secret_access_key", .string(entrance.secretAccessKey)),
                            ("state", state.map(JSON.string) ?? .null), ("diagnostics", []),
                        ])))
            }
            let lines = [
                "export AWS_ENDPOINT_URL=\(server.url)",
                "export AWS_ACCESS_KEY_ID=\(entrance.accessKeyID)",
                "export AWS_SECRET_ACCESS_KEY=\(entrance.secretAccessKey)",
                "export AWS_REGION=\(region)", "export AWS_DEFAULT_REGION=\(region)",
                "unset AWS_SESSION_TOKEN AWS_PROFILE AWS_DEFAULT_PROFILE",
            ]
            screen.world.output(lines.joined(separator: "\n") + "\n")
            screen.progress(
                "a simulation of AWS is account \(entrance.account) on \(server.url);"
                    + " made-up values only, Ctrl-C stops it")
        }
    }
#endif
