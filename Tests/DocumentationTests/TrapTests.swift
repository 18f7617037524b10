import Testing

/// The table of AWS's traps, `Tests/Traps.md`.
@Suite struct TrapTests {
    @Test("every trap names a test that exists, or says why it does not concern us")
    func tests() throws {
        let sources = try Documents.texts(under: "Tests", endingIn: ".swift")
        let rows = try Documents.lines("Tests/Traps.md").filter {
            $0.hasPrefix("| ") && !$0.hasPrefix("| trap") && !$0.hasPrefix("|---")
        }
        #expect(rows.count >= 60)
        for row in rows {
            let cells = row.dropFirst(2).dropLast(2).split(separator: " | ").map(String.init)
            #expect(cells.count == 2, "\(row)")
            let names = (cells.last ?? "").matches(of: /"[^"]+"/).map { String($0.0) }
            let isExcused = cells.last?.first?.isUppercase == true
            #expect(!names.isEmpty || isExcused, "\(row)")
            for name in names {
                #expect(sources.contains { $0.contains(name) }, "\(name)")
            }
        }
    }
}
