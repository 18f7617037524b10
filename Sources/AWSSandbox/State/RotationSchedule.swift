/// When a secret rotates, out of `rate(...)` or `cron(...)`.
///
/// Windows open in UTC; a rate's at midnight and then every so many hours or days
/// (botocore RotationRulesType).
struct RotationSchedule: Hashable, Sendable {
    private enum Form: Hashable {
        case hours(Int)
        case days(Int)
        case cron(CronExpression)
    }

    /// From its opening to its end, both in seconds since 1970.
    struct Window: Hashable, Sendable {
        let opening: Int
        let end: Int
    }

    private let form: Form

    /// Refused, with what is wrong, when the text is no schedule of Secrets Manager.
    init(_ text: String) throws(Refused) {
        guard text.hasSuffix(")"), let open = text.firstIndex(of: "(") else {
            throw Refused(.rotationRules, "a schedule is rate(...) or cron(...)")
        }
        let inner = text[text.index(after: open)...].dropLast()
        switch text[..<open] {
        case "rate": form = try Self.rate(inner)
        case "cron": form = try Self.cron(inner)
        default: throw Refused(.rotationRules, "a schedule is rate(...) or cron(...)")
        }
    }

    /// The days that AWS says for a rate, rounded up; `nil` for a cron expression.
    var days: Int? {
        switch form {
        case .hours(let hours): (hours + 23) / 24
        case .days(let days): days
        case .cron: nil
        }
    }

    /// The first window that opens after a moment.
    ///
    /// - Parameters:
    ///   - moment: of the last rotation, or of the call that set the schedule; seconds since 1970.
    ///   - duration: in hours; without it a window of hours is one long, and one of days ends with
    ///     its day.
    func window(after moment: Int, duration: Int?) -> Window? {
        let midnight = CivilDay(of: moment).start
        let opening: Int?
        switch form {
        case .hours(let hours):
            let period = hours * 3600
            opening = midnight + ((moment - midnight) / period + 1) * period
        case .days(let days): opening = midnight + days * .day
        case .cron(let cron): opening = cron.next(after: moment)
        }
        guard let opening else { return nil }
        let ofDay = CivilDay(of: opening).start + .day
        let end = duration.map { opening + $0 * 3600 } ?? (isHourly ? opening + 3600 : ofDay)
        return Window(opening: opening, end: end)
    }

    /// Refuses a window that reaches into the next UTC day or the next window.
    ///
    /// - Parameter duration: in hours.
    func check(duration: Int) throws(Refused) {
        let isFitting: Bool
        switch form {
        case .hours(let hours): isFitting = duration <= min(hours, 24)
        case .days: isFitting = duration <= 24
        case .cron(let cron):
            let gaps = zip(cron.hours.dropFirst(), cron.hours).map { $0 - $1 }
            isFitting =
                (cron.hours.last ?? 0) + duration <= 24 && gaps.allSatisfy { duration <= $0 }
        }
        guard isFitting, duration > 0 else {
            throw Refused(
                .rotationRules, "the window must not reach into the next UTC day or window")
        }
    }

    private var isHourly: Bool {
        switch form {
        case .hours: true
        case .days: false
        case .cron(let cron): cron.isHourly
        }
    }

    private static func rate(_ text: Substring) throws(Refused) -> Form {
        let words = text.split(separator: " ", omittingEmptySubsequences: false)
        guard words.count == 2, let number = Int(words[0]) else {
            throw Refused(.rotationRules, "a rate is a number and a unit")
        }
        // At least every four hours, at most every 999 days (botocore RotationRulesType; CFN
        // schema of RotationSchedule).
        switch words[1] {
        case "hour" where (4...999).contains(number), "hours" where (4...999).contains(number):
            return .hours(number)
        case "day" where (1...999).contains(number), "days" where (1...999).contains(number):
            return .days(number)
        default: throw Refused(.rotationRules, "the rate is out of bounds")
        }
    }

    private static func cron(_ text: Substring) throws(Refused) -> Form {
        guard let cron = CronExpression(text), var last = cron.next(after: 0) else {
            throw Refused(
                .rotationRules, "a cron expression has six fields: minutes 0, years *")
        }
        // As often as every four hours, and over a week, so that midnights count.
        for _ in 0..<42 {
            guard let next = cron.next(after: last) else { break }
            guard next - last >= 4 * 3600 else {
                throw Refused(.rotationRules, "a secret rotates at most every four hours")
            }
            last = next
        }
        return .cron(cron)
    }
}
