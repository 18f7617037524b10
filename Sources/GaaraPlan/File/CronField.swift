/// One field of a cron expression.
enum CronField {
    /// The values of a field made of `,`, `-`, `*` and `/`; `nil` where it has no such form.
    static func values(
        _ field: String, in range: ClosedRange<Int>, names: String = ""
    ) -> Set<Int>? {
        let words = names.split(separator: " ").map(String.init)
        func number(_ text: Substring) -> Int? {
            if let index = words.firstIndex(of: text.uppercased()) {
                return index + range.lowerBound
            }
            guard text.utf8.allSatisfy({ (0x30...0x39).contains($0) }), text.utf8.count <= 2,
                let number = Int(text), range.contains(number)
            else { return nil }
            return number
        }
        var result: Set<Int> = []
        for element in field.split(separator: ",", omittingEmptySubsequences: false) {
            let halves = element.split(separator: "/", omittingEmptySubsequences: false)
            guard (1...2).contains(halves.count) else { return nil }
            let ends = halves[0].split(separator: "-", omittingEmptySubsequences: false)
            let span: ClosedRange<Int>
            if halves[0] == "*" {
                span = range
            } else if ends.count == 2, let low = number(ends[0]), let high = number(ends[1]) {
                guard low <= high else { return nil }
                span = low...high
            } else if ends.count == 1, let low = number(ends[0]) {
                span = low...(halves.count == 2 ? range.upperBound : low)
            } else {
                return nil
            }
            var step = 1
            if halves.count == 2 {
                guard let count = Int(halves[1]), count > 0, count <= range.upperBound else {
                    return nil
                }
                step = count
            }
            result.formUnion(stride(from: span.lowerBound, through: span.upperBound, by: step))
        }
        return result
    }
}
