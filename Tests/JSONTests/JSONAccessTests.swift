import JSON
import Testing

@Suite struct JSONAccessTests {
    static let integers: [(text: String, int: Int?)] = [
        ("0", 0), ("-0", 0), ("-0.0e5", 0), ("42", 42), ("-42", -42), ("1e3", 1000), ("1E+3", 1000),
        ("12.50e1", 125), ("-10e-1", -1), ("2.0", 2), ("100e-2", 1),
        ("0e999999999999999999999", nil),
        ("0.5", nil), ("1e-1", nil), ("12.5", nil), ("1e19", nil), ("1e999999999", nil),
        ("9223372036854775807", .max), ("-9223372036854775808", .min),
        ("9223372036854775808", nil), ("-9223372036854775809", nil),
        ("9.223372036854775807e18", .max),
        ("9007199254740993", 9_007_199_254_740_993), ("0.000000000000000000000000000001e30", 1),
        ("1e-9223372036854775808", nil),
    ]

    @Test("gives a number as Int exactly or not at all", arguments: integers)
    func ints(_ known: (text: String, int: Int?)) throws {
        #expect(try JSON(parsing: known.text).int == known.int)
    }

    @Test("gives a number as Double unless it is out of range")
    func doubles() throws {
        #expect(try JSON(parsing: "1763900000.123").double == 1_763_900_000.123)
        #expect(try JSON(parsing: "1e308").double == 1e308)
        #expect(try JSON(parsing: "1e309").double == nil)
        #expect(JSON.string("1").double == nil)
    }

    @Test("gives nil for a value of another kind, and never converts")
    func kinds() {
        let values: [JSON] = [nil, true, 1, "1", [], [:]]
        #expect(values.map { $0.isNull } == [true, false, false, false, false, false])
        #expect(values.map { $0.bool } == [nil, true, nil, nil, nil, nil])
        #expect(values.map { $0.int } == [nil, nil, 1, nil, nil, nil])
        #expect(values.map { $0.string } == [nil, nil, nil, "1", nil, nil])
        #expect(values.map { $0.array } == [nil, nil, nil, nil, [], nil])
        #expect(values.map { $0.object } == [nil, nil, nil, nil, nil, [:]])
    }

    @Test("reaches into objects and arrays, and gives nil past their ends")
    func subscripts() {
        let value: JSON = ["list": [["name": "a"], ["name": "b"]]]
        #expect(value["list"]?[1]?["name"]?.string == "b")
        #expect(value["list"]?[2] == nil)
        #expect(value["list"]?[-1] == nil)
        #expect(value["none"]?["name"] == nil)
        #expect(value[0] == nil)
        #expect(JSON.string("text")["name"] == nil)
    }
}
