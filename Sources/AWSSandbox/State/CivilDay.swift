/// A day of the Gregorian calendar, in UTC.
///
/// The conversions are those of Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms",
/// which count a year from March, so that a leap day is its last.
struct CivilDay: Hashable, Sendable {
    let year: Int
    /// 1 to 12.
    let month: Int
    /// 1 to 31.
    let day: Int
    let daysSince1970: Int

    init(daysSince1970 days: Int) {
        daysSince1970 = days
        let shifted = days + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra =
            (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        day = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
        month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
        year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    }

    /// The day that holds a moment, in seconds since 1970.
    init(of seconds: Int) {
        self.init(daysSince1970: (seconds >= 0 ? seconds : seconds - .day + 1) / .day)
    }

    /// Its midnight, in seconds since 1970.
    var start: Int { daysSince1970 * .day }

    /// Cron's own count: 1 is Sunday, 7 is Saturday.
    ///
    /// 1970 began on a Thursday.
    var weekday: Int { ((daysSince1970 + 4) % 7 + 7) % 7 + 1 }

    var isLastOfMonth: Bool { after(days: 1).month != month }

    func after(days: Int) -> CivilDay { CivilDay(daysSince1970: daysSince1970 + days) }
}
