import JSON

/// Answers of the services, policy documents, cached tokens.
enum JSONTarget: FuzzTarget {
    static let name = "json"

    static func check(_ input: [UInt8]) {
        let value: JSON
        do throws(JSONError) {
            value = try JSON(parsing: input)
        } catch {
            let breaks = input.count { $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: "\r") }
            require((1...breaks + 1).contains(error.line), "the line is one of the text's")
            require((1...input.count + 1).contains(error.column), "the column is within the text")
            return
        }
        see(value)
        for text in [value.compact, value.canonical, value.text(), value.text(indent: 0)] {
            guard let again = try? JSON(parsing: text) else {
                fatalError("what was read cannot be written and read")
            }
            require(again == value, "written and read again it is the same")
            require(again.canonical == value.canonical, "it has one canonical text")
        }
        _ = (value.int, value.double)
    }

    private static func see(_ value: JSON) {
        switch value {
        case .string(let text): Plant.see(text)
        case .array(let elements): elements.forEach(see)
        case .object(let object): object.members.forEach { see($0.value) }
        case .null, .bool, .number: break
        }
    }
}
