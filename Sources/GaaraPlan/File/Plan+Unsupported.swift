extension Plan {
    /// The parts that this version reads and checks but cannot bring about: `validate` passes with
    /// them, `plan` and `apply` stop.
    ///
    /// Errors with the code `not-supported-yet`, in order.
    package func unsupported() -> [Diagnostic] {
        var found: [Diagnostic] = []
        func add(_ path: String, _ what: String, at place: Place?) {
            let hint = "remove it: nothing of a plan is ever ignored"
            found.append(
                .error(
                    .notSupportedYet, "\(path) is not supported yet: \(what)", hint: hint,
                    at: places[path] ?? place))
        }
        if let alarms { add("alarms", "no alarm is made", at: alarms.place) }
        return Diagnostic.inOrder(found)
    }
}
