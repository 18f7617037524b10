/// The moment of a signature, to the second, in UTC: `X-Amz-Date` and the credential scope come
/// from one of these, so that they cannot fall on different days.
package struct SigningDate: Hashable, Sendable, Comparable, CustomStringConvertible {
    package let secondsSince1970: Int

    package init(secondsSince1970: Int) {
        self.secondsSince1970 = secondsSince1970
    }

    /// Reads `20150830T123600Z`; `nil` for another form or for a day or hour that does not exist.
    package init?(basic: String) {
        let text = Array(basic.utf8)
        guard text.count == 16, text[8] == UInt8(ascii: "T"), text[15] == UInt8(ascii: "Z") else {
            return nil
        }
        func number(_ range: Range<Int>) -> Int? {
            text[range].reduce(Int?.some(0)) { sum, byte in
                guard let sum, byte >= UInt8(ascii: "0"), byte <= UInt8(ascii: "9") else {
                    return nil
                }
                return sum * 10 + Int(byte - UInt8(ascii: "0"))
            }
        }
        guard let year = number(0..<4), let month = number(4..<6), let day = number(6..<8),
            let hour = number(9..<11), let minute = number(11..<13), let second = number(13..<15),
            (1...12).contains(month), hour < 24, minute < 60, second < 60
        else { return nil }

        let days = CivilDate(year: year, month: month, day: day).daysSince1970
        // The 31st of April comes back as the 1st of May.
        guard CivilDate(daysSince1970: days) == CivilDate(year: year, month: month, day: day)
        else { return nil }
        self.init(secondsSince1970: days * 86_400 + hour * 3600 + minute * 60 + second)
    }

    /// `20150830T123600Z`.
    ///
    /// Years beyond 9999 have no such form; they print with more digits.
    package var basic: String {
        let (_, second) = secondsSince1970.flooredDivision(by: 86_400)
        return day + "T" + padded(second / 3600) + padded(second / 60 % 60) + padded(second % 60)
            + "Z"
    }

    /// `2015-08-30T12:36:00Z`, as RFC 3339 writes it for people.
    package var extended: String {
        let text = Array(basic)
        // From the end, since the year may have more digits.
        let year = String(text.dropLast(12))
        func pair(_ fromEnd: Int) -> String {
            String(text[(text.count - fromEnd)..<(text.count - fromEnd + 2)])
        }
        return "\(year)-\(pair(12))-\(pair(10))T\(pair(7)):\(pair(5)):\(pair(3))Z"
    }

    /// `20150830`, the first part of a credential scope.
    package var day: String {
        let (days, _) = secondsSince1970.flooredDivision(by: 86_400)
        let date = CivilDate(daysSince1970: days)
        return padded(date.year, to: 4) + padded(date.month) + padded(date.day)
    }

    package var description: String { basic }

    package static func < (a: SigningDate, b: SigningDate) -> Bool {
        a.secondsSince1970 < b.secondsSince1970
    }

    private func padded(_ number: Int, to width: Int = 2) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits
    }
}

/// A day of the Gregorian calendar, reckoned in years that begin in March, so that a leap day is
/// the last of its year (Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms").
private struct CivilDate: Equatable {
    let year: Int
    let month: Int
    let day: Int

    init(year: Int, month: Int, day: Int) {
        self.year = year
        self.month = month
        self.day = day
    }

    init(daysSince1970: Int) {
        // 719,468 days lie between 1 March of the year 0 and 1970; 400 years have 146,097.
        let (era, dayOfEra) = (daysSince1970 + 719_468).flooredDivision(by: 146_097)
        let yearOfEra =
            (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let monthFromMarch = (5 * dayOfYear + 2) / 153
        day = dayOfYear - (153 * monthFromMarch + 2) / 5 + 1
        month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
        year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    }

    var daysSince1970: Int {
        let (era, yearOfEra) = (month <= 2 ? year - 1 : year).flooredDivision(by: 400)
        let monthFromMarch = month > 2 ? month - 3 : month + 9
        let dayOfYear = (153 * monthFromMarch + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        return era * 146_097 + dayOfEra - 719_468
    }
}

extension Int {
    /// Quotient and remainder, the remainder never below zero.
    fileprivate func flooredDivision(by divisor: Int) -> (quotient: Int, remainder: Int) {
        let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
        return remainder < 0 ? (quotient - 1, remainder + divisor) : (quotient, remainder)
    }
}
