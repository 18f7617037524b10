import Testing

@testable import AWS

@Suite("HTTPDate")
struct HTTPDateTests {
    // The first is RFC 9110 section 5.6.7's; seconds from GNU date -u -d TEXT +%s.
    @Test(
        "an IMF-fixdate is seconds since 1970, and these are it",
        arguments: [
            ("Sun, 06 Nov 1994 08:49:37 GMT", 784_111_777),
            ("Thu, 01 Jan 1970 00:00:00 GMT", 0), ("Tue, 29 Feb 2000 23:59:59 GMT", 951_868_799),
            ("Sun, 30 Aug 2015 12:36:00 GMT", 1_440_938_160),
            ("Mon, 23 Nov 2026 20:16:00 GMT", 1_795_464_960),
            ("Wed, 31 Dec 1969 23:59:59 GMT", -1),
        ])
    func dates(text: String, seconds: Int) {
        #expect(HTTPDate.seconds(text) == seconds)
        #expect(HTTPDate.text(seconds) == text)
    }

    @Test(
        "anything else gives nil, the obsolete forms included",
        arguments: [
            "", "Sunday, 06-Nov-94 08:49:37 GMT", "Sun Nov  6 08:49:37 1994",
            "Sun, 06 Nov 1994 08:49:37 UTC", "Sun, 06 Nov 1994 08:49:37",
            "Sun, 6 Nov 1994 08:49:37 GMT",
            "Xxx, 06 Nov 1994 08:49:37 GMT", "Sun, 06 nov 1994 08:49:37 GMT",
            "Sun, 32 Nov 1994 08:49:37 GMT", "Sun, 00 Nov 1994 08:49:37 GMT",
            "Sun, 06 Nov 1994 24:49:37 GMT", "Sun, 06 Nov 1994 08:60:37 GMT",
            "Sun, 06 Nov 1994 08:4937: GMT", "Sun, 06 Nov 1994 8::49:37 GMT",
            "Sun, 06 Nov +994 08:49:37 GMT", "Sun, 06 Nov 1994 08:49:37 GMT ",
        ])
    func notDates(text: String) {
        #expect(HTTPDate.seconds(text) == nil)
    }
}
