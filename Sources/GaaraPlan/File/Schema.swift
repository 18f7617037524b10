internal import JSON

/// What may stand at a place of the plan.
///
/// The one source of truth: the reader checks with it, `gaara-infra schema` prints it, and the leaf
/// test walks it.
package indirect enum Shape: Sendable {
    /// `true` or `false`, nothing else.
    case bool
    case integer(ClosedRange<Int>)
    /// A number with or without decimals.
    case number(ClosedRange<Double>)
    /// `5%`: 0 to 100.
    case percent
    case duration(DurationForm)
    /// One of these words, or the other shape where that is given.
    case words([String])
    case text(TextForm)
    case list(of: Shape, count: ClosedRange<Int>)
    case map(keys: TextForm, of: Shape)
    case object(ObjectForm)
    /// Objects that are told apart by a key, such as the sources of a value.
    case union(UnionForm)
    /// A scalar or a collection: `none` or a rotation, `all` or a list.
    case either(scalar: Shape, collection: Shape)
}

/// A text: what it means, its form, its length.
package struct TextForm: Sendable {
    /// With its article: `a region`.
    let meaning: String
    /// Right ones that differ; the first is shown as the example.
    let samples: [String]
    let pattern: Pattern?
    /// In Unicode scalars.
    let length: ClosedRange<Int>
    /// Whether it is written for people: then `...` and `<word>` inside it are no placeholders.
    let isProse: Bool
    /// Whether it must stand in quotes, as digits whose leading zeros count.
    let isQuoted: Bool

    init(
        _ meaning: String, _ samples: [String], _ pattern: Pattern? = nil,
        length: ClosedRange<Int> = 1...2048, isProse: Bool = false, isQuoted: Bool = false
    ) {
        self.meaning = meaning
        self.samples = samples
        self.pattern = pattern
        self.length = length
        self.isProse = isProse
        self.isQuoted = isQuoted
    }
}

/// A length of time as people write it: `30 days`.
package struct DurationForm: Sendable {
    package enum Unit: String, Sendable, CaseIterable {
        case minute, hour, day

        /// How many minutes it has.
        var minutes: Int {
            switch self {
            case .minute: 1
            case .hour: 60
            case .day: 1440
            }
        }
    }

    /// The largest comes last; the first is the one that bounds are said in.
    let units: [Unit]
    /// In minutes.
    let range: ClosedRange<Int>
    /// Whether `none` may stand for it.
    let allowsNone: Bool

    /// - Parameter count: in the first of `units`.
    init(_ count: ClosedRange<Int>, _ units: [Unit], allowsNone: Bool = false) {
        let size = units.first?.minutes ?? 1
        self.units = units
        range = (count.lowerBound * size)...(count.upperBound * size)
        self.allowsNone = allowsNone
    }

    /// `30 days` for so many minutes, in the first unit.
    func text(_ minutes: Int) -> String {
        let unit = units.first ?? .minute
        let count = minutes / unit.minutes
        return "\(count) \(unit.rawValue)\(count == 1 ? "" : "s")"
    }
}

/// A mapping with known keys.
package struct ObjectForm: Sendable {
    /// What the keys have to do with one another.
    enum Rule: Sendable {
        case exactlyOne([String])
        /// Where this key stands no other may.
        case alone(String)
    }

    let fields: [Field]
    let rules: [Rule]

    init(_ fields: [Field], rules: [Rule] = []) {
        self.fields = fields
        self.rules = rules
    }

    func field(_ name: String) -> Field? { fields.first { $0.name == name } }
}

/// One key of a mapping.
package struct Field: Sendable {
    let name: String
    let shape: Shape
    /// What it says, for the JSON Schema and for people.
    let documentation: String
    let isRequired: Bool
    /// What an absent key means, where that is one fixed value.
    let standard: JSON?
    /// Values for the leaf test where the ones that the shape gives will not do.
    let samples: [JSON]?
    /// What must stand beside it for a sample that is not the standard to be right.
    let beside: JSONObject

    init(
        _ name: String, _ shape: Shape, _ documentation: String, required: Bool = false,
        standard: JSON? = nil, samples: [JSON]? = nil, beside: JSONObject = [:]
    ) {
        self.name = name
        self.shape = shape
        self.documentation = documentation
        isRequired = required
        self.standard = standard
        self.samples = samples
        self.beside = beside
    }
}

/// Mappings of which each is known by a key, or by the word under a key.
package struct UnionForm: Sendable {
    struct Variant: Sendable {
        /// The key by which it is known; it is among the fields.
        let key: String
        /// The words under `key` that mean this variant; empty where the key alone does.
        let words: [String]
        let object: ObjectForm

        init(_ key: String, words: [String] = [], _ fields: [Field]) {
            self.key = key
            self.words = words
            object = ObjectForm(fields)
        }

        /// How a person names it: `from: file`, `generate`.
        var title: String { words.first.map { "\(key): \($0)" } ?? key }
    }

    /// With its article: `a value`.
    let meaning: String
    let variants: [Variant]

    /// The keys that tell the variants apart, each once.
    var keys: [String] {
        var seen: [String] = []
        for variant in variants where !seen.contains(variant.key) { seen.append(variant.key) }
        return seen
    }

    /// The variant of a mapping with these keys; `word` gives the scalar under a key.
    func variant(of keys: [String], word: (String) -> String?) -> Variant? {
        variants.first { variant in
            guard keys.contains(variant.key) else { return false }
            return variant.words.isEmpty || word(variant.key).map(variant.words.contains) ?? false
        }
    }
}
