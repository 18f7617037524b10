internal import HTTP
internal import POSIX

/// HTTP/1.1 on one connection: requests in their order, each with its answer.
struct RequestConversation: Conversation {
    /// The answer to a request; `nil` ends the connection without one.
    let answer: (HTTPRequest) -> HTTPResponse?
    /// The sandbox's clock, in seconds since 1970.
    let now: () -> Int
    private var reader: RequestReader
    private var requests = 0
    private var isOver = false

    init(
        limits: RequestReader.Limits = .init(), now: @escaping () -> Int,
        answer: @escaping (HTTPRequest) -> HTTPResponse?
    ) {
        reader = RequestReader(limits: limits)
        self.now = now
        self.answer = answer
    }

    var progress: ConversationProgress {
        if isOver { return .over }
        return reader.isWithin ? .receiving(requests + 1) : .idle
    }

    mutating func receive(_ bytes: ArraySlice<UInt8>, sending output: inout [UInt8]) {
        guard !isOver else { return }
        reader.append(bytes)
        while !isOver {
            switch reader.next() {
            case .incomplete: return
            case .awaitsContinue: output += "HTTP/1.1 100 Continue\r\n\r\n".utf8
            case .refused(let status):
                write(HTTPResponse(status: status, headers: Answer.mark), last: true, to: &output)
            case .request(let request, let head):
                requests += 1
                guard let response = answer(request) else {
                    isOver = true
                    return
                }
                write(
                    response, last: !head.keepsConnection, keepAlive: head.mustSayKeepAlive,
                    isHead: request.method == "HEAD", to: &output)
            }
        }
    }

    private mutating func write(
        _ response: HTTPResponse, last: Bool, keepAlive: Bool = false, isHead: Bool = false,
        to output: inout [UInt8]
    ) {
        let phrase = Self.phrases[response.status] ?? "Status"
        var head = "HTTP/1.1 \(response.status) \(phrase)\r\n"
        for header in response.headers { head += "\(header.name): \(header.value)\r\n" }
        head += "Content-Length: \(response.body.count)\r\n"
        // AWS sends it, and clients correct their clocks by it.
        head += "Date: \(HTTPTime(now()).text)\r\n"
        if last { head += "Connection: close\r\n" }
        if keepAlive { head += "Connection: keep-alive\r\n" }
        output += (head + "\r\n").utf8
        if !isHead { output += response.body }
        if last { isOver = true }
    }

    /// RFC 9110 section 15, and 431 of RFC 6585.
    private static let phrases = [
        200: "OK", 400: "Bad Request", 401: "Unauthorized", 403: "Forbidden", 404: "Not Found",
        409: "Conflict", 413: "Content Too Large", 417: "Expectation Failed",
        429: "Too Many Requests", 431: "Request Header Fields Too Large",
        500: "Internal Server Error", 501: "Not Implemented", 503: "Service Unavailable",
        505: "HTTP Version Not Supported",
    ]
}

/// A moment as HTTP's `Date` has it: `Sun, 06 Nov 1994 08:49:37 GMT` (RFC 9110 section 5.6.7).
struct HTTPTime {
    let text: String

    /// - Parameter seconds: since 1970, not before.
    init(_ seconds: Int) {
        let (days, rest) = seconds.quotientAndRemainder(dividingBy: .day)
        // Civil date from days, Howard Hinnant, "chrono-compatible low-level date algorithms".
        let shifted = days + 719_468
        let era = shifted / 146_097
        let dayOfEra = shifted % 146_097
        let yearOfEra =
            (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let month = (5 * dayOfYear + 2) / 153
        let day = dayOfYear - (153 * month + 2) / 5 + 1
        let year = yearOfEra + era * 400 + (month >= 10 ? 1 : 0)
        text =
            "\(Self.days[days % 7]), \(Self.two(day)) \(Self.months[month]) \(year)"
            + " \(Self.two(rest / 3_600)):\(Self.two(rest / 60 % 60)):\(Self.two(rest % 60)) GMT"
    }

    private static func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }

    /// From the day of the week of 1 January 1970.
    private static let days = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"]
    /// From March, with which the algorithm's year begins.
    private static let months = [
        "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec", "Jan", "Feb",
    ]
}
