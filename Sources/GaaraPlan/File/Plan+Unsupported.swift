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
        for secret in secrets {
            let path = "secrets.\(secret.name)"
            // Also where the plan asks for none: what AWS has would have to be removed.
            if secret.replicas != nil {
                add("\(path).replicas", "replicas are left as they are", at: secret.place)
            }
            if secret.readersOnly != nil {
                add("\(path).readers-only", "secrets keep the policy they have", at: secret.place)
            }
            if case .rotation(let rotation) = secret.rotation, rotation.function == .managed {
                add("\(path).rotation.function", "no service is told to rotate", at: rotation.place)
            }
        }
        for entry in access {
            let path = "access.\(entry.entry)"
            for role in entry.roles where role.create {
                add("\(path).attach.roles", "no role is made", at: role.place)
            }
            if entry.boundary != nil {
                add("\(path).boundary", "boundaries are not checked", at: entry.place)
            }
        }
        if let alarms { add("alarms", "no alarm is made", at: alarms.place) }
        return Diagnostic.inOrder(found)
    }
}
