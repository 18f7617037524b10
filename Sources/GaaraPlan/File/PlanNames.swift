internal import GaaraStore
package import JSON

/// What the library needs of a plan: the names of its secrets, the variables that stand for them in
/// `.env`, and the roles that may read them (`validate --names`).
///
/// It holds no value and no source.
package enum PlanNames {
    /// The content of the file that `GAARA_NAMES` points at.
    package static func json(of plan: Plan) -> JSON {
        .object(
            JSONObject([
                ("format_version", .number("1")),
                ("application", .string(plan.identity.application)),
                ("environment", .string(plan.identity.environment.name)),
                (
                    "names",
                    .object(
                        JSONObject(plan.secrets.map { ($0.name.text, .string($0.variable)) }))
                ),
                (
                    "readers",
                    .array(
                        Set(plan.access.flatMap { $0.roles.map(\.name) }).sorted()
                            .map(JSON.string))
                ),
            ]))
    }
}
