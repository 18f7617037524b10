package import JSON

extension PlanSchema {
    /// The format as JSON Schema, draft 2020-12, for editors and other checkers.
    ///
    /// A file that includes another need not be complete, so every `required` stands in the branch
    /// for files without `include`. What the schema cannot say, such as a secret that is read and
    /// not declared, `gaara-infra validate` says.
    package static var jsonSchema: JSON {
        let complete = JSONSchemaPrinter(isComplete: true)
        let overlay = JSONSchemaPrinter(isComplete: false)
        return [
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            "title": "gaara-infra plan",
            "description": "What the secrets of one environment should be.",
            "type": "object",
            "if": ["required": ["include"]],
            "then": ["$ref": "#/$defs/overlay"],
            "else": ["$ref": "#/$defs/plan"],
            "$defs": [
                "plan": complete.schema(of: .object(root)),
                "overlay": overlay.schema(of: .object(root)),
            ],
        ]
    }
}

private struct JSONSchemaPrinter {
    /// Whether required keys are required.
    let isComplete: Bool
    /// Whether `${name}` may stand in a text.
    var takesVariables = true

    func schema(of shape: Shape) -> JSON {
        switch shape {
        case .bool: ["type": "boolean"]
        case .integer(let range):
            [
                "type": "integer", "minimum": JSON(range.lowerBound),
                "maximum": JSON(range.upperBound),
            ]
        case .number(let range):
            [
                "type": "number", "minimum": .number("\(range.lowerBound)"),
                "maximum": .number("\(range.upperBound)"),
            ]
        case .percent:
            [
                "type": "string", "pattern": #"^(100(\.0{1,6})?|[1-9]?[0-9](\.[0-9]{1,6})?)%$"#,
                "examples": ["5%"],
            ]
        case .duration(let form): duration(form)
        case .words(let words): ["enum": .array(words.map(JSON.string))]
        case .text(let form): text(form)
        case .list(let element, let count):
            [
                "type": "array", "items": schema(of: element), "minItems": JSON(count.lowerBound),
                "maxItems": JSON(count.upperBound),
            ]
        case .map(let keys, let value):
            [
                "type": "object", "propertyNames": key(keys),
                "additionalProperties": schema(of: value),
            ]
        case .object(let form): object(form)
        case .union(let form): ["oneOf": .array(form.variants.map { variant($0) })]
        case .either(let scalar, let collection):
            ["anyOf": [schema(of: scalar), schema(of: collection)]]
        }
    }

    private func object(_ form: ObjectForm) -> JSON {
        var schema = JSONObject([("type", "object")])
        schema["properties"] = .object(JSONObject(form.fields.map { ($0.name, property($0)) }))
        schema["additionalProperties"] = false
        let required = form.fields.filter(\.isRequired).map { JSON.string($0.name) }
        if isComplete, !required.isEmpty { schema["required"] = .array(required) }
        for rule in form.rules {
            switch rule {
            case .exactlyOne(let keys):
                let each = keys.map { JSON.object(["required": [.string($0)]]) }
                if isComplete {
                    schema["oneOf"] = .array(each)
                } else {
                    schema["not"] = ["allOf": .array(each)]
                }
            case .alone(let key):
                schema["if"] = ["required": [.string(key)]]
                schema["then"] = ["maxProperties": 1]
            }
        }
        return .object(schema)
    }

    /// A variant is known by its key, so that is required in an overlay too.
    private func variant(_ variant: UnionForm.Variant) -> JSON {
        guard case .object(var schema) = object(variant.object) else { return true }
        if schema["required"] == nil { schema["required"] = [.string(variant.key)] }
        return .object(schema)
    }

    private func property(_ field: Field) -> JSON {
        var printer = self
        if ["include", "variables", "value"].contains(field.name) {
            printer.takesVariables = false
        }
        guard case .object(var schema) = printer.schema(of: field.shape) else { return true }
        schema["description"] = .string(field.documentation)
        if let standard = field.standard { schema["default"] = standard }
        return .object(schema)
    }

    private func duration(_ form: DurationForm) -> JSON {
        let units = form.units.compactMap { unit -> Pattern? in
            let low = (form.range.lowerBound + unit.minutes - 1) / unit.minutes
            let high = form.range.upperBound / unit.minutes
            guard low <= high else { return nil }
            return .sequence([
                Pattern.integers(low...high), .literal(" \(unit.rawValue)"),
                .repeated(.literal("s"), 0...1),
            ])
        }
        let none = form.allowsNone ? [Pattern.literal("none")] : []
        let pattern = Pattern.oneOf(units + none).regularExpression
        return [
            "type": "string", "pattern": .string(pattern),
            "examples": [.string(form.text(form.example))],
        ]
    }

    private func key(_ form: TextForm) -> JSON {
        var printer = self
        printer.takesVariables = false
        return printer.text(form)
    }

    private func text(_ form: TextForm) -> JSON {
        var schema = JSONObject([("type", "string")])
        schema["examples"] = .array(form.samples.map(JSON.string))
        var rules = JSONObject()
        if form.length.lowerBound > 0 { rules["minLength"] = JSON(form.length.lowerBound) }
        rules["maxLength"] = JSON(form.length.upperBound)
        if let pattern = form.pattern { rules["pattern"] = .string(pattern.regularExpression) }
        // ECMA 262: a placeholder that is the whole text.
        rules["not"] = ["pattern": #"^(<.*>|\.\.\.)$"#]
        if takesVariables {
            schema["anyOf"] = [.object(rules), ["pattern": #"\$\{"#]]
        } else {
            for member in rules.members { schema[member.key] = member.value }
        }
        return .object(schema)
    }
}
