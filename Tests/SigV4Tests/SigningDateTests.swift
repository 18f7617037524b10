import SigV4
import Testing

@Suite struct SigningDateTests {
    // `date -u -d @SECONDS +%Y%m%dT%H%M%SZ` of GNU coreutils 9.1.
    static let known: [(seconds: Int, basic: String)] = [
        (0, "19700101T000000Z"), (-1, "19691231T235959Z"), (1_440_938_160, "20150830T123600Z"),
        (951_782_399, "20000228T235959Z"), (951_782_400, "20000229T000000Z"),
        (951_868_800, "20000301T000000Z"), (4_107_542_399, "21000228T235959Z"),
        (4_107_542_400, "21000301T000000Z"), (1_798_761_599, "20261231T235959Z"),
        (1_798_761_600, "20270101T000000Z"), (253_402_300_799, "99991231T235959Z"),
        (-62_167_219_200, "00000101T000000Z"),
    ]

    @Test("prints and reads the moments that date(1) prints", arguments: known)
    func knownAnswers(_ known: (seconds: Int, basic: String)) {
        let date = SigningDate(secondsSince1970: known.seconds)
        #expect(date.basic == known.basic)
        #expect(date.day == known.basic.prefix(8))
        #expect(SigningDate(basic: known.basic) == date)
    }

    @Test("reads back each day of 400 years as itself, one after the other")
    func everyDay() {
        var previous = ""
        for day in 0..<146_097 {
            let date = SigningDate(secondsSince1970: day * 86_400)
            guard SigningDate(basic: date.basic) == date, date.basic > previous else {
                Issue.record("day \(day) is \(date.basic)")
                return
            }
            previous = date.basic
        }
    }

    @Test(
        "refuses other forms, and days and hours that do not exist",
        arguments: [
            "", "20150830", "20150830T123600", "20150830T123600z", "2015-08-30T12:36Z",
            "20150830 123600Z", "20150230T000000Z", "21000229T000000Z", "20150431T000000Z",
            "20151301T000000Z", "20150001T000000Z", "20150800T000000Z", "20150830T240000Z",
            "20150830T126000Z", "20150830T123660Z", "+0150830T123600Z", "20150830T1236 0Z",
            "٢٠150830T12Z",
        ])
    func refuses(_ text: String) {
        #expect(SigningDate(basic: text) == nil)
    }

    @Test(
        "reads for people as RFC 3339 has it, and keeps all digits of a year",
        arguments: [
            (1_440_938_160, "2015-08-30T12:36:00Z"), (0, "1970-01-01T00:00:00Z"),
            (951_782_399, "2000-02-28T23:59:59Z"), (253_402_300_800, "10000-01-01T00:00:00Z"),
        ])
    func extended(seconds: Int, text: String) {
        #expect(SigningDate(secondsSince1970: seconds).extended == text)
    }

    @Test("does not trap at the ends of Int")
    func extremes() {
        #expect(SigningDate(secondsSince1970: .max).basic.hasSuffix("Z"))
        #expect(SigningDate(secondsSince1970: .min).basic.hasSuffix("Z"))
        #expect(SigningDate(secondsSince1970: .max).extended.hasSuffix("Z"))
    }
}
