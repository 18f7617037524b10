/// A `cron(...)` of Secrets Manager: the days and the full hours at which a rotation window opens.
///
/// Six fields; minutes are 0 and years `*` (Secrets Manager guide, "Schedule expressions in Secrets
/// Manager rotation").
struct CronExpression: Hashable, Sendable {
    private enum Days: Hashable {
        case ofMonth(Set<Int>)
        case lastOfMonth
        /// 1 is Sunday.
        case ofWeek(Set<Int>)
        case lastOfWeek(Int)
        /// The third Tuesday: weekday 3, position 3.
        case positioned(weekday: Int, position: Int)
    }

    private let months: Set<Int>
    private let days: Days
    /// Ascending; 0 to 23.
    let hours: [Int]
    /// Whether it opens several times a day.
    var isHourly: Bool { hours.count > 1 }

    /// `nil` when the text between the parentheses breaks the grammar.
    init?(_ text: Substring) {
        let fields = text.split(separator: " ").map(String.init)
        guard fields.count == 6, fields[0] == "0", fields[5] == "*",
            let hours = Self.values(of: fields[1], in: 0...23),
            let months = Self.values(of: fields[3], in: 1...12, names: Self.monthNames),
            let days = Self.days(ofMonth: fields[2], ofWeek: fields[4])
        else { return nil }
        self.hours = hours.sorted()
        self.months = months
        self.days = days
    }

    func matches(_ day: CivilDay) -> Bool {
        guard months.contains(day.month) else { return false }
        switch days {
        case .ofMonth(let numbers): return numbers.contains(day.day)
        case .lastOfMonth: return day.isLastOfMonth
        case .ofWeek(let numbers): return numbers.contains(day.weekday)
        case .lastOfWeek(let weekday):
            return day.weekday == weekday && day.after(days: 7).month != day.month
        case .positioned(let weekday, let position):
            return day.weekday == weekday && (day.day - 1) / 7 + 1 == position
        }
    }

    /// The first opening after a moment, in seconds since 1970; `nil` when there is none within
    /// four years, as on 30 February.
    func next(after moment: Int) -> Int? {
        var day = CivilDay(of: moment)
        for _ in 0...1461 {
            if matches(day),
                let hour = hours.first(where: { day.start + $0 * 3600 > moment })
            {
                return day.start + hour * 3600
            }
            day = day.after(days: 1)
        }
        return nil
    }

    private static let monthNames = [
        "JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC",
    ]
    private static let dayNames = ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"]

    /// One of the two fields says nothing: `?`, or `*` in the days of the month.
    private static func days(ofMonth: String, ofWeek: String) -> Days? {
        switch (ofMonth, ofWeek) {
        case ("?", "?"), ("*", "*"): return nil
        case ("L", "?"): return .lastOfMonth
        case (_, "?"):
            return values(of: ofMonth, in: 1...31).map(Days.ofMonth)
        case ("?", _), ("*", _): return days(ofWeek: ofWeek)
        default: return nil
        }
    }

    private static func days(ofWeek field: String) -> Days? {
        if field == "L" { return .ofWeek([7]) }
        if field.hasSuffix("L") {
            return value(of: String(field.dropLast()), in: 1...7, names: dayNames)
                .map(Days.lastOfWeek)
        }
        let parts = field.split(separator: "#", omittingEmptySubsequences: false)
        if parts.count == 2 {
            guard let weekday = value(of: String(parts[0]), in: 1...7, names: dayNames),
                let position = Int(parts[1]), (1...5).contains(position)
            else { return nil }
            return .positioned(weekday: weekday, position: position)
        }
        return values(of: field, in: 1...7, names: dayNames).map(Days.ofWeek)
    }

    /// `*`, and lists of values, ranges and increments.
    private static func values(
        of field: String, in range: ClosedRange<Int>, names: [String] = []
    ) -> Set<Int>? {
        var all: Set<Int> = []
        for part in field.split(separator: ",", omittingEmptySubsequences: false) {
            let halves = part.split(separator: "/", omittingEmptySubsequences: false)
            guard let base = halves.first, halves.count <= 2 else { return nil }
            let step = halves.count == 2 ? Int(halves[1]) : 1
            guard let step, step > 0,
                let span = span(
                    of: String(base), in: range, names: names, opened: halves.count == 2)
            else { return nil }
            all.formUnion(stride(from: span.lowerBound, through: span.upperBound, by: step))
        }
        return all.isEmpty ? nil : all
    }

    /// - Parameter opened: whether a single value stands for all from it on, as before an
    ///   increment.
    private static func span(
        of text: String, in range: ClosedRange<Int>, names: [String], opened: Bool
    ) -> ClosedRange<Int>? {
        if text == "*" { return range }
        let ends = text.split(separator: "-", omittingEmptySubsequences: false)
        let numbers = ends.compactMap { value(of: String($0), in: range, names: names) }
        guard numbers.count == ends.count else { return nil }
        switch numbers.count {
        case 1: return numbers[0]...(opened ? range.upperBound : numbers[0])
        case 2: return numbers[0] <= numbers[1] ? numbers[0]...numbers[1] : nil
        default: return nil
        }
    }

    private static func value(
        of text: String, in range: ClosedRange<Int>, names: [String]
    ) -> Int? {
        if let position = names.firstIndex(of: text.uppercased()) { return position + 1 }
        guard !text.isEmpty, text.allSatisfy(\.isASCIIDigit), let number = Int(text) else {
            return nil
        }
        return range.contains(number) ? number : nil
    }
}

extension Character {
    fileprivate var isASCIIDigit: Bool { ("0"..."9").contains(self) }
}
