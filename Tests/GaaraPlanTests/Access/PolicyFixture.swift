import GaaraPlan
import GaaraStore

/// The plan that the policies of these tests follow from.
enum PolicyFixture {
    static let place = Place(file: "plans/production.yaml", line: 1, column: 1)
    static let keyARN =
        "arn:aws:kms:us-east-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab"

    static func plan(region: String = "us-east-1", account: String = "123456789012") throws -> Plan
    {
        let environment = DeploymentEnvironment.production
        return Plan(
            identity: Identity(
                application: "gaara-store", environment: environment, account: account,
                region: region),
            operators: Operators(
                planner: ["role/gaara-store-production-plan"],
                applier: ["role/gaara-store-production-apply"],
                migrator: ["role/gaara-store-production-migrate"],
                breakGlass: ["role/gaara-store-production-break-glass"]),
            keys: [
                Key(
                    role: .data, alias: "gaara-store/production", description: "data",
                    rotationDays: 365, place: place),
                Key(
                    role: .valueTokens, alias: "gaara-store/production/value-tokens",
                    description: "tokens", rotationDays: nil, place: place),
            ],
            secrets: [
                try secret("database-url"), try secret("jwt-secret"), try secret("redis-url"),
            ],
            access: [
                try access(
                    "app", read: ["database-url", "jwt-secret", "redis-url"],
                    roles: ["gaara-store-production-app"])
            ], digest: "", file: "plans/production.yaml")
    }

    static func secret(
        _ name: String, value: ValueSource = .envFile, rotation: RotationPart = .unmanaged
    ) throws -> Secret {
        let name = try SecretName(validating: name)
        return Secret(
            name: name, variable: name.variable, value: value, owner: .plan, rotation: rotation,
            place: place)
    }

    static func access(
        _ entry: String, read: [String], roles: [String] = [], users: [String] = [],
        groups: [String] = []
    ) throws -> Access {
        Access(
            entry: entry, policyName: "gaara-store-production-\(entry)",
            read: try read.map { name in try SecretName(validating: name) },
            roles: roles.map { Access.RoleAttachment(name: $0, place: place) }, users: users,
            groups: groups, place: place)
    }

    static func rotation(role: String?) -> RotationPart {
        .rotation(
            Rotation(
                function: .lambda("arn:aws:lambda:us-east-1:123456789012:function:rotate"),
                role: role, schedule: .every(days: 30), place: place))
    }
}
