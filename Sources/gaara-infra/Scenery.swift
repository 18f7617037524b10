#if CommandLine
    internal import AWS
    internal import AWSSandbox
    internal import GaaraPlan
    internal import GaaraStore
    internal import POSIX

    /// What plans expect to find in their account and do not make themselves.
    struct Scenery {
        private let plans: [Plan]

        /// Reads the plans; all their faults are thrown at once.
        init(reading paths: [String], on screen: Screen) throws {
            plans = try paths.map { path in
                let file = PlanFile.read(path)
                guard let plan = file.plan else { throw Reported(file.diagnostics, file.texts) }
                return plan
            }
        }

        /// The region of the first plan, or else the one of AWS's examples.
        var region: String { plans.first?.identity.region ?? "us-east-1" }

        /// The one account that is asked for; `nil` when none is.
        ///
        /// - Parameter wish: what the command line says.
        func account(beside wish: String?) throws -> String? {
            var account = wish
            for plan in plans {
                let own = plan.identity.account
                if let account, account != own {
                    throw Reported([
                        Diagnostic(
                            .error, "wrong-account",
                            "\(plan.file) is for account \(own), and account \(account) is asked"
                                + " for too",
                            hint: "a sandbox has one account: start one for each")
                    ])
                }
                account = own
            }
            return account
        }

        /// Makes what is not there yet.
        func build(in server: SandboxServer) async throws {
            for plan in plans {
                for principal in Self.principals(of: plan) {
                    Self.add(principal, to: server.account)
                }
                for arn in Self.functions(of: plan) where !server.account.hasFunction(arn) {
                    server.account.addFunction(arn)
                }
                try await addExternalSecrets(of: plan, to: server)
            }
        }

        /// `role/NAME`, `user/NAME` and `group/NAME`, perhaps with a path before the name.
        private static func principals(of plan: Plan) -> [String] {
            let operators = plan.operators
            var all =
                operators.planner + operators.applier + operators.migrator + operators.breakGlass
            for access in plan.access {
                all += access.roles.filter { !$0.create }.map { "role/\($0.name)" }
                all += access.users.map { "user/\($0)" } + access.groups.map { "group/\($0)" }
            }
            for secret in plan.secrets {
                if case .rotation(let rotation) = secret.rotation, let role = rotation.role {
                    all.append(role)
                }
            }
            return all
        }

        private static func add(_ principal: String, to account: SandboxAccount) {
            let parts = principal.split(separator: "/").map(String.init)
            guard parts.count >= 2, let kind = parts.first, let name = parts.last else { return }
            let path = "/" + parts.dropFirst().dropLast().map { $0 + "/" }.joined()
            switch kind {
            case "role": account.addRole(name, path: path)
            case "user": account.addUser(name, path: path)
            case "group": account.addGroup(name, path: path)
            default: break
            }
        }

        private static func functions(of plan: Plan) -> [String] {
            plan.secrets.compactMap { secret in
                guard case .rotation(let rotation) = secret.rotation,
                    case .lambda(let arn) = rotation.function
                else { return nil }
                return arn
            }
        }

        private func addExternalSecrets(of plan: Plan, to server: SandboxServer) async throws {
            let external = plan.secrets.filter { $0.value == .external }
            guard !external.isEmpty else { return }
            let identity = plan.identity
            let client = try server.client(in: identity.region)
            for secret in external {
                let name = secret.name.path(
                    application: identity.application, environment: identity.environment)
                do throws(AWSError) {
                    // The same token with the same value again is no error and changes nothing.
                    _ = try await client.send(
                        SecretsManager.CreateSecret(
                            name: name, clientRequestToken: "made-up-value-of-an-external-secret",
                            value: .string(
                                ProtectedBytes(
                                    Array("made-up value of \(secret.name.text)".utf8)))))
                } catch {
                    // Somebody gave it another value meanwhile.
                    guard error.kind == .alreadyExists else { throw error }
                }
            }
        }
    }
#endif
