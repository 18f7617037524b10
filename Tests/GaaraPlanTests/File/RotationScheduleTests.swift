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
}
