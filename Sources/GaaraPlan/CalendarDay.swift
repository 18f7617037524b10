/// A day of the Gregorian calendar, in UTC.
struct CalendarDay: Hashable {
    let year: Int
    /// 1 to 12.
    let month: Int
    /// 1 to 31.
    let day: Int
    /// 1, Sunday, to 7.
    let weekday: Int

    /// Counted in years that begin in March, so that the leap day is a year's last, and in eras of
    /// 400 years, each of 146,097 days.
    ///
    /// - Parameter number: not before 1970.
    init(daysSince1970 number: Int) {
        // 1 January 1970 was a Thursday.
        weekday = (number + 4) % 7 + 1
        let (era, dayOfEra) = (number + 719_468).quotientAndRemainder(dividingBy: 146_097)
        let yearOfEra =
            (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let march = (5 * dayOfYear + 2) / 153
        day = dayOfYear - (153 * march + 2) / 5 + 1
        month = march < 10 ? march + 3 : march - 9
        year = era * 400 + yearOfEra + (month <= 2 ? 1 : 0)
    }

    var isLast: Bool { day == daysInMonth }

    var daysInMonth: Int {
        switch month {
        case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }
}

extension CalendarDay {
    /// A time to the minute, as `2026-12-01 04:00 UTC`.
    ///
    /// - Parameter time: seconds since 1970.
    static func text(of time: Int64) -> String {
        let minutes = Int(time % 86_400) / 60
        return "\(dayText(of: time)) \(padded(minutes / 60)):\(padded(minutes % 60)) UTC"
    }

    /// The day alone, as `2026-12-01`.
    static func dayText(of time: Int64) -> String {
        // What AWS says may be any number.
        guard time >= 0, time < 253_402_300_800 else { return "a day that AWS alone knows" }
        let day = CalendarDay(daysSince1970: Int(time / 86_400))
        return "\(day.year)-\(padded(day.month))-\(padded(day.day))"
    }

    private static func padded(_ number: Int) -> String {
        number < 10 ? "0\(number)" : String(number)
    }
}
