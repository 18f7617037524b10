/// Request line and headers, read strictly (RFC 9112 sections 2 to 5), and the head of an answer.
struct LoopbackHead {
    let method: String
    let target: String
    let headers: [LoopbackListener.Header]
    /// Whether another request may follow on the connection (RFC 9112 section 9.3).
    let keepsConnection: Bool

    /// `nil` for what is not an HTTP/1 head, folded lines and control characters included.
    init?(_ bytes: ArraySlice<UInt8>) {
        guard let text = String(validating: bytes, as: UTF8.self) else { return nil }
        // A Swift character may be "\r\n" as a whole: split the scalars.
        var lines = text.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false)
            .map { line in String(line.last == "\r" ? line.dropLast() : line) }
        lines.removeAll { $0.isEmpty }
        let controls = lines.contains { line in
            line.unicodeScalars.contains { $0.value < 0x20 && $0 != "\t" || $0.value == 0x7F }
        }
        guard !controls, let first = lines.first else { return nil }
        let parts = first.split(separator: " ", omittingEmptySubsequences: false)
        guard parts.count == 3, !parts[0].isEmpty, parts[1].hasPrefix("/"),
            parts[2] == "HTTP/1.1" || parts[2] == "HTTP/1.0"
        else { return nil }

        var headers: [LoopbackListener.Header] = []
        for line in lines.dropFirst() {
            guard let colon = line.firstIndex(of: ":"), colon != line.startIndex,
                !line[..<colon].contains(where: { $0 == " " || $0 == "\t" })
            else { return nil }
            let value = line[line.index(after: colon)...]
            headers.append(.init(String(line[..<colon]), Self.trimmed(value)))
        }
        method = String(parts[0])
        target = String(parts[1])
        self.headers = headers
        let connection = Self.first("connection", in: headers)?.lowercased()
        keepsConnection =
            parts[2] == "HTTP/1.1" ? connection != "close" : connection == "keep-alive"
    }

    func header(_ name: String) -> String? { Self.first(name, in: headers) }

    private static func first(_ name: String, in headers: [LoopbackListener.Header]) -> String? {
        headers.first { $0.name.lowercased() == name }?.value
    }

    private static func trimmed(_ text: Substring) -> String {
        let isBlank: (Character) -> Bool = { $0 == " " || $0 == "\t" }
        var text = text.drop(while: isBlank)
        while let last = text.last, isBlank(last) { text.removeLast() }
        return String(text)
    }

    /// The head of an answer, up to and with the empty line.
    static func answer(
        status: Int, headers: [LoopbackListener.Header], bodyCount: Int, isLast: Bool
    ) -> [UInt8] {
        var lines = ["HTTP/1.1 \(status) \(phrases[status] ?? "Status \(status)")"]
        lines += headers.map { "\($0.name): \($0.value)" }
        if first("content-length", in: headers) == nil {
            lines.append("Content-Length: \(bodyCount)")
        }
        if isLast { lines.append("Connection: close") }
        return Array((lines.joined(separator: "\r\n") + "\r\n\r\n").utf8)
    }

    private static let phrases = [
        200: "OK", 302: "Found", 400: "Bad Request", 403: "Forbidden", 404: "Not Found",
        411: "Length Required", 413: "Content Too Large", 431: "Request Header Fields Too Large",
        500: "Internal Server Error", 501: "Not Implemented", 503: "Service Unavailable",
    ]
}
