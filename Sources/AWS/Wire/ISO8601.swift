/// Times as the query protocol writes them: `2026-11-23T20:16:00Z`, with or without a fraction.
package enum ISO8601 {
    /// Whole seconds since 1970, rounded down; `nil` for anything but a time in UTC.
    package static func seconds(_ text: String) -> Int? {
        guard text.hasSuffix("Z") else { return nil }
        let halves = text.dropLast().split(separator: "T", omittingEmptySubsequences: false)
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
    private static func daysSince1970(_ year: Int, _ month: Int, _ day: Int) -> Int {
        let year = month <= 2 ? year - 1 : year
        let month = (month + 9) % 12
        let dayOfYear = (153 * month + 2) / 5 + day - 1
        return year * 365 + year / 4 - year / 100 + year / 400 + dayOfYear - 719_468
    }
}
