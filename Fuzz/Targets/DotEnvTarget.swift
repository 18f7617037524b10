import GaaraStore

/// `.env` files.
enum DotEnvTarget: FuzzTarget {
    static let name = "dotenv"

    static func check(_ input: [UInt8]) {
        let file = DotEnv(reading: input, environment: ["A": "b", "LONG": "0123456789"])
        for entry in file.entries {
            require(isInside(entry.statement, input), "a statement is inside the text")
            // `${...}` that would make too much of a value leaves it out, and is an error.
            let isCut = entry.rawValue != nil && file.errors.contains { $0.code == "too-large" }
            require(
                isCut || (entry.value == nil) == (entry.rawValue == nil), "a value stands somewhere"
            )
            if let raw = entry.rawValue {
                require(isInside(raw, input), "a value is inside the text")
                require(
                    entry.statement.lowerBound <= raw.lowerBound
                        && raw.upperBound <= entry.statement.upperBound,
                    "a value is inside its statement")
            }
            require(entry.keyPlace.line >= 1 && entry.keyPlace.column >= 1, "places count from 1")
            Plant.see(entry.key)
        }
        for remark in file.errors + file.notes {
            require(remark.place.line <= lines(input), "\(remark.code) is inside the text")
        }
        require(Set(file.keys).count == file.keys.count, "each key is listed once")
        for key in file.keys { require(file[key] != nil, "each key that is listed is there") }
    }

    private static func isInside(_ range: Range<Int>, _ input: [UInt8]) -> Bool {
        0 <= range.lowerBound && range.upperBound <= input.count
    }

    private static func lines(_ input: [UInt8]) -> Int {
        input.count { $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: "\r") } + 1
    }
}
