import GaaraStore

@testable import GaaraPlan

/// A small environment, declared and live, that tests bend one attribute at a time.
enum Samples {
    static let place = Place(file: "plans/staging.yaml", line: 1, column: 1)
    static let identity = Identity(
        application: "gaara-store", environment: .staging, account: "123456789012",
        region: "us-east-1")
    static let keyARN = "arn:aws:kms:us-east-1:123456789012:key/1234abcd"
    static let hmacARN = "arn:aws:kms:us-east-1:123456789012:key/5678abcd"
    static let now: Int64 = 1_800_000_000
    static let pepper = Pepper(Array(repeating: 7, count: 32))

    static func name(_ text: String) -> SecretName {
        guard let name = try? SecretName(validating: text) else {
            preconditionFailure("a test wrote an impossible name: \(text)")
        }
        return name
    }

    static let databaseURL = name("database-url")

    static var key: Key {
        Key(
            role: .data, alias: "gaara-store/staging", description: "Gaara Store",
            rotationDays: 365,
            place: place)
    }

    static var hmacKey: Key {
        Key(
            role: .valueTokens, alias: "gaara-store/staging/value-tokens",
            description: "Value tokens", rotationDays: nil, place: place)
    }

    static var secret: Secret {
        Secret(
            name: databaseURL, description: "Primary", variable: "DATABASE_URL", value: .envFile,
            owner: .plan, place: place)
    }

    static var access: Access {
        Access(
            entry: "app", policyName: "gaara-store-staging-app", read: [databaseURL],
            roles: [Access.RoleAttachment(name: "app", place: place)], place: place)
    }

    static var plan: Plan {
        Plan(
            identity: identity, tags: ["team": "platform"], keys: [key, hmacKey],
            secrets: [secret], access: [access], digest: "d", file: "plans/staging.yaml")
    }

    /// What AWS has after the plan was applied with that value.
    static func applied(_ plan: Plan = plan, value: String = "v1") -> Snapshot {
        var snapshot = Snapshot(observedAt: now)
        for key in plan.keys {
            snapshot.keys[key.role] = live(key, in: plan)
        }
        for secret in plan.secrets {
            snapshot.secrets[secret.name] = live(secret, in: plan, value: value)
        }
        for policy in plan.policies {
            snapshot.policies[policy.name] = live(policy, in: plan)
        }
        return surrounded(snapshot, of: plan)
    }

    /// With what is not the plan's own: principals, and keys of other regions.
    static func surrounded(_ snapshot: Snapshot, of plan: Plan) -> Snapshot {
        var snapshot = snapshot
        let made = Dictionary(uniqueKeysWithValues: plan.roles.map { ($0.name, $0) })
        for principal in plan.examinedPrincipals {
            let role = made[principal.name]
            let boundary = plan.access.first { entry in
                entry.roles.contains { $0.name == principal.name }
            }?.boundary
            guard role == nil || !snapshot.secrets.isEmpty, snapshot.principals[principal] == nil
            else { continue }
            snapshot.principals[principal] = Principal.Live(
                arn: role?.arn(in: plan.identity) ?? plan.identity.iamARN("\(principal)"),
                trust: role?.trust.text, boundaryARN: boundary.map(plan.identity.iamARN),
                tags: role == nil ? [:] : plan.allTags)
        }
        for key in plan.regionalKeys {
            snapshot.regionalKeys[key] = RegionalKey.Live(arn: regionalARN(key))
        }
        return snapshot
    }

    private static func regionalARN(_ key: RegionalKey) -> String {
        key.name.hasPrefix("arn:")
            ? key.name
            : "arn:aws:kms:\(key.region):123456789012:key/0000abcd-12ab-34cd-56ef-1234567890ab"
    }

    static func live(_ key: Key, in plan: Plan = plan) -> Key.Live {
        let arn = key.role == .data ? keyARN : hmacARN
        return Key.Live(
            id: String(arn.split(separator: "/")[1]), arn: arn, state: .enabled,
            description: key.description, spec: key.spec, isCustomerManaged: true,
            rotationDays: key.rotationDays, policy: plan.keyPolicy(of: key).text,
            tags: key.declaredTags(in: plan), hasAlias: true)
    }

    static func live(
        _ secret: Secret, in plan: Plan = plan, value: String = "v1"
    ) -> Secret.Live {
        let path = secret.path(in: plan.identity)
        return Secret.Live(
            name: path, arn: "arn:aws:secretsmanager:us-east-1:123456789012:secret:\(path)-AbCdEf",
            description: secret.description, kmsKeyID: keyARN, tags: secret.declaredTags(in: plan),
            stages: [token(value, of: secret): ["AWSCURRENT"]],
            replicas: (secret.replicas ?? []).map { .init(region: $0.region, key: $0.key) },
            policy: policy(of: secret, in: plan),
            owningService: secret.value == .external ? "rds" : nil)
    }

    private static func policy(of secret: Secret, in plan: Plan) -> Secret.Live.ResourcePolicy {
        guard secret.readersOnly == true else { return .none }
        let only = ReadersOnly(of: secret, in: plan)
        let arns = Dictionary(
            uniqueKeysWithValues: only.principals.map { ($0, plan.identity.iamARN("\($0)")) })
        return .text(only.document(arns: arns, in: plan.identity)?.text ?? "")
    }

    static func live(_ policy: Policy, in plan: Plan = plan) -> Policy.Live {
        Policy.Live(
            arn: policy.arn(in: plan.identity), name: policy.name, defaultVersion: "v1",
            document: plan.readerPolicy(of: policy.access).document(
                keyARN: keyARN,
                regionalKeys: Dictionary(
                    uniqueKeysWithValues: plan.regionalKeys.map { ($0, regionalARN($0)) })
            ).text,
            versions: ["v1"], tags: plan.allTags, attachments: Set(policy.access.principals))
    }

    static func token(_ value: String, of secret: Secret = secret) -> String {
        pepper.token(of: SecretValue(string: value), name: secret.path(in: identity))
    }

    static func supply(_ value: String = "v1") -> [SecretName: Supply] {
        [databaseURL: .token(token(value))]
    }

    static func changeset(
        _ snapshot: Snapshot, plan: Plan = plan, supply: [SecretName: Supply] = supply(),
        scope: Scope = Scope()
    ) throws -> Changeset {
        try Changeset.between(
            plan, and: snapshot, supply: supply, pepperID: pepper.id, scope: scope)
    }
}
