#if CommandLine
    internal import AWS
    internal import GaaraEngine
    internal import GaaraPlan
    internal import GaaraStore
    internal import POSIX

    /// A plan beside the account that it is for: what `plan`, `apply` and `destroy` begin with.
    struct Work: Sendable {
        let planFile: String
        let texts: SourceTexts
        let comparison: Comparison
        let world: World

        static func open(
            _ options: PlanOptions, in world: World, _ screen: Screen
        ) async throws -> Work {
            let file = try usable(options.plan, on: screen)
            let sources = try Self.sources(options, in: world, on: screen)
            return try await open(
                file, options.globals, sources, isFresh: options.fresh,
                readsValues: options.readsValues, in: world, screen)
        }

        /// Without values: nothing is compared and nothing can be written.
        ///
        /// For what takes things down: each secret is looked at by itself, since a list may not
        /// know yet that one is protected, and never knows its replicas (design 5.3).
        static func open(
            plan: String, _ globals: GlobalOptions, forKeyDeletion: Bool = false,
            in world: World, _ screen: Screen
        ) async throws -> Work {
            let file = try usable(plan, on: screen)
            return try await open(
                file, globals, nil, isFresh: true, seeksKeyUsers: forKeyDeletion, in: world, screen)
        }

        /// Whether the answers came from a simulation of AWS.
        var isSimulated: Bool { comparison.session.client.sawSandbox }

        /// Throws what `scope` names and nobody knows, before it throws what stands in the way.
        func changeset(scope: Scope) throws -> Changeset {
            let unknown = scope.refusals(in: comparison.plan, beside: comparison.snapshot)
            guard unknown.isEmpty else { throw Reported(unknown, texts) }
            return try placed { () throws(Refusals) in try comparison.changeset(scope: scope) }
        }

        /// The same as somebody sees it who has no values.
        func changesetWithoutValues(scope: Scope) throws -> Changeset {
            try placed { () throws(Refusals) in
                try comparison.changesetWithoutValues(scope: scope)
            }
        }

        /// The changeset that takes down what the plan owns.
        func destruction(scope: Scope) throws -> Changeset {
            try placed { () throws(Refusals) in try comparison.destruction(scope: scope) }
        }

        private func placed(_ compute: () throws(Refusals) -> Changeset) throws -> Changeset {
            do throws(Refusals) {
                return try compute()
            } catch {
                throw Reported(error.diagnostics, texts)
            }
        }

        /// - Parameter isBrief: whether a person saw the steps before.
        func show(_ changeset: Changeset, on screen: Screen, isBrief: Bool = false) {
            if screen.options.json {
                return screen.show(ChangesetJSON(changeset, isSimulated: isSimulated).json)
            }
            world.simulation.tell()
            screen.report(changeset.notes, texts: texts)
            screen.world.output(
                ChangesetText(
                    changeset: changeset, planFile: planFile, isSimulated: isSimulated,
                    isBrief: isBrief, style: screen.style
                ).text)
        }

        private static func open(
            _ file: UsablePlan, _ globals: GlobalOptions, _ sources: ValueSources?,
            isFresh: Bool, readsValues: Bool = false, seeksKeyUsers: Bool = false,
            in world: World, _ screen: Screen
        ) async throws -> Work {
            let session = try await Connection(globals, in: world, screen)
                .open(for: file.plan)
            let comparison = try await Comparison.make(
                of: file.plan, in: session, valuesFrom: sources, isFresh: isFresh,
                readsValues: readsValues, seeksKeyUsers: seeksKeyUsers, now: world.now)
            return Work(
                planFile: file.plan.file, texts: file.texts, comparison: comparison, world: world)
        }

        private struct UsablePlan {
            let plan: Plan
            let texts: SourceTexts
        }

        private static func usable(_ path: String, on screen: Screen) throws -> UsablePlan {
            let file = PlanFile.read(path)
            guard let plan = file.plan else { throw Reported(file.diagnostics, file.texts) }
            // Notes are for `validate`, whose subject is the file.
            screen.warn(file.diagnostics.filter { $0.severity != .note }, texts: file.texts)
            let unsupported = plan.unsupported()
            guard unsupported.isEmpty else { throw Reported(unsupported, file.texts) }
            return UsablePlan(plan: plan, texts: file.texts)
        }

        private static func sources(
            _ options: PlanOptions, in world: World, on screen: Screen
        ) throws -> ValueSources {
            let folder = options.plan.contains("/") ? String(options.plan.parentFolder) : "."
            return ValueSources(
                envFile: try options.envFile.map { try EnvFile.read($0, on: screen) },
                environment: world.environment, folder: folder,
                allowsCommands: options.allowsCommands)
        }
    }

    /// Faults that are told with the lines where they stand.
    struct Reported: Error {
        let diagnostics: [Diagnostic]
        let texts: SourceTexts

        init(_ diagnostics: [Diagnostic], _ texts: SourceTexts = SourceTexts()) {
            self.diagnostics = diagnostics
            self.texts = texts
        }
    }

    extension Screen {
        /// Ends a verb with whatever was thrown, in words.
        ///
        /// - Parameter document: what is known all the same, for scripts.
        func fail(
            _ error: any Error, with document: ChangesetJSON = ChangesetJSON(nil)
        ) -> Exit {
            switch error {
            case let error as Reported: fail(error.diagnostics, texts: error.texts, with: document)
            case let error as EngineError: fail([error.diagnostic], with: document)
            case let error as AWSError:
                fail([EngineError(error, doing: "begin").diagnostic], with: document)
            default: fail([Diagnostic(.error, "failed", "\(error)")], with: document)
            }
        }
    }

    extension String {
        /// What stands before the last slash.
        fileprivate var parentFolder: Substring {
            let end = lastIndex(of: "/") ?? startIndex
            return end == startIndex ? "/" : self[..<end]
        }
    }
#endif
