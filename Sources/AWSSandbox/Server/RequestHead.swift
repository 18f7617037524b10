internal import HTTP

/// Request line and headers of HTTP/1.1, read strictly (RFC 9112 sections 2 to 5).
struct RequestHead {
    /// How the body is delimited.
    enum Framing: Hashable {
        case length(Int)
        case chunked
    }

    let method: String
    /// Path and query, still percent-encoded.
    let target: String
    private(set) var headers: [HTTPHeader] = []
    /// Whether another request may follow on the connection (RFC 9112 section 9.3).
    private(set) var keepsConnection: Bool
    private let isVersion11: Bool

    /// Why a head is refused, as the status of the answer.
    struct Fault: Error, Hashable {
        let status: Int

        init(_ status: Int) { self.status = status }
    }

    /// - Parameter line: without CR LF.
    init(line: ArraySlice<UInt8>) throws(Fault) {
        let parts = line.split(separator: UInt8(ascii: " "), omittingEmptySubsequences: false)
        guard parts.count == 3, !parts[0].isEmpty, parts[0].allSatisfy(\.isTokenByte),
            parts[1].first == UInt8(ascii: "/"), parts[1].allSatisfy({ (0x21...0x7E).contains($0) })
        else { throw Fault(400) }
        switch String(decoding: parts[2], as: UTF8.self) {
        case "HTTP/1.1": isVersion11 = true
        case "HTTP/1.0": isVersion11 = false
        case let other: throw Fault(other.hasPrefix("HTTP/") ? 505 : 400)
        }
        method = String(decoding: parts[0], as: UTF8.self)
        target = String(decoding: parts[1], as: UTF8.self)
        keepsConnection = isVersion11
    }

    /// - Parameter line: without CR LF; one that begins with a space continues another, which is
    ///   refused as everything that two readers may read differently.
    mutating func add(line: ArraySlice<UInt8>) throws(Fault) {
        guard let colon = line.firstIndex(of: UInt8(ascii: ":")), colon != line.startIndex,
            line[..<colon].allSatisfy(\.isTokenByte)
        else { throw Fault(400) }
        var value = line[(colon + 1)...]
        while let first = value.first, first.isBlank { value.removeFirst() }
        while let last = value.last, last.isBlank { value.removeLast() }
        let isClean = value.allSatisfy { $0 >= 0x20 && $0 != 0x7F || $0 == 0x09 }
        guard isClean, let text = String(validating: value, as: UTF8.self) else { throw Fault(400) }
        headers.append(HTTPHeader(String(decoding: line[..<colon], as: UTF8.self), text))
    }

    /// Looks at the head as a whole once its last line is there.
    mutating func finish() throws(Fault) -> Framing {
        guard values("host").count == (isVersion11 ? 1 : values("host").prefix(1).count) else {
            throw Fault(400)
        }
        let words = values("connection").joined(separator: ",").lowercased()
            .split { $0 == "," || $0 == " " || $0 == "\t" }
        if words.contains("close") {
            keepsConnection = false
        } else if words.contains("keep-alive") {
            keepsConnection = true
        }
        return try framing()
    }

    /// Whether the client waits for a word before it sends the body (RFC 9110 section 10.1.1).
    func expectsContinue() throws(Fault) -> Bool {
        guard let expectation = values("expect").first else { return false }
        guard expectation.lowercased() == "100-continue" else { throw Fault(417) }
        return isVersion11
    }

    /// Whether the client must be told that the connection stays.
    var mustSayKeepAlive: Bool { keepsConnection && !isVersion11 }

    // A length beside chunks, or two lengths, is how requests are smuggled (RFC 9112 section 6.1).
    private func framing() throws(Fault) -> Framing {
        let encodings = values("transfer-encoding")
        let lengths = values("content-length")
        if !encodings.isEmpty {
            guard lengths.isEmpty, isVersion11 else { throw Fault(400) }
            guard encodings.count == 1, encodings[0].lowercased() == "chunked" else {
                throw Fault(501)
            }
            return .chunked
        }
        guard let text = lengths.first else { return .length(0) }
        guard lengths.count == 1, !text.isEmpty,
            text.utf8.allSatisfy({ (0x30...0x39).contains($0) })
        else { throw Fault(400) }
        guard text.utf8.count <= 12, let length = Int(text) else { throw Fault(413) }
        return .length(length)
    }

    private func values(_ name: String) -> [String] {
        headers.filter { $0.name.lowercased() == name }.map(\.value)
    }
}

extension UInt8 {
    /// A byte of a method or of a header's name (`tchar`, RFC 9110 section 5.6.2).
    fileprivate var isTokenByte: Bool {
        switch self {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"):
            true
        default: "!#$%&'*+-.^_`|~".utf8.contains(self)
        }
    }

    fileprivate var isBlank: Bool { self == 0x20 || self == 0x09 }
}
