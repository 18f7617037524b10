package import JSON

/// An object of a JSON answer, read strictly: a member of the wrong type is an error even where it
/// may be absent.
///
/// `null` is absent, and members that nobody asks for are ignored.
package struct JSONAnswer: Sendable {
    private let object: JSONObject
    /// Where the object stands in the answer, for messages: `KeyMetadata`.
    private let path: String

    package init(_ object: JSONObject, path: String = "") {
        self.object = object
        self.path = path
    }

    package func string(_ name: String) throws(MalformedAnswer) -> String {
        try require(stringIfPresent(name), name)
    }

    package func stringIfPresent(_ name: String) throws(MalformedAnswer) -> String? {
        try read(name, "a string") { $0.string }
    }

    package func int(_ name: String) throws(MalformedAnswer) -> Int {
        try require(intIfPresent(name), name)
    }

    package func intIfPresent(_ name: String) throws(MalformedAnswer) -> Int? {
        try read(name, "a whole number") { $0.int }
    }

    package func bool(_ name: String) throws(MalformedAnswer) -> Bool {
        try require(boolIfPresent(name), name)
    }

    package func boolIfPresent(_ name: String) throws(MalformedAnswer) -> Bool? {
        try read(name, "true or false") { $0.bool }
    }

    package func double(_ name: String) throws(MalformedAnswer) -> Double {
        try require(read(name, "a number") { $0.double }, name)
    }

    package func doublesIfPresent(_ name: String) throws(MalformedAnswer) -> [Double]? {
        try read(name, "a list of numbers") { value in
            guard let values = value.array else { return nil }
            let numbers = values.compactMap(\.double)
            return numbers.count == values.count ? numbers : nil
        }
    }

    /// Whole seconds since 1970, rounded down; JSON 1.1 has seconds with a fraction.
    package func timeIfPresent(_ name: String) throws(MalformedAnswer) -> Int? {
        try read(name, "a time in seconds") {
            $0.double.flatMap { Int(exactly: $0.rounded(.down)) }
        }
    }

    package func answer(_ name: String) throws(MalformedAnswer) -> JSONAnswer {
        try require(answerIfPresent(name), name)
    }

    package func answerIfPresent(_ name: String) throws(MalformedAnswer) -> JSONAnswer? {
        try read(name, "an object") { $0.object }.map { JSONAnswer($0, path: place(name)) }
    }

    /// The objects of a list, each read by `decode`.
    package func list<Element>(
        _ name: String, _ decode: (JSONAnswer) throws(MalformedAnswer) -> Element
    ) throws(MalformedAnswer) -> [Element] {
        try require(listIfPresent(name, decode), name)
    }

    package func listIfPresent<Element>(
        _ name: String, _ decode: (JSONAnswer) throws(MalformedAnswer) -> Element
    ) throws(MalformedAnswer) -> [Element]? {
        guard let values = try read(name, "a list", { $0.array }) else { return nil }
        var elements: [Element] = []
        for (index, value) in values.enumerated() {
            guard let object = value.object else {
                throw MalformedAnswer("\(place(name))[\(index)] is not an object")
            }
            elements.append(try decode(JSONAnswer(object, path: "\(place(name))[\(index)]")))
        }
        return elements
    }

    package func stringsIfPresent(_ name: String) throws(MalformedAnswer) -> [String]? {
        try read(name, "a list of strings", Self.strings)
    }

    /// A map from names to lists of strings, such as version ids to their stages.
    package func stringListsIfPresent(
        _ name: String
    ) throws(MalformedAnswer) -> [String: [String]]? {
        try read(name, "a map of lists of strings") { value in
            guard let object = value.object else { return nil }
            var map: [String: [String]] = [:]
            for (key, list) in object.members {
                guard let strings = Self.strings(list) else { return nil }
                map[key] = strings
            }
            return map
        }
    }

    private static func strings(_ value: JSON) -> [String]? {
        guard let values = value.array else { return nil }
        let strings = values.compactMap(\.string)
        return strings.count == values.count ? strings : nil
    }

    private func read<Value>(
        _ name: String, _ kind: String, _ convert: (JSON) -> Value?
    ) throws(MalformedAnswer) -> Value? {
        guard let value = object[name], !value.isNull else { return nil }
        guard let converted = convert(value) else {
            throw MalformedAnswer("\(place(name)) is not \(kind)")
        }
        return converted
    }

    private func require<Value>(_ value: Value?, _ name: String) throws(MalformedAnswer) -> Value {
        guard let value else { throw MalformedAnswer("\(place(name)) is missing") }
        return value
    }

    private func place(_ name: String) -> String { path.isEmpty ? name : "\(path).\(name)" }
}
