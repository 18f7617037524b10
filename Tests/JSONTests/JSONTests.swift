import JSON
import Testing

@Suite struct JSONTests {
    @Test("compares strings by their bytes, where Swift compares by meaning")
    func strings() {
        let composed = JSON.string("\u{e9}")
        let decomposed = JSON.string("e\u{301}")
        #expect("\u{e9}" == "e\u{301}")
        #expect(composed != decomposed)
        #expect(Set([composed, decomposed]).count == 2)
    }

    @Test("compares numbers by their text, and kinds apart")
    func numbers() {
        #expect(JSON(1) == 1)
        #expect(JSON.number("1") != JSON.number("1.0"))
        #expect(JSON.number("1") != JSON.string("1"))
        #expect(JSON.null != false)
    }

    @Test("compares objects without regard to the order of members, arrays with regard to it")
    func order() {
        let a: JSON = ["x": 1, "y": [1, 2]]
        let b: JSON = ["y": [1, 2], "x": 1]
        #expect(a == b)
        #expect(a.hashValue == b.hashValue)
        #expect(a != ["x": 1, "y": [2, 1]])
        #expect(a != ["x": 1])
        #expect(a != ["x": 1, "z": [1, 2]])
    }
}
