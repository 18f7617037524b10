import Testing

@testable import GaaraPlan

@Suite("Rotation schedules")
struct RotationScheduleTests {
    // The examples of the user guide, "Rotation schedules", and variants of them.
    @Test(
        "of the user guide are right",
        arguments: [
            "rate(4 hours)", "rate(1 day)", "rate(10 days)", "cron(0 8 * * ? *)",
            "cron(0 8,16 * * ? *)", "cron(0 4/12 * * ? *)", "cron(0 9 1 * ? *)",
            "cron(0 1 ? * SUN *)",
            "cron(0 1 ? 1/3 SUN#2 *)", "cron(0 17 L * ? *)", "cron(0 5 ? * 5L *)",
            "cron(0 8 1 1,JUL ? *)", "cron(0 4 ? * MON-FRI *)", "cron(0 */6 * * ? *)",
        ])
    func isRight(text: String) throws {
        _ = try RotationSchedule(parsing: text)
    }

    @Test(
        "that Secrets Manager would refuse are refused",
        arguments: [
            "rate(0 days)", "rate(04 days)", "rate(4hours)", "rate(10  days)", "every(4 days)",
            "cron(5 8 * * ? *)", "cron(0 8 * * * *)", "cron(0 8 ? * ? *)", "cron(0 1-3 * * ? *)",
            "cron(0 8 0 * ? *)", "cron(0 8 1 13 ? *)", "cron(0 8 ? * FUN *)",
            "cron(0 8 ? * SUN#6 *)",
            "cron(0 8-4 * * ? *)", "cron(0 0/0 * * ? *)", "cron(0  8 * ? *)", "cron(0 , * * ? *)",
        ])
    func isWrong(text: String) {
        #expect(throws: RotationSchedule.Fault.self) { try RotationSchedule(parsing: text) }
    }

    @Test(
        "bound their window by the day and by the next one",
        arguments: [
            ("rate(4 hours)", 4, true), ("rate(4 hours)", 5, false), ("rate(2 days)", 24, true),
            ("cron(0 20 * * ? *)", 4, true), ("cron(0 20 * * ? *)", 5, false),
            ("cron(0 4/12 * * ? *)", 8, true), ("cron(0 4/12 * * ? *)", 9, false),
            ("cron(0 2,10 * * ? *)", 9, false),
        ])
    func windows(text: String, hours: Int, fits: Bool) throws {
        let schedule = try RotationSchedule(parsing: text)
        #expect((schedule.complaint(aboutWindow: hours) == nil) == fits)
    }

    // Dates by `python3 -c "import datetime"`, calendar of November and December 2026; the user
    // guide says what L, # and the names mean.
    @Test(
        "say when their next windows open",
        arguments: [
            ("cron(0 8 * * ? *)", ["2026-11-24 08:00", "2026-11-25 08:00", "2026-11-26 08:00"]),
            ("cron(0 8,16 * * ? *)", ["2026-11-24 08:00", "2026-11-24 16:00", "2026-11-25 08:00"]),
            ("cron(0 4 1 * ? *)", ["2026-12-01 04:00", "2027-01-01 04:00", "2027-02-01 04:00"]),
            ("cron(0 17 L * ? *)", ["2026-11-30 17:00", "2026-12-31 17:00", "2027-01-31 17:00"]),
            ("cron(0 1 ? * SUN *)", ["2026-11-29 01:00", "2026-12-06 01:00", "2026-12-13 01:00"]),
            (
                "cron(0 1 ? 1/3 SUN#2 *)",
                ["2027-01-10 01:00", "2027-04-11 01:00", "2027-07-11 01:00"]
            ),
            ("cron(0 5 ? * 5L *)", ["2026-11-26 05:00", "2026-12-31 05:00", "2027-01-28 05:00"]),
            ("cron(0 4 29 2 ? *)", ["2028-02-29 04:00", "2032-02-29 04:00", "2036-02-29 04:00"]),
            ("cron(0 0 ? * L *)", ["2026-11-28 00:00", "2026-12-05 00:00", "2026-12-12 00:00"]),
            ("cron(0 4 31 2 ? *)", []), ("rate(30 days)", []),
        ])
    func windows(text: String, expected: [String]) throws {
        // 2026-11-24 07:59:59 UTC.
        let windows = try RotationSchedule(parsing: text).windows(3, after: 1_795_507_199)
        #expect(windows.map(CalendarDay.text) == expected.map { "\($0) UTC" })
    }
}
