/// A schedule expression of Secrets Manager, read offline (user guide, "Rotation schedules").
struct RotationSchedule: Hashable {
    struct Fault: Error {
        /// After the words "the schedule ...".
        let reason: String
        let hint: String
    }

    private enum Form: Hashable {
        /// Hours between two windows; `nil` of a rate in days, whose windows open at midnight.
        case rate(hours: Int?, period: Int64)
        case cron(CronSchedule)
    }

    private let form: Form

    init(parsing text: String) throws(Fault) {
        let inner = String(text.dropFirst("rate(".count).dropLast())
        if text.hasPrefix("rate("), text.hasSuffix(")") {
            let hours = try Self.rate(inner)
            let number = Int64(inner.prefix { $0.isNumber }) ?? 1
            form = .rate(hours: hours, period: number * (hours == nil ? 86_400 : 3_600))
        } else if text.hasPrefix("cron("), text.hasSuffix(")") {
            form = .cron(try CronSchedule(parsing: inner))
        } else {
            throw Fault(reason: "is neither cron(...) nor rate(...)", hint: "such as rate(30 days)")
        }
    }

    /// When the next windows open, in seconds since 1970; empty for a rate, which counts from a
    /// rotation that only Secrets Manager knows.
    func windows(_ count: Int, after time: Int64) -> [Int64] {
        switch form {
        case .rate: []
        case .cron(let cron): cron.times(count, after: time)
        }
    }

    /// Seconds between two windows of a rate; `nil` of a cron expression.
    var period: Int64? {
        switch form {
        case .rate(_, let period): period
        case .cron: nil
        }
    }

    /// Why a window of so many hours does not fit; `nil` where it does.
    ///
    /// It may reach neither into the next UTC day nor into the next window.
    func complaint(aboutWindow window: Int) -> String? {
        let hours: [Int]
        switch form {
        case .rate(let period?, _):
            return window > period
                ? "a window of \(window) hours reaches into the next one, \(period) hours later"
                : nil
        case .rate(nil, _): hours = [0]
        case .cron(let cron): hours = cron.hours
        }
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
}
