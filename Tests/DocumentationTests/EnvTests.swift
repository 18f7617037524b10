import AWS
import Testing

struct EnvTests {
    private static let sections = [
        "The library's own", "Shared with the AWS tools", "Of the system", "Proxies",
    ]

    private static func documented() throws -> Set<String> {
        let rows = try sections.flatMap { try Documents.rows(of: "docs/Env.md", under: $0) }
        return Set(
            rows.flatMap { row in
                row[0].filter { $0 != "`" && $0 != " " }.split(separator: ",").map(String.init)
            })
    }

    /// The variables that a source reads, by the forms in which the sources read them.
    private static func read(in source: String) -> [String] {
        let forms = [
            /(?:value|file|getenv|unsetenv)\(\s*"([A-Z][A-Z0-9_]*)"/,
            /(?:environment|variables)\["([A-Za-z][A-Za-z0-9_]*)"\]/,
        ]
        let names = forms.flatMap { source.matches(of: $0).map { String($0.1) } }
        // One name for each service.
        let stems = source.matches(of: /value\("([A-Z_]+)\\\(service\.settingName\)"\)/)
            .map { String($0.1) }
        return names + stems.flatMap { stem in ServiceID.allCases.map { stem + $0.settingName } }
    }

    @Test("docs/Env.md has every variable that the code reads, and no other")
    func bothWays() throws {
        let sources = try Documents.texts(under: "Sources", endingIn: ".swift")
        let read = Set(sources.flatMap(Self.read))
        let documented = try Self.documented()
        #expect(documented.count >= 45)
        #expect(read.subtracting(documented).sorted() == [], "read and not documented")
        #expect(documented.subtracting(read).sorted() == [], "documented and not read")
    }

    @Test("no source has a text that looks like a variable which is read in an unknown form")
    func otherForms() throws {
        let sources = try Documents.texts(under: "Sources", endingIn: ".swift")
        // The origin of a key whose material KMS made (KMS API, KeyMetadata); credentials that are
        // not read, and kept from the programs of `from: command` all the same.
        let read = Set(sources.flatMap(Self.read)).union([
            "AWS_KMS", "AWS_SECURITY_TOKEN",
        ])
        let named = sources.flatMap { source in
            source.matches(of: /"((?:AWS|GAARA|SECRET)_[A-Z0-9_]+)"/).map { String($0.1) }
        }
        #expect(Set(named).subtracting(read).sorted() == [])
    }

    @Test("no name of a variable is put together but the services' endpoints")
    func builtNames() throws {
        let sources = try Documents.texts(under: "Sources", endingIn: ".swift")
        let built = sources.flatMap { source in
            source.matches(of: /"((?:AWS|GAARA|SECRET)_[A-Z0-9_]*\\\([^"]*)"/).map { String($0.1) }
        }
        #expect(built == [#"AWS_ENDPOINT_URL_\(service.settingName)"#])
    }

    @Test("the environment is read by a name in a variable only where all names are accounted for")
    func computedNames() throws {
        // The forms of `read(in:)` end in the first four; the rest read what a plan or a .env file
        // names, and no variable of ours.
        let known: Set = [
            "blankIsUnset(environment[variable]).map { Setting($0, source: variable) }",
            "blankIsUnset(environment[variable]).map { ($0, variable) }",
            "let shown = blankIsUnset(environment[variable]) ?? standard",
            "variables[name].flatMap { $0.isEmpty ? nil : $0 }",
            "if variables[name] == nil {",
            "variables[name] = String(line[line.index(after: equals)...])",
            "variables[name] = variable",
            "let ofEnvironment = environment[name].map { SecretValue?.some(SecretValue(string: $0)) }",
            "guard let text = environment[variable] else {",
        ]
        let lines = try Documents.texts(under: "Sources", endingIn: ".swift").flatMap { source in
            source.split(separator: "\n").filter {
                $0.contains(/(?:environment|variables)\[[^"\]]/)
            }
            .map { String($0.drop { $0 == " " }) }
        }
        #expect(Set(lines).subtracting(known).sorted() == [])
    }

    @Test("every variable of a reading form is seen")
    func forms() {
        let source = #"""
            value("A_B") ?? value(
                "C") environment["D"] ?? environment["d_d"]; unsafe unsetenv("E")
            value("F_\(service.settingName)")
            other("G"), dictionary["H"]
            """#
        let services = ServiceID.allCases.map { "F_" + $0.settingName }
        #expect(Self.read(in: source) == ["A_B", "C", "E", "D", "d_d"] + services)
    }

    @Test("the variables of the tests are those that scripts or tests name")
    func ofTheTests() throws {
        let rows = try Documents.rows(of: "docs/Env.md", under: "Of the tests")
        #expect(rows.count >= 3)
        let texts = try Documents.texts(under: "Scripts", endingIn: "test")
        for row in rows {
            let name = row[0].filter { $0 != "`" }
            #expect(texts.contains { $0.contains(name) }, "\(name)")
        }
    }
}
