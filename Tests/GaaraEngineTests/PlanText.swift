import GaaraEngine
import GaaraPlan
import GaaraStore
import POSIX
import Testing

/// Plans for tests: a small one whose lines tests replace, and the repository's own.
enum PlanText {
    static let login = """
          login:
            value:
              fields:
                username: { literal: app }
                password: { generate: { length: 20 } }
            rotation:
              function: \(Bench.function)
              every: 30 days

        """

    /// Two secrets, one of them rotated, one policy and one attachment.
    static let small = """
        version: 1
        application: gaara-store
        environment: staging
        account: "123456789012"
        region: us-east-1
        tags: { team: platform }
        key:
          description: First description
          rotation: 365 days
        secrets:
          api-token:
            description: Opens the door
            value: { from: environment }
        \(login)access:
          app:
            read: [api-token]
            attach:
              roles: [app]

        """

    /// One secret, and what stands for its value.
    static func withSecret(_ lines: String, more: String = "") -> String {
        """
        version: 1
        application: gaara-store
        environment: staging
        account: "123456789012"
        region: us-east-1
        \(more)
        secrets:
          api-token:
        \(lines.split(separator: "\n").map { "    \($0)\n" }.joined())
        """
    }

    static func read(_ text: String) throws -> Plan {
        let reading = PlanReader.read(file: "plans/staging.yaml", text: Array(text.utf8)) {
            (_) throws(IncludeFault) in throw IncludeFault(reason: "no such file")
        }
        return try #require(reading.plan, "\(reading.rendered)")
    }

    /// The small plan with each of the texts replaced by the one after it.
    static func small(_ changes: (String, String)...) throws -> Plan {
        var text = small
        for (before, after) in changes {
            try #require(text.contains(before))
            text = text.replacing(before, with: after)
        }
        return try read(text)
    }

    /// `staging` or `production`, as the repository has them, with each of the texts of what they
    /// have in common replaced by the one after it.
    static func repository(_ name: String, _ changes: (String, String)...) throws -> Plan {
        let folder = #filePath.split(separator: "/").dropLast(3).map { "/" + $0 }.joined()
        let text = try File.read("\(folder)/plans/\(name).yaml", maximumBytes: 1 << 20)
        let reading = PlanReader.read(file: "plans/\(name).yaml", text: text) {
            (path) throws(IncludeFault) in
            do {
                let base = try File.read("\(folder)/\(path)", maximumBytes: 1 << 20)
                return Array(
                    changes.reduce(String(decoding: base, as: UTF8.self)) { text, change in
                        text.replacing(change.0, with: change.1)
                    }.utf8)
            } catch {
                throw IncludeFault(reason: "\(error)")
            }
        }
        return try #require(reading.plan, "\(reading.rendered)")
    }
}

extension ValueSources {
    /// What the small plan's secret takes from the environment.
    static func apiToken(_ value: String) -> ValueSources { environment(["API_TOKEN": value]) }

    static func environment(_ environment: [String: String]) -> ValueSources {
        ValueSources(
            envFile: nil, environment: environment, folder: "/", allowsCommands: false)
    }

    /// The values of the repository's plans.
    static let repository = repository([:])

    /// As `repository`, with other values for some variables.
    static func repository(_ changes: [String: String]) -> ValueSources {
        let values = [
            "DATABASE_URL": "postgresql://canary-database", "REDIS_URL": "redis://canary-redis",
            "MAIL_PASSWORD": "canary-mail", "SENTRY_DSN": "https://canary-sentry",
        ].merging(changes) { $1 }
        return ValueSources(
            envFile: values.mapValues { SecretValue(string: $0) }, environment: [:], folder: "/",
            allowsCommands: false)
    }
}
