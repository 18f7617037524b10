/// The plan that most tests begin with, each part of which a test may change.
struct ShopPlan: Sendable {
    var environment = "staging"
    var account = "123456789012"
    var tags = "{ team: platform }"
    var keyDescription = "Keys of the shop"
    var keyRotation = "365 days"
    var description = "Primary PostgreSQL connection"
    var protect = "false"
    /// Days between rotations; `nil` is `rotation: none`.
    var every: String? = "30 days"
    var read = "[database-url, redis-url]"
    var roles = "[shop-app, shop-job]"
    /// More entries under `secrets`, indented by two.
    var moreSecrets = ""

    var text: String {
        let rotation =
            every.map { every in
                [
                    "    rotation:", "      function: \(Self.function)",
                    "      role: role/shop-rotation", "      every: \(every)",
                    "      start: next-window",
                ].joined(separator: "\n")
            } ?? "    rotation: none"
        return """
            version: 1
            application: shop
            environment: \(environment)
            account: "\(account)"
            region: us-east-1
            tags: \(tags)
            key:
              description: \(keyDescription)
              rotation: \(keyRotation)
              deletion-window: 7 days
            secrets:
              database-url:
                description: \(description)
                value: { from: env-file }
                recovery-window: 7 days
                protect: \(protect)
              redis-url:
                value: { from: env-file }
                recovery-window: 7 days
              session-key:
                value: { generate: { length: 64, alphabet: alphanumeric } }
                recovery-window: 7 days
              login:
                recovery-window: 7 days
                value:
                  fields:
                    username: { literal: app }
                    password: { generate: { length: 40 } }
            \(rotation)
            \(moreSecrets)access:
              app:
                read: \(read)
                attach:
                  roles: \(roles)

            """
    }

    static let function = "arn:aws:lambda:us-east-1:123456789012:function:ShopRotation"
    static let databaseURL = "postgresql://shop:first@db.example:5432/shop"
    static let redisURL = "redis://:first@cache.example:6379/0"

    static let values = "DATABASE_URL=\(databaseURL)\nREDIS_URL=\(redisURL)\n"
}
