import Testing

@testable import AWS

@Suite("RefreshSchedule")
struct RefreshScheduleTests {
    private let time = ManualTime()
    private var start: Int64 { time.secondsSince1970() }

    /// One that took in credentials which end after so many seconds.
    private func schedule(_ seconds: Int64?, isSteady: Bool = false) -> RefreshSchedule {
        var schedule = RefreshSchedule()
        _ = schedule.finish(.success(credentials(seconds, isSteady)), at: start, random: 0)
        return schedule
    }

    private func credentials(_ seconds: Int64?, _ isSteady: Bool = false) -> Credentials {
        var credentials = Credentials.test("old", endsIn: seconds, time)
        credentials.outlivesExpiration = isSteady
        return credentials
    }

    /// The first second of each need.
    private func windows(_ seconds: Int64) -> (advisory: Int64?, mandatory: Int64?) {
        let schedule = schedule(seconds)
        func first(_ isMeant: (RefreshSchedule.Need) -> Bool) -> Int64? {
            (0...seconds).first { isMeant(schedule.need(at: start + $0)) }
        }
        return (
            first { if case .advisory = $0 { true } else { false } },
            first { $0 == .mandatory }
        )
    }

    @Test("an hour has its last 15 minutes for a try and its last 10 for a must")
    func hour() {
        // botocore 1.44.5 credentials.py, RefreshableCredentials.
        let (advisory, mandatory) = windows(3600)
        #expect(advisory == 2700)
        #expect(mandatory == 3000)
    }

    @Test("what lasts 15 minutes altogether is not fetched anew by every call")
    func short() {
        let (advisory, mandatory) = windows(900)
        #expect(advisory == 450)
        #expect(mandatory == 600)
    }

    @Test("nothing yet is a must, and what never ends is never fetched again")
    func ends() {
        #expect(RefreshSchedule().need(at: start) == .mandatory)
        #expect(schedule(nil).need(at: .max) == .none)
    }

    @Test("a failed try keeps the old keys and is not repeated for a minute")
    func failedTry() {
        var schedule = schedule(3600)
        let now = start + 2700
        let kept = schedule.finish(.failure(.absent([])), at: now, random: 0)
        #expect(kept == .success(credentials(3600)))
        #expect(schedule.need(at: now + 59) == .none)
        #expect(schedule.need(at: now + 60) == .advisory(credentials(3600)))
    }

    @Test("a failed must is an error, and the next call tries again")
    func failedMust() {
        var schedule = schedule(3600)
        let outcome = schedule.finish(.failure(.absent(["x"])), at: start + 3000, random: 0)
        #expect(outcome == .failure(.absent(["x"])))
        #expect(schedule.need(at: start + 3000) == .mandatory)
    }

    @Test("new credentials that have ended already are an error that names their place")
    func endedAlready() {
        var schedule = RefreshSchedule()
        let outcome = schedule.finish(.success(credentials(0)), at: start, random: 0)
        #expect(
            outcome
                == .failure(
                    .unusable(
                        "the new credentials from old have ended already: check this machine's"
                            + " clock")))
        #expect(schedule.current == nil)
    }

    @Test(
        "keys of instance metadata go on after their end, and are asked for in 10 to 15 minutes",
        arguments: [(0, 600), (300, 900), (301, 600)] as [(UInt64, Int64)])
    func steady(random: UInt64, pause: Int64) {
        var schedule = schedule(3600, isSteady: true)
        let now = start + 3700
        #expect(schedule.need(at: now) == .mandatory)
        let kept = schedule.finish(.failure(.absent([])), at: now, random: random)
        #expect(kept == .success(credentials(3600, true)))
        #expect(schedule.need(at: now + pause - 1) == .none)
        #expect(schedule.need(at: now + pause) == .mandatory)
    }

    @Test("ended keys that instance metadata gives are taken, and kept for as long")
    func steadyAnswer() {
        var schedule = RefreshSchedule()
        let old = credentials(-60, true)
        #expect(schedule.finish(.success(old), at: start, random: 7) == .success(old))
        #expect(schedule.need(at: start + 606) == .none)
        #expect(schedule.need(at: start + 607) == .mandatory)
    }
}
