internal import HTTP

/// Requests out of the bytes of one connection, however these are cut into pieces.
///
/// Strict, and bounded in everything that it keeps. It does no I/O.
struct RequestReader {
    /// What a request may take.
    struct Limits: Sendable {
        /// Bytes of one line of a head.
        var line = 16 << 10
        /// Header lines.
        var headers = 100
        /// Bytes of request line and headers.
        var head = 64 << 10
        /// Bytes of body: the largest that a service here takes is 1 MiB (CloudWatch
        /// PutMetricData, API reference).
        var body = 1 << 20
    }

    enum Event {
        /// The rest is still to come.
        case incomplete
        /// The client waits for `100 Continue`.
        case awaitsContinue
        case request(HTTPRequest, head: RequestHead)
        /// Nothing more can be read from the connection; the status to answer with.
        case refused(status: Int)
    }

    private enum Place {
        case start
        case headers(RequestHead)
        case body(RequestHead, count: Int)
        case chunkSize(RequestHead)
        case chunk(RequestHead, count: Int)
        case chunkEnd(RequestHead)
        case trailers(RequestHead)
    }

    private let limits: Limits
    private var buffer: [UInt8] = []
    /// What of the buffer is used.
    private var offset = 0
    /// Up to where no line end was found.
    private var searched = 0
    private var place = Place.start
    private var headBytes = 0
    private var body: [UInt8] = []
    private var isRefused = false

    init(limits: Limits = Limits()) { self.limits = limits }

    /// Whether a part of a request is there.
    var isWithin: Bool {
        if case .start = place { return offset < buffer.count }
        return true
    }

    mutating func append(_ bytes: ArraySlice<UInt8>) {
        guard !isRefused else { return }
        if offset > 0 {
            buffer.removeFirst(offset)
            searched -= offset
            offset = 0
        }
        buffer += bytes
    }

    /// The next thing that is complete; to be called until it is `incomplete` or `refused`.
    mutating func next() -> Event {
        guard !isRefused else { return .incomplete }
        do throws(RequestHead.Fault) {
            while true {
                if let event = try step() { return event }
            }
        } catch {
            isRefused = true
            buffer = []
            body = []
            return .refused(status: error.status)
        }
    }

    /// One line or one piece of the body; `nil` when there may be more to do at once.
    private mutating func step() throws(RequestHead.Fault) -> Event? {
        switch place {
        case .start:
            guard let line = try line() else { return .incomplete }
            // An empty line before a request is passed over (RFC 9112 section 2.2).
            if line.isEmpty { return nil }
            place = .headers(try RequestHead(line: line))
        case .headers(var head):
            guard let line = try line() else { return .incomplete }
            guard line.isEmpty else {
                guard head.headers.count < limits.headers else { throw .init(431) }
                try head.add(line: line)
                place = .headers(head)
                return nil
            }
            return try beginBody(&head)
        case .body(let head, let count):
            guard take(count) else { return .incomplete }
            return complete(head)
        case .chunkSize(let head):
            guard let line = try line() else { return .incomplete }
            try beginChunk(line, of: head)
        case .chunk(let head, let count):
            guard take(count) else { return .incomplete }
            place = .chunkEnd(head)
        case .chunkEnd(let head):
            guard let line = try line() else { return .incomplete }
            guard line.isEmpty else { throw .init(400) }
            place = .chunkSize(head)
        case .trailers(let head):
            guard let line = try line() else { return .incomplete }
            // Trailers are read and mean nothing here.
            if line.isEmpty { return complete(head) }
        }
        return nil
    }

    private mutating func beginBody(
        _ head: inout RequestHead
    ) throws(RequestHead.Fault) -> Event? {
        let framing = try head.finish()
        let expectsContinue = try head.expectsContinue()
        switch framing {
        case .length(let count):
            guard count <= limits.body else { throw .init(413) }
            body.reserveCapacity(count)
            place = .body(head, count: count)
            return expectsContinue && buffer.count - offset < count ? .awaitsContinue : nil
        case .chunked:
            place = .chunkSize(head)
            return expectsContinue && offset == buffer.count ? .awaitsContinue : nil
        }
    }

    /// - Parameter line: the size in hexadecimal digits; extensions after `;` are passed over.
    private mutating func beginChunk(
        _ line: ArraySlice<UInt8>, of head: RequestHead
    ) throws(RequestHead.Fault) {
        let digits = line.prefix { $0 != UInt8(ascii: ";") && $0 != 0x20 && $0 != 0x09 }
        guard (1...8).contains(digits.count),
            digits.allSatisfy({ Character(UnicodeScalar($0)).isHexDigit }),
            let count = Int(String(decoding: digits, as: UTF8.self), radix: 16)
        else { throw .init(400) }
        guard body.count + count <= limits.body else { throw .init(413) }
        place = count == 0 ? .trailers(head) : .chunk(head, count: count)
    }

    /// Moves so many bytes to the body, or as many as are there; whether these were all.
    private mutating func take(_ count: Int) -> Bool {
        let taken = min(count, buffer.count - offset)
        body += buffer[offset..<offset + taken]
        offset += taken
        searched = offset
        guard taken < count else { return true }
        switch place {
        case .body(let head, _): place = .body(head, count: count - taken)
        case .chunk(let head, _): place = .chunk(head, count: count - taken)
        default: break
        }
        return false
    }

    private mutating func complete(_ head: RequestHead) -> Event {
        let request = HTTPRequest(
            method: head.method, scheme: .http, host: "127.0.0.1", target: head.target,
            headers: head.headers, body: body)
        body = []
        headBytes = 0
        place = .start
        return .request(request, head: head)
    }

    /// The next line without its CR LF, or `nil` while its end is not there.
    private mutating func line() throws(RequestHead.Fault) -> ArraySlice<UInt8>? {
        let end = buffer[max(searched, offset)...].firstIndex(of: UInt8(ascii: "\n"))
        let count = (end ?? buffer.count) - offset
        guard count <= limits.line, headBytes + count <= limits.head else { throw .init(431) }
        guard let end else {
            searched = buffer.count
            return nil
        }
        // Only CR LF ends a line, and CR stands nowhere else.
        guard end > offset, buffer[end - 1] == UInt8(ascii: "\r") else { throw .init(400) }
        let line = buffer[offset..<end - 1]
        guard !line.contains(UInt8(ascii: "\r")) else { throw .init(400) }
        offset = end + 1
        searched = offset
        headBytes += line.count + 2
        return line
    }
}
