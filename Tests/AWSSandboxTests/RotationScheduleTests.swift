import Testing

@testable import AWSSandbox

@Suite struct RotationScheduleTests {
    // 2026-01-01T00:00:00Z, a Thursday.
    private let start = 1_767_225_600

    /// The opening and the end of the next window after `hours` of 2026, in hours of 2026.
    private func window(_ text: String, after hours: Int, duration: Int? = nil) throws -> [Int] {
        let window = try RotationSchedule(text).window(
            after: start + hours * 3600, duration: duration)
        return [window?.opening, window?.end].compactMap { $0.map { ($0 - start) / 3600 } }
    }

    // Secrets Manager guide, "Schedule expressions in Secrets Manager rotation"; botocore
    // RotationRulesType.
    @Test("a rate opens its windows at midnight and from there on")
    func rates() throws {
        #expect(try window("rate(10 days)", after: 5) == [240, 264])
        #expect(try window("rate(10 days)", after: 5, duration: 3) == [240, 243])
        #expect(try window("rate(1 day)", after: 30) == [48, 72])
        #expect(try window("rate(4 hours)", after: 5) == [8, 9])
        #expect(try window("rate(12 hours)", after: 12, duration: 6) == [24, 30])
    }

    // The examples of the same page, with the days of 2026 that they fall on.
    @Test(
        "a cron expression opens its window at the hours of its days",
        arguments: [
            ("cron(0 10 * * ? *)", 11, 34), ("cron(0 18 ? * SAT *)", 0, 2 * 24 + 18),
            ("cron(0 8 1 * ? *)", 8, 31 * 24 + 8), ("cron(0 17 L * ? *)", 0, 30 * 24 + 17),
            ("cron(0 8 ? * MON-FRI *)", 33, 4 * 24 + 8),
            ("cron(0 16 1,15 * ? *)", 16, 14 * 24 + 16),
            ("cron(0 0 ? * SUN#1 *)", 0, 3 * 24), ("cron(0 1 * 1/3 SUN *)", 25 * 24, 94 * 24 + 1),
            ("cron(0 6 ? * 6L *)", 0, 29 * 24 + 6), ("cron(0 8/12 * * ? *)", 9, 20),
            ("cron(0 0 29 2 ? *)", 0, (365 + 365 + 59) * 24), ("cron(0 1 ? * L *)", 0, 49),
        ])
    func crons(text: String, after: Int, opening: Int) throws {
        #expect(try window(text, after: after).first == opening)
    }

    @Test(
        "the window of a cron expression ends with its day, or after an hour where it has several")
    func ends() throws {
        #expect(try window("cron(0 10 * * ? *)", after: 0) == [10, 24])
        #expect(try window("cron(0 8/12 * * ? *)", after: 0) == [8, 9])
    }

    @Test(
        "what is no schedule of Secrets Manager is refused",
        arguments: [
            "every day", "rate(3 hours)", "rate(1000 days)", "rate(2 weeks)", "rate(1.5 days)",
            "rate(4  hours)", "rate(4 hours", "cron(5 4 * * ? *)", "cron(0 4)",
            "cron(0 4 * * ? 2026)", "cron(0 4 * * * *)", "cron(0 4 ? * ? *)", "cron(0 4 1 * MON *)",
            "cron(0 24 * * ? *)", "cron(0 4 32 * ? *)", "cron(0 4 * 13 ? *)", "cron(0 4 * FOO ? *)",
            "cron(0 4 ? * TUE#6 *)", "cron(0 0/3 * * ? *)", "cron(0 0,22 * * ? *)",
            "cron(0 4 30 2 ? *)", "cron(0 4-2 * * ? *)", "cron(0 4 1/0 * ? *)", "",
        ])
    func refused(text: String) {
        #expect(throws: Refused.self) { try RotationSchedule(text) }
    }

    // botocore RotationRulesType.Duration.
    @Test("a window must not reach into the next UTC day or the next window")
    func durations() throws {
        for (text, good, bad) in [
            ("rate(4 hours)", 4, 5), ("rate(3 days)", 24, 25), ("cron(0 20 * * ? *)", 4, 5),
            ("cron(0 8/8 * * ? *)", 8, 9),
        ] {
            let schedule = try RotationSchedule(text)
            try schedule.check(duration: good)
            #expect(throws: Refused.self) { try schedule.check(duration: bad) }
            #expect(throws: Refused.self) { try schedule.check(duration: 0) }
        }
    }

    // Howard Hinnant's own examples of civil_from_days, and the century rule.
    @Test("days are those of the Gregorian calendar")
    func days() {
        for (number, day, weekday) in [
            (0, [1970, 1, 1], 5), (-1, [1969, 12, 31], 4), (11_016, [2000, 2, 29], 3),
            (47_540, [2100, 2, 28], 1), (47_541, [2100, 3, 1], 2), (20_454, [2026, 1, 1], 5),
        ] {
            let civil = CivilDay(daysSince1970: number)
            #expect([civil.year, civil.month, civil.day] == day)
            #expect(civil.weekday == weekday)
        }
    }
}
