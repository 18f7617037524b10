internal import JSON

extension PlanSchema {
    /// Two plans that differ in one place only: what differs in the file must differ in what is
    /// done, or be refused as not supported yet.
    package struct Leaf: Sendable, CustomStringConvertible {
        /// Dotted, with the sample's own names: `secrets.database-url.rotation.every`.
        package let path: String
        /// Whole plans as text; JSON, which is YAML too.
        package let first: String
        package let second: String

        package var description: String { path }
    }

    /// One for every place of the format that says something, and for each kind of value.
    ///
    /// Without `version`, of which there is one, and `include` and `variables`, which only make
    /// texts.
    package static var leaves: [Leaf] {
        let structure: Set<String> = ["version", "include", "variables"]
        var walk = LeafWalk()
        let fields = root.fields.filter { !structure.contains($0.name) }
        walk.visit(ObjectForm(fields), path: "", in: sample) { $0 }
        return walk.leaves
    }

    /// The plan that every leaf starts from.
    ///
    /// Its recovery windows are the shortest, so that both samples of the deletion window are long
    /// enough. It names an applier, without whom everybody may write whom IAM lets and no other
    /// writer needs to be named.
    private static let sample: JSON = [
        "version": 1, "application": "gaara-store", "environment": "staging",
        "account": "123456789012", "region": "us-east-1",
        "operators": ["applier": ["role/apply"], "break-glass": ["role/operations"]],
        "secrets": [
            "api-token": ["value": ["from": "environment"], "recovery-window": "7 days"],
            "redis-url": ["value": ["from": "environment"], "recovery-window": "7 days"],
        ],
        "access": ["app": ["read": ["api-token"]]],
    ]
}

private struct LeafWalk {
    typealias Wrap = (JSON) -> JSON

    private(set) var leaves: [PlanSchema.Leaf] = []

    /// - Parameters:
    ///   - existing: what the sample has at this place, if anything.
    ///   - wrap: makes the whole plan of what stands here.
    mutating func visit(_ form: ObjectForm, path: String, in existing: JSON?, _ wrap: Wrap) {
        let base = existing?.object ?? Self.minimal(form)
        for field in form.fields {
            var object = base
            for other in form.rules.flatMap({ $0.excluded(by: field.name, of: form) }) {
                object[other] = nil
            }
            let inner = path.isEmpty ? field.name : "\(path).\(field.name)"
            let set: Wrap = { value in
                var object = object
                object[field.name] = value
                if value != field.standard {
                    for member in field.beside.members { object[member.key] = member.value }
                }
                return wrap(.object(object))
            }
            if let samples = field.samples {
                add(inner, samples, set)
                guard case .map = field.shape else { continue }
            }
            visit(field.shape, path: inner, in: base[field.name] ?? field.samples?.first, set)
        }
    }

    private mutating func visit(_ shape: Shape, path: String, in existing: JSON?, _ wrap: Wrap) {
        switch shape {
        case .bool, .integer, .number, .percent, .duration, .words, .text:
            add(path, Self.samples(of: shape), wrap)
        case .list(.text(let form), _):
            add(path, form.samples.map { .array([.string($0)]) }, wrap)
        case .list(let element, _):
            visit(element, path: path, in: nil) { wrap(.array([$0])) }
        case .map(let keys, let value):
            guard let key = keys.samples.first else { return }
            let inner = "\(path).\(key)"
            visit(value, path: inner, in: existing?[key]) { value in
                var object = existing?.object ?? JSONObject()
                object[key] = value
                return wrap(.object(object))
            }
        case .object(let form): visit(form, path: path, in: existing, wrap)
        case .union(let form):
            let kinds = form.variants.map { JSON.object(Self.minimal($0)) }
            for (kind, next) in zip(kinds, kinds.dropFirst()) { add(path, [kind, next], wrap) }
            for variant in form.variants {
                let minimal = JSON.object(Self.minimal(variant))
                visit(variant.object, path: path, in: minimal, wrap)
            }
        case .either(let scalar, let collection):
            // The last, since a name alone and an object of only that name mean the same.
            if let word = Self.samples(of: scalar).last {
                add(path, [word, Self.example(of: collection)], wrap)
            }
            visit(collection, path: path, in: existing, wrap)
        }
    }

    private mutating func add(_ path: String, _ samples: [JSON], _ wrap: Wrap) {
        guard samples.count > 1 else { return }
        leaves.append(
            PlanSchema.Leaf(
                path: path, first: wrap(samples[0]).canonical, second: wrap(samples[1]).canonical))
    }

    /// Right scalars that differ; fewer than two where there is only one.
    private static func samples(of shape: Shape) -> [JSON] {
        switch shape {
        case .bool: [false, true]
        case .integer(let range):
            [JSON(range.lowerBound), JSON(min(range.lowerBound + 1, range.upperBound))]
        case .number(let range):
            [.number("\(range.lowerBound + 1)"), .number("\(range.upperBound)")]
        case .percent: ["5%", "6%"]
        case .duration(let form):
            [.string(form.text(form.range.lowerBound)), .string(form.text(form.range.upperBound))]
        case .words(let words): words.map(JSON.string)
        case .text(let form): form.samples.map(JSON.string)
        case .list, .map, .object, .union, .either: []
        }
    }

    private static func example(of shape: Shape) -> JSON {
        switch shape {
        case .list(let element, let count): count.contains(0) ? [] : [example(of: element)]
        case .map: [:]
        case .object(let form): .object(minimal(form))
        case .union(let form): form.variants.first.map { .object(minimal($0)) } ?? [:]
        case .either(_, let collection): example(of: collection)
        case .bool, .integer, .number, .percent, .duration, .words, .text:
            samples(of: shape).first ?? .null
        }
    }

    private static func minimal(_ variant: UnionForm.Variant) -> JSONObject {
        minimal(variant.object)
    }

    /// The required keys and one of each group of which there must be one.
    private static func minimal(_ form: ObjectForm) -> JSONObject {
        var names = form.fields.filter(\.isRequired).map(\.name)
        for case .exactlyOne(let keys) in form.rules { names += keys.prefix(1) }
        return JSONObject(
            names.compactMap { name in
                form.field(name).map { (name, $0.samples?.first ?? example(of: $0.shape)) }
            })
    }
}

extension ObjectForm.Rule {
    /// The keys that must not stand beside `name`.
    fileprivate func excluded(by name: String, of form: ObjectForm) -> [String] {
        switch self {
        case .exactlyOne(let keys): keys.contains(name) ? keys.filter { $0 != name } : []
        case .alone(let key):
            name == key ? form.fields.map(\.name).filter { $0 != key } : [key]
        }
    }
}
