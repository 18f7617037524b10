import Testing

@testable import AWS

@Suite("ISO8601")
struct ISO8601Tests {
    // Seconds from GNU date -u -d TEXT +%s.
    @Test(
        "times in UTC are whole seconds since 1970",
        arguments: [
            ("1970-01-01T00:00:00Z", 0), ("2015-08-30T12:36:00Z", 1_440_938_160),
            ("2000-02-29T23:59:59Z", 951_868_799), ("2026-11-23T20:16:00.999Z", 1_795_464_960),
            ("1969-12-31T23:59:59Z", -1), ("2100-03-01T00:00:00Z", 4_107_542_400),
        ])
    func times(text: String, seconds: Int) {
        #expect(ISO8601.seconds(text) == seconds)
    }

    @Test(
        "a time with an offset is the moment it names",
        arguments: [
            ("2022-05-02T18:36:00+00:00", 1_651_516_560),
            ("2022-05-02T20:36:00+02:00", 1_651_516_560),
            ("2022-05-02T13:06:00-05:30", 1_651_516_560),
        ])
    func offsets(text: String, seconds: Int) {
        #expect(ISO8601.seconds(text) == seconds)
    }

    @Test(
        "anything else gives nil",
        arguments: [
            "", "Z", "2015-08-30", "2015-08-30T12:36:00", "2015-08-30T12:36:00+1:00",
            "2015-08-30T12:36:00+24:00", "2015-08-30T12:36:00+01:60", "2015-08-30T12:36+01:00",
            "2015-13-30T12:36:00Z", "2015-08-30T24:00:00Z", "2015-08-30T12:36Z",
            "2015-08-30 12:36:00Z", "15-08-30T12:36:00Z", "2015-08-30T12:36:00.Z",
            "+015-08-30T12:36:00Z",
        ])
    func notTimes(text: String) {
        #expect(ISO8601.seconds(text) == nil)
    }
}
