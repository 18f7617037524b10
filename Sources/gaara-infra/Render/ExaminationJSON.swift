internal import GaaraEngine
internal import GaaraPlan
internal import JSON

/// What `doctor` found, for a script: the same keys whatever was found.
struct ExaminationJSON {
    let examination: Examination

    init(_ examination: Examination) { self.examination = examination }

    var json: JSON {
        let permissions = examination.permissions
        func number(_ value: Int) -> JSON { .number(String(value)) }
        return .object(
            JSONObject([
                ("format_version", 1), ("simulation", .bool(examination.isSimulated)),
                ("passed", .bool(examination.obstacles == 0)),
                (
                    "summary",
                    .object(
                        JSONObject([
                            ("obstacles", number(examination.obstacles)),
                            ("warnings", number(examination.warnings)),
                            ("unknown", number(examination.unknowns)),
                        ]))
                ),
                ("checks", .array(examination.rows.map(\.json))),
                ("reads", .array((permissions?.report.reads ?? []).map(\.json))),
                ("writes", .array((permissions?.report.writes ?? []).map(\.json))),
                ("occasion", permissions.map { .string($0.occasion) } ?? .null),
                ("diagnostics", .array(examination.diagnostics.map(\.json))),
            ]))
    }
}

extension Examination.Row {
    fileprivate var json: JSON {
        .object(
            JSONObject([
                ("subject", .string(subject)), ("verdict", .string(verdict.rawValue)),
                ("text", .string(text)), ("hint", hint.map(JSON.string) ?? .null),
                ("details", .object(details)),
            ]))
    }
}

extension Preflight.Finding {
    fileprivate var json: JSON {
        .object(
            JSONObject([
                ("action", .string(action)), ("resource", .string(resource)),
                ("verdict", .string(verdict.rawValue)), ("evidence", .string(evidence.rawValue)),
                ("needed", .bool(isNeeded)), ("reason", reason.map(JSON.string) ?? .null),
                ("hint", hint.map(JSON.string) ?? .null),
            ]))
    }
}
