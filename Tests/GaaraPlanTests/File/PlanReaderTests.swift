import GaaraPlan
import GaaraStore
import POSIX
import Testing

@Suite("Reading a plan")
struct PlanReaderTests {
    private func plan(_ rest: String) throws -> Plan {
        let reading = PlanText.read(rest)
        return try #require(reading.plan, "\(reading.rendered)")
    }

    private func secret(_ rest: String) throws -> Secret {
        let text =
            "secrets:\n  database-url:\n"
            + rest.split(separator: "\n").map { "    \($0)\n" }.joined()
        return try #require(try plan(text).secrets.first)
    }

    @Test("what is absent has its documented default")
    func defaults() throws {
        let plan = try plan("secrets: { database-url: { value: { from: environment } } }\n")
        let data = try #require(plan.keys.first)
        #expect(data.role == .data)
        #expect(data.alias == "gaara-store/staging")
        #expect(data.description == "Secrets of gaara-store/staging")
        #expect(data.rotationDays == 365)
        #expect(data.deletionWindowDays == 30)
        #expect(!data.isExisting)
        let secret = try #require(plan.secrets.first)
        #expect(secret.description == "")
        #expect(secret.variable == "DATABASE_URL")
        #expect(secret.owner == .plan)
        #expect(secret.recoveryWindowDays == 30)
        #expect(!secret.isProtected)
        #expect(secret.rotation == .unmanaged)
        #expect(secret.replicas == nil)
        #expect(secret.readersOnly == nil)
        #expect(plan.operators == Operators())
        #expect(plan.alarms == nil)
        #expect(plan.tags == [:])
    }

    @Test("value tokens bring a second key, and value-tokens: false does without")
    func valueTokens() throws {
        let with = try plan("secrets: {}\nkey: { deletion-window: 7 days }\n")
        #expect(with.keys.map(\.role) == [.data, .valueTokens])
        #expect(with.keys.last?.alias == "gaara-store/staging/value-tokens")
        #expect(with.keys.last?.rotationDays == nil)
        #expect(with.keys.last?.deletionWindowDays == 7)
        #expect(try plan("secrets: {}\nvalue-tokens: false\n").keys.map(\.role) == [.data])
    }

