import Testing

@Suite("Tally") struct TallyTests {
    @Test("what differs is counted, and what differs deliberately is told with its reason")
    func lines() {
        var tally = Tally("x.json")
        tally.add("a", [])
        tally.add("b", ["1 is not 2"])
        tally.add("c", [], because: "never needed")
        tally.add("d", ["1 is not 2"], because: "ours is safer")
        tally.add("e", ["1 is not 2"], because: "ours is safer")
        #expect(
            tally.lines == ["x.json: run 5, agree 2, differ 3", "x.json: 2 differ: ours is safer"])
        #expect(tally.differences == ["b": ["1 is not 2"]])
        #expect(tally.deviations == ["ours is safer": ["d", "e"]])
    }
}
