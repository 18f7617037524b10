import JSON
import Testing

@Suite struct JSONObjectTests {
    // 16 members are looked through one by one, more by an index: both sides of the bound.
    @Test(
        "finds, replaces, removes and appends, whatever its size", arguments: [1, 15, 16, 17, 40])
    func changes(count: Int) {
        var object = JSONObject((0..<count).map { ("k\($0)", JSON($0)) })
        for position in 0..<count { #expect(object["k\(position)"] == JSON(position)) }

        object["k0"] = "replaced"
        #expect(object.members.count == count)
        #expect(object.members.first?.key == "k0")
        #expect(object["k0"] == "replaced")

        object["new"] = true
        #expect(object.members.last?.key == "new")
        object["k0"] = nil
        #expect(object.members.count == count)
        #expect(object["k0"] == nil)
        #expect(object["new"] == true)
        for position in 1..<max(count, 1) { #expect(object["k\(position)"] == JSON(position)) }
        object["absent"] = nil
        #expect(object.members.count == count)
    }

    @Test("lets the later of two members with one key replace the earlier, in its place")
    func replaces() {
        let object: JSONObject = ["a": 1, "b": 2, "a": 3]
        #expect(object.members.map(\.key) == ["a", "b"])
        #expect(object["a"] == 3)
    }

    @Test("keeps keys apart that only Swift's String takes for one")
    func keysByBytes() {
        let object: JSONObject = ["\u{e9}": 1, "e\u{301}": 2]
        #expect(object.members.count == 2)
        #expect(object["\u{e9}"] == 1)
        #expect(object["e\u{301}"] == 2)
    }
}
