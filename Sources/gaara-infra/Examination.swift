internal import GaaraEngine
internal import GaaraPlan
internal import JSON

/// What `doctor` finds out: one row a subject, then the calls that a plan needs.
struct Examination: Sendable {
    var rows: [Row] = []
    /// `nil` where no plan was given, or nothing could be asked about it.
    var permissions: Permissions?
    /// Whether the answers came from a simulation of AWS.
    var isSimulated = false
    /// What is wrong with the plan file.
    var diagnostics: [Diagnostic] = []

    enum Verdict: String, Hashable, Sendable {
        case good = "ok"
        /// It works, and will bite.
        case doubtful = "warning"
        case bad = "failed"
        /// It could not be found out.
        case unknown
    }

    struct Row: Hashable, Sendable {
        /// `credentials`, `clock`.
        let subject: String
        let verdict: Verdict
        /// What is so: lower case, no full stop.
        let text: String
        /// What a person wants to know beside it, a line each; scripts have it in `details`.
        let more: [String]
        /// What to do about it.
        let hint: String?
        /// The same in parts, for scripts.
        let details: JSONObject

        init(
            _ subject: String, _ verdict: Verdict, _ text: String, hint: String? = nil,
            details: [(String, JSON)] = [], more: [String] = []
        ) {
            self.subject = subject
            self.verdict = verdict
            self.text = text
            self.more = more
            self.hint = hint
            self.details = JSONObject(details)
        }
    }

    struct Permissions: Sendable {
        let report: Preflight.Report
        /// When the writes would be made: `the 12 steps of the plan`.
        let occasion: String

        /// The actions of which a finding fits: of a thousand secrets it counts once.
        func count(_ fits: (Preflight.Finding) -> Bool) -> Int {
            Set((report.reads + report.writes).filter(fits).map(\.action)).count
        }
    }

    /// What stands in the way: rows that failed, faults of the plan, needed calls that are denied.
    var obstacles: Int {
        rows.count { $0.verdict == .bad } + diagnostics.count { $0.severity == .error }
            + (permissions?.count { $0.verdict == .denied && $0.isNeeded } ?? 0)
    }

    /// What works and will bite.
    var warnings: Int {
        rows.count { $0.verdict == .doubtful } + diagnostics.count { $0.severity == .warning }
            + (permissions?.count { $0.verdict == .denied && !$0.isNeeded } ?? 0)
    }

    /// What could not be found out.
    var unknowns: Int {
        rows.count { $0.verdict == .unknown }
            + (permissions?.count { $0.verdict == .unknown } ?? 0)
    }
}
