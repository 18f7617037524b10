/// A schedule expression of Secrets Manager, read offline (user guide, "Rotation schedules").
struct RotationSchedule: Hashable {
    struct Fault: Error {
        /// After the words "the schedule ...".
        let reason: String
        let hint: String
    }

    /// The hours of the day, in UTC, at which a window opens; of a rate in days only midnight.
    private let hours: [Int]
    /// Hours between two windows, where that is the whole schedule: `rate(12 hours)`.
    private let period: Int?

    init(parsing text: String) throws(Fault) {
        let inner = String(text.dropFirst("rate(".count).dropLast())
        if text.hasPrefix("rate("), text.hasSuffix(")") {
            period = try Self.rate(inner)
            hours = [0]
        } else if text.hasPrefix("cron("), text.hasSuffix(")") {
            period = nil
            hours = try Self.cron(inner)
        } else {
            throw Fault(reason: "is neither cron(...) nor rate(...)", hint: "such as rate(30 days)")
        }
    }

    /// Why a window of so many hours does not fit; `nil` where it does.
    ///
    /// It may reach neither into the next UTC day nor into the next window.
    func complaint(aboutWindow window: Int) -> String? {
        if let period, window > period {
            return "a window of \(window) hours reaches into the next one, \(period) hours later"
        }
        if period != nil { return nil }
        for (hour, next) in zip(hours, hours.dropFirst()) where hour + window > next {
            return "a window of \(window) hours from \(hour):00 reaches into the one of \(next):00"
        }
        guard let last = hours.last, last + window > 24 else { return nil }
        return "a window of \(window) hours from \(last):00 UTC reaches into the next day"
    }

    /// Hours between rotations; `nil` for a rate in days, whose window is the day.
    private static func rate(_ text: String) throws(Fault) -> Int? {
        let parts = text.split(separator: " ", omittingEmptySubsequences: false)
        guard parts.count == 2, let count = Int(parts[0]), count > 0,
            String(count) == parts[0], ["hour", "hours", "day", "days"].contains(parts[1])
        else {
            throw Fault(
                reason: "is not rate(NUMBER UNIT)",
                hint: "the unit is hour, hours, day or days: rate(30 days)")
        }
        let isHours = parts[1].hasPrefix("hour")
        if isHours, count < 4 {
            throw Fault(
                reason: "rotates more often than every four hours", hint: "at least rate(4 hours)")
        }
        if count > (isHours ? 999 * 24 : 999) {
            throw Fault(reason: "rotates less often than every 999 days", hint: "at most 999 days")
        }
        return isHours ? count : nil
    }

    private static func cron(_ text: String) throws(Fault) -> [Int] {
        let fields = text.split(separator: " ", omittingEmptySubsequences: false).map(String.init)
        guard fields.count == 6 else {
            throw Fault(
                reason: "has \(fields.count) fields, not 6",
                hint: "minutes hours day-of-month month day-of-week year: cron(0 4 1 * ? *)")
        }
        guard fields[0] == "0" else {
            throw Fault(
                reason: "has minutes \(fields[0])", hint: "windows open on the hour: write 0")
        }
        guard fields[5] == "*" else {
            throw Fault(reason: "has the year \(fields[5])", hint: "write *: no year can be named")
        }
        guard (fields[2] == "?") != (fields[4] == "?") else {
            throw Fault(
                reason: "needs ? as day-of-month or as day-of-week, and not as both",
                hint: "the other one says the days: cron(0 4 1 * ? *) or cron(0 4 ? * SUN *)")
        }
        let hours = values(fields[1], in: 0...23)
        let months = "JAN FEB MAR APR MAY JUN JUL AUG SEP OCT NOV DEC"
        let parts: [(String, Bool)] = [
            ("hours", hours != nil), ("day-of-month", isDayOfMonth(fields[2])),
            ("month", values(fields[3], in: 1...12, names: months) != nil),
            ("day-of-week", isDayOfWeek(fields[4])),
        ]
        if let wrong = parts.firstIndex(where: { !$0.1 }) {
            throw Fault(
                reason: "has the \(parts[wrong].0) \(fields[wrong + 1])",
                hint: "hours are 0-23, days 1-31 or L, months 1-12, days of the week 1-7 or SUN-SAT"
            )
        }
        let sorted = (hours ?? []).sorted()
        for (hour, next) in zip(sorted, sorted.dropFirst()) where next - hour < 4 {
            throw Fault(
                reason: "rotates at \(hour):00 and \(next):00, less than four hours apart",
                hint: "at most every four hours: 0/4")
        }
        return sorted
    }

    private static func isDayOfMonth(_ field: String) -> Bool {
        field == "?" || field == "L" || values(field, in: 1...31) != nil
    }

    private static func isDayOfWeek(_ field: String) -> Bool {
        let names = "SUN MON TUE WED THU FRI SAT"
        if field == "?" || field == "L" { return true }
        if field.last == "L" {
            return values(String(field.dropLast()), in: 1...7, names: names) != nil
        }
        let parts = field.split(separator: "#", omittingEmptySubsequences: false).map(String.init)
        if parts.count == 2 {
            return values(parts[0], in: 1...7, names: names)?.count == 1
                && values(parts[1], in: 1...5)?.count == 1
        }
        return values(field, in: 1...7, names: names) != nil
    }

    /// The values of a field made of `,`, `-`, `*` and `/`; `nil` where it has no such form.
    private static func values(
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
