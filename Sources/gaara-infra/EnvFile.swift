#if CommandLine
    internal import GaaraPlan
    internal import GaaraStore
    internal import POSIX

    /// The file or pipe given by `--env-file`, read as python-dotenv reads it.
    enum EnvFile {
        private static let limit = 1 << 20

        /// What it defines.
        ///
        /// A line that the loader would drop or misread is an error with its place, so that no
        /// value is silently lost.
        static func read(_ path: String, on screen: Screen) throws -> [String: SecretValue] {
            var contents: File.Contents
            do {
                contents = try File.contents(
                    path, maximumBytes: limit, options: [.followLinks, .pipes])
            } catch {
                throw Reported([Diagnostic(.error, "cannot-read", "\(error)")])
            }
            defer { ProtectedBytes.wipe(&contents.bytes) }
            if contents.isReadableByOthers {
                screen.warn([
                    Diagnostic(
                        .warning, "readable-by-others", "\(path) can be read by other users",
                        hint: "chmod 600 \(path)")
                ])
            }
            let file = DotEnv(
                reading: contents.bytes, environment: screen.world.environment,
                precedence: .environment)
            guard file.errors.isEmpty else {
                throw Reported(file.errors.map { $0.diagnostic(.error, in: path) })
            }
            screen.warn(file.notes.map { $0.diagnostic(.note, in: path) })
            var values: [String: SecretValue] = [:]
            for key in file.keys { values[key] = file[key]?.value }
            return values
        }
    }

    extension DotEnv.Remark {
        fileprivate func diagnostic(
            _ severity: Diagnostic.Severity, in path: String
        ) -> Diagnostic {
            Diagnostic(
                severity, code, message, hint: hint,
                at: Place(file: path, line: place.line, column: place.column))
        }
    }
#endif
