internal import Digest

/// The one spelling of a request that both sides of a signature compute (AWS General Reference,
/// "Create a canonical request").
package struct CanonicalRequest: Hashable, Sendable {
    package let text: String
    /// Lower-case names in the order of their bytes, joined by semicolons.
    package let signedHeaders: String

    /// - Parameters:
    ///   - headers: those to cover.
    ///   - normalizesPath: empty and dot segments are resolved; every service but S3 does so.
    init(
        method: String, target: String, headers: [(name: String, value: String)], body: [UInt8],
        normalizesPath: Bool
    ) {
        let split = target.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        let path = split.first.map(String.init) ?? ""
        let query = split.count == 2 ? String(split[1]) : ""
        let lines = Self.lines(of: headers)
        signedHeaders = lines.map(\.name).joined(separator: ";")
        text = [
            method,
            Self.path(path, normalizes: normalizesPath),
            Self.query(query),
            lines.map { "\($0.name):\($0.value)\n" }.joined(),
            signedHeaders,
            Hex.encode(SHA256.hash(body)),
        ].joined(separator: "\n")
    }

    /// Headers that are not covered: what a proxy or the HTTP client changes on the way, and what
    /// the signer sets itself (botocore auth.py, SIGNED_HEADERS_BLACKLIST).
    static let neverSigned: Set<String> = [
        "authorization", "baggage", "connection", "expect", "keep-alive", "proxy-authenticate",
        "proxy-authorization", "proxy-connection", "te", "trailer", "transfer-encoding", "upgrade",
        "user-agent", "x-amzn-trace-id", "traceparent", "tracestate",
    ]

    // The path is encoded as it stands, so a `%2F` on the wire is `%252F` here.
    private static func path(_ path: String, normalizes: Bool) -> String {
        let path = normalizes ? withoutDotSegments(path) : path
        return path.isEmpty ? "/" : percentEncoded(path.utf8, keeping: UInt8(ascii: "/"))
    }

    private static func withoutDotSegments(_ path: String) -> String {
        var segments: [Substring] = []
        for segment in path.split(separator: "/") {
            switch segment {
            case ".": break
            case "..": _ = segments.popLast()
            default: segments.append(segment)
            }
        }
        let isFolder = path.hasSuffix("/") && !segments.isEmpty
        return "/" + segments.joined(separator: "/") + (isFolder ? "/" : "")
    }

    // Sorted as pairs: in `key=value` strings `-` and `.` would come before the `=`.
    private static func query(_ query: String) -> String {
        query.split(separator: "&")
            .map { pair in
                let halves = pair.split(
                    separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
                return (
                    key: halves.first.map(recoded) ?? "",
                    value: halves.count == 2 ? recoded(halves[1]) : ""
                )
            }
            .sorted { ($0.key, $0.value) < ($1.key, $1.value) }
            .map { "\($0.key)=\($0.value)" }
            .joined(separator: "&")
    }

    private static func recoded(_ text: Substring) -> String {
        percentEncoded(percentDecoded(text))
    }

    /// Names in lower case, sorted by their bytes; values of one name joined in the order sent.
    private static func lines(
        of headers: [(name: String, value: String)]
    ) -> [(name: String, value: String)] {
        var values: [String: [String]] = [:]
        for header in headers {
            values[header.name.lowercased(), default: []].append(collapsed(header.value))
        }
        return values.map { (name: $0.key, value: $0.value.joined(separator: ",")) }
            .sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
    }

    /// Without white space at the ends, and with one space for each run of it inside, in quotation
    /// marks and at folded lines too.
    private static func collapsed(_ value: String) -> String {
        let isSpace: (UInt8) -> Bool = { $0 == 0x20 || (0x09...0x0d).contains($0) }
        return value.utf8.split(whereSeparator: isSpace).map { String(Substring($0)) }
            .joined(separator: " ")
    }

    private static func percentDecoded(_ text: Substring) -> [UInt8] {
        let bytes = Array(text.utf8)
        var decoded: [UInt8] = []
        var offset = 0
        while offset < bytes.count {
            if bytes[offset] == UInt8(ascii: "%"), offset + 2 < bytes.count,
                let byte = Hex.decode(
                    String(decoding: bytes[offset + 1...offset + 2], as: UTF8.self))
            {
                decoded += byte
                offset += 3
            } else {
                decoded.append(bytes[offset])
                offset += 1
            }
        }
        return decoded
    }

    /// RFC 3986's unreserved characters stay; every other byte becomes `%` and upper-case digits.
    private static func percentEncoded(
        _ bytes: some Sequence<UInt8>, keeping kept: UInt8? = nil
    ) -> String {
        var text: [UInt8] = []
        for byte in bytes {
            switch byte {
            case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."),
                UInt8(ascii: "_"), UInt8(ascii: "~"):
                text.append(byte)
            case kept:
                text.append(byte)
            default:
                text.append(UInt8(ascii: "%"))
                text += Hex.encode([byte]).uppercased().utf8
            }
        }
        return String(decoding: text, as: UTF8.self)
    }
}
