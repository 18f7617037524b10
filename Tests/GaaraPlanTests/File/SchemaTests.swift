import GaaraPlan
import JSON
import POSIX
import Testing
import YAML

@testable import GaaraPlan

@Suite("The schema, printed and walked")
struct SchemaTests {
    /// What an editor makes of a YAML text: plain scalars by the core schema of YAML 1.2, 10.3.
    private func editorJSON(_ node: SourceNode) -> JSON {
        switch node.content {
        case .mapping(let entries):
            return .object(JSONObject(entries.map { ($0.key, editorJSON($0.value)) }))
        case .sequence(let nodes): return .array(nodes.map(editorJSON))
        case .scalar(let text, isQuoted: true): return .string(text)
        case .scalar(let text, isQuoted: false):
            switch text {
            case "true", "True", "TRUE": return true
            case "false", "False", "FALSE": return false
            case "", "~", "null", "Null", "NULL": return .null
            default: break
            }
            let digits = text.first == "-" ? text.dropFirst() : text[...]
            if !digits.isEmpty, digits.allSatisfy({ $0.isASCII && $0.isNumber }) {
                let plain = String(digits.drop { $0 == "0" })
                return .number(plain.isEmpty ? "0" : plain)
            }
            if text.hasPrefix("0x") {
                return .number(String(Int(text.dropFirst(2), radix: 16) ?? 0))
            }
            let isDecimal = digits.allSatisfy { $0.isASCII && ($0.isNumber || $0 == ".") }
            return isDecimal && Double(text) != nil ? .number(text) : .string(text)
        }
    }

    private func tree(_ path: String) throws -> SourceNode {
        let bytes = try File.read("\(PlanText.repository)/\(path)", maximumBytes: 1 << 20)
        return SourceNode(try #require(YAMLReader().read(bytes).root), file: path)
    }

    /// The verdict of PyPI's jsonschema on each document, `true` for valid.
    private func judge(_ documents: [JSON]) throws -> [Bool] {
        let program = """
            import json, sys
            from jsonschema import Draft202012Validator as Validator
            task = json.load(sys.stdin)
            Validator.check_schema(task["schema"])
            judge = Validator(task["schema"])
            json.dump([judge.is_valid(each) for each in task["documents"]], sys.stdout)
            """
        let task: JSON = ["schema": PlanSchema.jsonSchema, "documents": .array(documents)]
        let python = PlanText.repository + "/.build/python/bin/python3"
        let child = ChildProcess(
            [python, "-I", "-c", program], environment: [:], input: Array(task.canonical.utf8),
            maximumOutput: 1 << 20, timeLimit: 120_000)
        let outcome = try child.run()
        let errors = String(decoding: outcome.errorOutput, as: UTF8.self)
        try #require(outcome.isSuccess, "Scripts/setup installs the judge: \(errors)")
        return try #require(try JSON(parsing: outcome.output).array).compactMap(\.bool)
    }

    @Test("jsonschema accepts the repository's plans, as files and as what they come to")
    func acceptsPlans() throws {
        let base = try tree("plans/base.yaml")
        let files = try ["staging", "production"].map { try tree("plans/\($0).yaml") }
        var whole: [JSON] = []
        for file in files {
            let merged = editorJSON(file.merged(over: base, as: .object(PlanSchema.root)))
            var object = try #require(merged.object)
            object["include"] = nil
            whole.append(.object(object))
        }
        #expect(try judge(files.map(editorJSON) + whole) == [true, true, true, true])
    }

    @Test("jsonschema refuses what the schema says is wrong, in a plan and in one that includes")
    func refusesFaults() throws {
        let names = [
            "unknown-key", "misplaced-key", "missing-key", "conflicting-keys", "wrong-shape",
            "wrong-count", "wrong-text", "unknown-word", "empty-value", "not-a-bool",
            "not-a-number", "not-a-duration", "not-a-percentage", "not-quoted", "out-of-range",
            "placeholder", "literal-secret", "ambiguous-text",
        ]
        let wrong = try names.map {
            try editorJSON(tree("Tests/GaaraPlanTests/Faults/\($0).yaml"))
        }
        let verdicts = try judge(wrong)
        for (name, isValid) in zip(names, verdicts) {
            #expect(!isValid, "\(name) passes")
        }
        let including = try wrong.map { document in
            var object = try #require(document.object)
            object["include"] = "base.yaml"
            return JSON.object(object)
        }
        let passing = zip(names, try judge(including)).filter(\.1).map(\.0)
        #expect(passing == [], "an included file may hold what is missing, and only that")
    }

    @Test("every leaf is two right plans that differ, by our judgement and by jsonschema's")
    func leaves() throws {
        let leaves = PlanSchema.leaves
        #expect(leaves.count > 60)
        var documents: [JSON] = []
        for leaf in leaves {
            let first = PlanText.read(whole: leaf.first)
            let second = PlanText.read(whole: leaf.second)
            #expect(first.errors == [], "\(leaf): \(first.rendered)")
            #expect(second.errors == [], "\(leaf): \(second.rendered)")
            #expect(first.plan?.digest != second.plan?.digest, "\(leaf)")
            documents += [try JSON(parsing: leaf.first), try JSON(parsing: leaf.second)]
        }
        let verdicts = try judge(documents)
        for (index, isValid) in verdicts.enumerated() where !isValid {
            Issue.record("jsonschema refuses \(leaves[index / 2]): \(documents[index].canonical)")
        }
    }

    @Test("no key of the format is without a leaf")
    func leavesAreComplete() {
        let paths = Set(
            PlanSchema.leaves.flatMap { $0.path.split(separator: ".").map(String.init) })
        func names(_ shape: Shape) -> [String] {
            switch shape {
            case .object(let form): form.fields.flatMap { [$0.name] + names($0.shape) }
            case .union(let form):
                form.variants.flatMap { $0.object.fields.flatMap { [$0.name] + names($0.shape) } }
            case .map(_, let value): names(value)
            case .list(let element, _): names(element)
            case .either(let scalar, let collection): names(scalar) + names(collection)
            case .bool, .integer, .number, .percent, .duration, .words, .text: []
            }
        }
        // `from` has one word in most kinds of value; which kind it is, is a leaf of the value.
        let missing = Set(names(.object(PlanSchema.root))).subtracting(paths)
        #expect(missing.isSubset(of: ["version", "include", "variables", "from"]), "\(missing)")
    }
}
