import GaaraPlan
import Testing

@Suite("Include, variables and digest")
struct PlanMergeTests {
    private let base = """
        version: 1
        application: gaara-store
        account: "123456789012"
        region: us-east-1
        tags: { team: "${team}", unit: shop }
        variables: { team: platform }
        secrets:
          database-url:
            description: the base's
            value: { generate: { length: 40, alphabet: hex } }
        access: { app: { read: [database-url], attach: { users: [a, b] } } }

        """

    private func read(_ text: String) -> ReadPlan {
        PlanText.read(
            whole: "include: base.yaml\nenvironment: staging\n" + text,
            files: ["plans/base.yaml": base])
    }

    @Test("maps merge by key and the including file wins; lists replace")
    func merge() throws {
        let reading = read(
            """
            tags: { unit: store }
            secrets: { database-url: { value: { generate: { length: 64 } }, protect: true } }
            access: { app: { attach: { users: [c] } } }

            """)
        let plan = try #require(reading.plan, "\(reading.rendered)")
        #expect(plan.tags == ["team": "platform", "unit": "store"])
        let secret = try #require(plan.secrets.first)
        #expect(secret.description == "the base's")
        #expect(secret.value == .generate(length: 64, alphabet: .hex))
        #expect(secret.isProtected)
        #expect(plan.access.first?.users == ["c"])
        #expect(plan.access.first?.read.count == 1)
    }

    @Test("a value of another kind replaces, since half of each would be neither")
    func replacedValue() throws {
        let reading = read("secrets: { database-url: { value: { from: env-file } } }\n")
        #expect(reading.plan?.secrets.first?.value == .envFile)
    }

    @Test("a fault keeps the file that it stands in")
    func placesOfFaults() {
        let reading = PlanText.read(
            whole: "include: base.yaml\nenvironment: staging\nregions: x\n",
            files: ["plans/base.yaml": base + "colour: red\n"])
        #expect(
            reading.errors.map { $0.place?.description } == [
                "plans/base.yaml:12:1", "plans/staging.yaml:3:1",
            ])
        #expect(reading.rendered.contains("    colour: red\n    ^\n"))
    }

    @Test("the including file's variables win, and $${ is literal")
    func variables() throws {
        let reading = read(
            "variables: { team: store }\nkey: { description: \"$${team} ${team} $5\" }\n")
        #expect(reading.plan?.tags["team"] == "store")
        #expect(reading.plan?.keys.first?.description == "${team} store $5")
    }

    @Test("the file that is included is asked for beside the plan, once")
    func path() {
        var asked: [String] = []
        let text = PlanText.head + "include: ./parts/base.yaml\nsecrets: {}\n"
        let reading = PlanReader.read(file: "a/b/plan.yaml", text: Array(text.utf8)) {
            (path) throws(IncludeFault) in
            asked.append(path)
            return Array("tags: { team: shop }\n".utf8)
        }
        #expect(asked == ["a/b/parts/base.yaml"])
        #expect(reading.plan?.tags == ["team": "shop"])
    }

    @Test("while a file is missing, nothing is called missing, and the rest is still checked")
    func partial() {
        let reading = PlanText.read(whole: "include: base.yaml\nregion: nowhere\nregio: x\n")
        #expect(reading.plan == nil)
        #expect(reading.codes == ["unreadable-include", "wrong-text", "unknown-key"])
    }

    @Test("the digest is of the content, not of its layout")
    func digest() throws {
        let plain = try #require(PlanText.read("secrets: {}\ntags: { a: x, b: y }\n").plan)
        let other = try #require(
            PlanText.read(
                "# a comment\ntags:\n  b: \"y\"\n  a: '${x}'\nvariables: { x: x }\nsecrets:   {}\n"
            ).plan)
        let third = try #require(PlanText.read("secrets: {}\ntags: { a: x, b: z }\n").plan)
        #expect(plain.digest.count == 64)
        #expect(plain.digest != third.digest)
        #expect(plain.digest == other.digest)
        let moved = try #require(
            PlanText.read(
                whole: PlanText.head + "include: base.yaml\nsecrets: {}\n",
                files: ["plans/base.yaml": "tags: { a: x, b: y }\n"]
            ).plan)
        #expect(plain.digest == moved.digest)
    }
}
