/// Times as the query protocol writes them: `2026-11-23T20:16:00Z`, with or without a fraction, and
/// as programs that print credentials do: `2026-11-23T22:16:00+02:00`.
package enum ISO8601 {
    /// Whole seconds since 1970, rounded down; `nil` for a time that does not say its offset.
    package static func seconds(_ text: String) -> Int? {
        if text.hasSuffix("Z") { return utcSeconds(text.dropLast()) }
        guard let sign = text.suffix(6).first, sign == "+" || sign == "-",
            let offset = numbers(text.suffix(5), separator: ":", widths: [2, 2]),
            offset[0] < 24, offset[1] < 60, let seconds = utcSeconds(text.dropLast(6))
        else { return nil }
        let difference = offset[0] * 3_600 + offset[1] * 60
        return sign == "+" ? seconds - difference : seconds + difference
    }

    private static func utcSeconds(_ text: Substring) -> Int? {
        let halves = text.split(separator: "T", omittingEmptySubsequences: false)
        guard halves.count == 2,
            let date = numbers(halves[0], separator: "-", widths: [4, 2, 2]),
            let time = numbers(halves[1].prefix(8), separator: ":", widths: [2, 2, 2])
        else { return nil }
        let fraction = halves[1].dropFirst(8)
        guard fraction.isEmpty || fraction.hasPrefix(".") && digits(fraction.dropFirst()) != nil
        else {
            return nil
        }
        let (year, month, day) = (date[0], date[1], date[2])
        guard (1...12).contains(month), (1...31).contains(day), time[0] < 24, time[1] < 60,
            time[2] <= 60
        else { return nil }
        return daysSince1970(year, month, day) * 86_400 + time[0] * 3_600 + time[1] * 60 + time[2]
    }

    private static func numbers(_ text: Substring, separator: Character, widths: [Int]) -> [Int]? {
        let parts = text.split(separator: separator, omittingEmptySubsequences: false)
        guard parts.map(\.utf8.count) == widths else { return nil }
        let numbers = parts.compactMap(digits)
        return numbers.count == widths.count ? numbers : nil
    }

    private static func digits(_ text: Substring) -> Int? {
        text.utf8.allSatisfy { (0x30...0x39).contains($0) } ? Int(text) : nil
    }

    /// Days of the Gregorian calendar, counted in years that begin in March, so that the leap day
    /// is a year's last.
    static func daysSince1970(_ year: Int, _ month: Int, _ day: Int) -> Int {
        let year = month <= 2 ? year - 1 : year
        let month = (month + 9) % 12
        let dayOfYear = (153 * month + 2) / 5 + day - 1
        return year * 365 + year / 4 - year / 100 + year / 400 + dayOfYear - 719_468
    }
}
