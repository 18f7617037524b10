/// The six fields of a `cron(...)` of Secrets Manager: minutes hours day-of-month month day-of-week
/// year, in UTC (user guide, "Rotation schedules").
struct CronSchedule: Hashable {
    /// The hours at which a window opens, ascending.
    let hours: [Int]
    private let months: Set<Int>
    private let days: Days

    /// Days of the week are 1, Sunday, to 7.
    private enum Days: Hashable {
        case ofMonth(Set<Int>)
        case lastOfMonth
        case ofWeek(Set<Int>)
        /// `5L`: the last Thursday of the month.
        case last(weekday: Int)
        /// `SUN#2`: the second Sunday of the month.
        case nth(Int, weekday: Int)

        func contains(_ day: CalendarDay) -> Bool {
            switch self {
            case .ofMonth(let days): days.contains(day.day)
            case .lastOfMonth: day.isLast
            case .ofWeek(let weekdays): weekdays.contains(day.weekday)
            case .last(let weekday): day.weekday == weekday && day.day + 7 > day.daysInMonth
            case .nth(let count, let weekday):
                day.weekday == weekday && (day.day - 1) / 7 + 1 == count
            }
        }
    }

    init(parsing text: String) throws(RotationSchedule.Fault) {
        let fields = text.split(separator: " ", omittingEmptySubsequences: false).map(String.init)
        guard fields.count == 6 else {
            throw .init(
                reason: "has \(fields.count) fields, not 6",
                hint: "minutes hours day-of-month month day-of-week year: cron(0 4 1 * ? *)")
        }
        guard fields[0] == "0" else {
            throw .init(
                reason: "has minutes \(fields[0])", hint: "windows open on the hour: write 0")
        }
        guard fields[5] == "*" else {
            throw .init(reason: "has the year \(fields[5])", hint: "write *: no year can be named")
        }
        guard (fields[2] == "?") != (fields[4] == "?") else {
            throw .init(
                reason: "needs ? as day-of-month or as day-of-week, and not as both",
                hint: "the other one says the days: cron(0 4 1 * ? *) or cron(0 4 ? * SUN *)")
        }
        let names = "JAN FEB MAR APR MAY JUN JUL AUG SEP OCT NOV DEC"
        hours = try Self.part("hours", fields[1]) { CronField.values($0, in: 0...23) }.sorted()
        months = try Self.part("month", fields[3]) {
            CronField.values($0, in: 1...12, names: names)
        }
        days =
            fields[2] == "?"
            ? try Self.part("day-of-week", fields[4], Self.daysOfWeek)
            : try Self.part("day-of-month", fields[2], Self.daysOfMonth)
        for (hour, next) in zip(hours, hours.dropFirst()) where next - hour < 4 {
            throw .init(
                reason: "rotates at \(hour):00 and \(next):00, less than four hours apart",
                hint: "at most every four hours: 0/4")
        }
    }

    /// The next times at which a window opens, in seconds since 1970; fewer than `count` where the
    /// coming ten years have no more, as of `cron(0 4 31 2 ? *)`.
    func times(_ count: Int, after time: Int64) -> [Int64] {
        let today = Int(time / 86_400)
        var times: [Int64] = []
        for number in today...(today + 3_653) {
            let day = CalendarDay(daysSince1970: number)
            guard months.contains(day.month), days.contains(day) else { continue }
            for hour in hours {
                let start = Int64(number) * 86_400 + Int64(hour) * 3_600
                guard start > time else { continue }
                times.append(start)
                if times.count == count { return times }
            }
        }
        return times
    }

    private static func part<Value>(
        _ name: String, _ field: String, _ read: (String) -> Value?
    ) throws(RotationSchedule.Fault) -> Value {
        guard let value = read(field) else {
            throw .init(
                reason: "has the \(name) \(field)",
                hint: "hours are 0-23, days 1-31 or L, months 1-12, days of the week 1-7 or SUN-SAT"
            )
        }
        return value
    }

    private static func daysOfMonth(_ field: String) -> Days? {
        field == "L" ? .lastOfMonth : CronField.values(field, in: 1...31).map(Days.ofMonth)
    }

    private static func daysOfWeek(_ field: String) -> Days? {
        let names = "SUN MON TUE WED THU FRI SAT"
        func weekday(_ text: String) -> Int? {
            let values = CronField.values(text, in: 1...7, names: names) ?? []
            return values.count == 1 ? values.first : nil
        }
        if field == "L" { return .ofWeek([7]) }
        if field.last == "L" {
            return weekday(String(field.dropLast())).map { .last(weekday: $0) }
        }
        let parts = field.split(separator: "#", omittingEmptySubsequences: false).map(String.init)
        if parts.count == 2 {
            guard let weekday = weekday(parts[0]),
                let counts = CronField.values(parts[1], in: 1...5), counts.count == 1,
                let count = counts.first
            else { return nil }
            return .nth(count, weekday: weekday)
        }
        return CronField.values(field, in: 1...7, names: names).map(Days.ofWeek)
    }
}
