#if CommandLine
    internal import GaaraPlan
    internal import POSIX

    /// A plan file as it stands on disk, with the file that it includes.
    struct PlanFile {
        var plan: Plan?
        var diagnostics: [Diagnostic]
        var texts: SourceTexts

        /// One plan and its include are at most this long each (design, section 3).
        private static let limit = 1 << 20

        static func read(_ path: String) -> PlanFile {
            let text: [UInt8]
            do {
                text = try File.read(path, maximumBytes: limit)
            } catch {
                let fault = Diagnostic(.error, "cannot-read", "\(error)")
                return PlanFile(plan: nil, diagnostics: [fault], texts: SourceTexts())
            }
            let read = PlanReader.read(file: path, text: text) {
                (included) throws(IncludeFault) in
                do throws(POSIXError) {
                    return try File.read(included, maximumBytes: limit, options: [])
                } catch {
                    throw IncludeFault(reason: error.reason)
                }
            }
            return PlanFile(plan: read.plan, diagnostics: read.diagnostics, texts: read.texts)
        }
    }
#endif
