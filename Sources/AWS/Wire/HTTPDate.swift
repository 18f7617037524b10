internal import SigV4

/// Dates as HTTP's headers have them: `Sun, 06 Nov 1994 08:49:37 GMT` (RFC 9110 section 5.6.7).
package enum HTTPDate {
    /// Seconds since 1970; `nil` for anything but an IMF-fixdate, the only form that may be sent.
    package static func seconds(_ text: String) -> Int? {
        let parts = text.split(separator: " ", omittingEmptySubsequences: false)
        guard text.utf8.count == 29, parts.count == 6, days.contains(String(parts[0])),
            parts[5] == "GMT", let day = number(parts[1], digits: 2),
            let month = months.firstIndex(of: String(parts[2])),
            let year = number(parts[3], digits: 4)
        else { return nil }
        let clock = parts[4].split(separator: ":", omittingEmptySubsequences: false)
        let time = clock.compactMap { number($0, digits: 2) }
        guard clock.count == 3, time.count == 3, (1...31).contains(day), time[0] < 24,
            time[1] < 60, time[2] <= 60
        else { return nil }
        return ISO8601.daysSince1970(year, month + 1, day) * 86_400 + time[0] * 3_600
            + time[1] * 60 + time[2]
    }

    /// `Sun, 06 Nov 1994 08:49:37 GMT`.
    ///
    /// - Parameter seconds: since 1970, in the years 1 to 9999.
    package static func text(_ seconds: Int) -> String {
        // 20150830T123600Z
        let digits = Array(SigningDate(secondsSince1970: seconds).basic)
        func part(_ range: Range<Int>) -> String { String(digits[range]) }
        // 1970 began on a Thursday.
        let day = Int((Double(seconds) / 86_400).rounded(.down)) + 3
        let weekday = days[(day % 7 + 7) % 7]
        let month = months[(Int(part(4..<6)) ?? 1) - 1]
        return "\(weekday) \(part(6..<8)) \(month) \(part(0..<4))"
            + " \(part(9..<11)):\(part(11..<13)):\(part(13..<15)) GMT"
    }

    private static let days = ["Mon,", "Tue,", "Wed,", "Thu,", "Fri,", "Sat,", "Sun,"]
    private static let months = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]

    private static func number(_ text: Substring, digits: Int) -> Int? {
        guard text.utf8.count == digits, text.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else {
            return nil
        }
        return Int(text)
    }
}