    @Test("an existing key is used under its alias and never described")
    func existingKey() throws {
        let key = try #require(
            try plan("secrets: {}\nkey: { existing: alias/shared }\n").keys.first)
        #expect(key.isExisting)
        #expect(key.alias == "shared")
        #expect(key.rotationDays == nil)
    }

    @Test(
        "rotation: none is not the same as no rotation",
        arguments: [
            ("rotation: none", nil), ("rotation: 90 days", 90), ("alias: main", 365),
        ])
    func keyRotation(line: String, days: Int?) throws {
        #expect(try plan("secrets: {}\nkey: { \(line) }\n").keys.first?.rotationDays == days)
    }

    @Test(
        "every source of a value is read",
        arguments: [
            ("{ from: env-file }", ValueSource.envFile), ("{ from: environment }", .environment),
            ("{ from: file, path: tls/key.pem }", .file(path: "tls/key.pem", binary: false)),
            ("{ from: file, path: key.der, binary: true }", .file(path: "key.der", binary: true)),
            (
                "{ from: command, run: [op, read, \"op://prod/x\"] }",
                .command(["op", "read", "op://prod/x"])
            ),
            ("{ generate: { length: 64 } }", .generate(length: 64, alphabet: .alphanumeric)),
            (
                "{ generate: { length: 8, alphabet: url-safe } }",
                .generate(length: 8, alphabet: .urlSafe)
            ),
            ("external", .external),
        ])
    func sources(text: String, source: ValueSource) throws {
        #expect(try secret("value: \(text)").value == source)
    }

    @Test("fields are in the order of their names, each with a variable of its own")
    func fields() throws {
        let secret = try secret(
            "value: { fields: { username: { literal: app }, pass-word: { from: env-file },"
                + " key: { from: environment, variable: THE_KEY } } }")
        guard case .fields(let fields) = secret.value else {
            Issue.record("no fields")
            return
        }
        #expect(fields.map(\.name) == ["key", "pass-word", "username"])
        #expect(
            fields.map(\.variable) == [
                "THE_KEY", "DATABASE_URL_PASS_WORD", "DATABASE_URL_USERNAME",
            ])
        #expect(
            fields.map(\.source) == [.value(.environment), .value(.envFile), .literal("app")])
    }

    @Test(
        "who corrects a value follows from generate and rotation",
        arguments: [
            ("value: { from: environment }", Secret.Owner.plan),
            ("value: { from: environment, owner: initial }", .initial),
            ("value: { generate: { length: 40 } }", .initial),
            ("value: { generate: { length: 40 }, owner: initial }", .initial),
            (
                "value: { fields: { a: { from: environment }, b: { generate: { length: 8 } } } }",
                .initial
            ),
            ("value: { fields: { a: { from: environment } } }\nrotation: none", .plan),
            (
                "value: { fields: { a: { from: environment } } }\nrotation: { every: 1 day,"
                    + " function: arn:aws:lambda:us-east-1:123456789012:function:f }", .initial
            ),
            (
                "value: { fields: { a: { from: environment } }, owner: plan }\nrotation: { every: 1 day,"
                    + " function: arn:aws:lambda:us-east-1:123456789012:function:f }", .plan
            ),
        ])
    func owners(text: String, owner: Secret.Owner) throws {
        #expect(try secret(text).owner == owner)
    }

    @Test("a part that is empty is told from one that is absent")
    func absence() throws {
        let secret = try secret(
            "value: { from: environment }\nrotation: none\nreplicas: []\nreaders-only: false")
        #expect(secret.rotation == RotationPart.none)
        #expect(secret.replicas == [])
        #expect(secret.readersOnly == false)
    }

    @Test("a rotation keeps its schedule as it was written")
    func rotation() throws {
        let secret = try secret(
            """
            value: { fields: { password: { from: environment } } }
            rotation:
              function: arn:aws:lambda:us-east-1:123456789012:function:f:live
              role: role/jobs/rotate
              schedule: "cron(0 4 1 * ? *)"
              window: 2 hours
              start: now
            """)
        guard case .rotation(let rotation) = secret.rotation else {
            Issue.record("no rotation")
            return
        }
        #expect(rotation.schedule == .expression("cron(0 4 1 * ? *)"))
        #expect(rotation.windowHours == 2)
        #expect(rotation.start == .now)
        #expect(rotation.role == "role/jobs/rotate")
    }

    @Test("read: all is every secret, and stays true to later ones")
    func readsAll() throws {
        let plan = try plan(
            """
            secrets: { b: { value: external }, a: { value: { from: environment } } }
            access:
              job: { read: [b] }
              app: { read: all, attach: { roles: [b, { name: a }], users: [u], groups: [g] } }

            """)
        #expect(plan.access.map(\.entry) == ["app", "job"])
        let app = try #require(plan.access.first)
        #expect(app.policyName == "gaara-store-staging-app")
        #expect(app.read.map(\.text) == ["a", "b"])
        #expect(app.readsAll)
        #expect(app.roles.map(\.name) == ["a", "b"])
        #expect(app.isExclusive)
        #expect(plan.access.last?.readsAll == false)
    }

    @Test("alarms are read with their bounds in percent and minutes")
    func alarms() throws {
        let alarms = try #require(
            try plan(
                """
                secrets: {}
                alarms:
                  namespace: GaaraStore/Secrets
                  notify: [arn:aws:sns:us-east-1:210987654321:oncall]
                  failed-access: { above: 5%, for: 5 minutes }
                  cache-hit-rate: { below: 82.5%, for: 2 hours }
                  unusual-access: { deviations: 3 }

                """
            ).alarms)
        #expect(alarms.failedAccess?.percent == 5)
        #expect(alarms.failedAccess?.minutes == 5)
        #expect(alarms.cacheHitRate?.percent == 82.5)
        #expect(alarms.cacheHitRate?.minutes == 120)
        #expect(alarms.unusualAccess?.deviations == 3)
    }

    @Test("every key of the plan has its place")
    func places() throws {
        let plan = try plan("secrets:\n  a:\n    value: { from: environment }\n    protect: true\n")
        #expect(plan.places["secrets.a.protect"]?.description == "plans/staging.yaml:9:5")
        #expect(plan.secrets.first?.place.description == "plans/staging.yaml:7:3")
    }

    @Test("every beginning of a plan is a plan or has an error with a place")
    func beginnings() throws {
        let whole = try PlanText.read(path: "plans/base.yaml", as: "base.yaml")
        #expect(whole.codes.contains("missing-key"))
        let bytes = try File.read(PlanText.repository + "/plans/base.yaml", maximumBytes: 1 << 20)
        for end in stride(from: 0, to: bytes.count, by: 7) {
            let reading = PlanReader.read(file: "p", text: Array(bytes.prefix(end))) {
                (_) throws(IncludeFault) in throw IncludeFault(reason: "none")
            }
            #expect((reading.plan == nil) == !reading.errors.isEmpty)
            #expect(reading.errors.allSatisfy { $0.place != nil })
        }
    }
}
