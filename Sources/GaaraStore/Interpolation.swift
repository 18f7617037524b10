internal import POSIX

/// What `${NAME}` and `${NAME:-default}` stand for while a `.env` text is read from its top.
///
/// python-dotenv's rules: a name that is set is its value, also when that is empty; a name that is
/// not set is its default, without one nothing. A default is not looked into.
struct Interpolation {
    private let environment: [String: String]
    private let precedence: DotEnv.Precedence
    /// What the text has set so far.
    private var assigned: [String: SecretValue?] = [:]

    /// What became of a value.
    struct Result {
        let value: SecretValue
        let isInterpolated: Bool
        let namesUnsetVariable: Bool
    }

    /// The values made by interpolation would have more bytes together than `budget`.
    struct TooLarge: Error {}

    /// Bytes that interpolated values may still take: enough for 64 of the largest that Secrets
    /// Manager holds (65,536), and an end to texts in which every line doubles the one before.
    private var budget = 4 << 20

    init(environment: [String: String], precedence: DotEnv.Precedence) {
        self.environment = environment
        self.precedence = precedence
    }

    mutating func assign(_ key: String, _ value: SecretValue?) {
        assigned[key] = .some(value)
    }

    /// `raw` with its references replaced.
    mutating func resolve(_ raw: ProtectedBytes) throws(TooLarge) -> Result {
        let (replaced, namesUnset) = try raw.withBytes { bytes throws(TooLarge) in
            try replacing(Self.references(in: bytes), in: bytes)
        }
        guard let replaced else {
            return Result(
                value: SecretValue(.string, sharing: raw), isInterpolated: false,
                namesUnsetVariable: false)
        }
        budget -= replaced.byteCount
        return Result(value: replaced, isInterpolated: true, namesUnsetVariable: namesUnset)
    }

    private func replacing(
        _ references: [Reference], in raw: [UInt8]
    ) throws(TooLarge) -> (SecretValue?, namesUnset: Bool) {
        guard !references.isEmpty else { return (nil, false) }
        var size = raw.count
        for reference in references { size += byteCount(reference, in: raw) }
        guard size <= budget else { throw TooLarge() }

        // Reserved at once: growing would leave unwiped copies behind.
        var bytes: [UInt8] = []
        bytes.reserveCapacity(size)
        var cursor = 0
        var namesUnset = false
        for reference in references {
            bytes.append(contentsOf: raw[cursor..<reference.whole.lowerBound])
            namesUnset = !append(reference, in: raw, to: &bytes) || namesUnset
            cursor = reference.whole.upperBound
        }
        bytes.append(contentsOf: raw[cursor...])
        return (SecretValue(.string, bytes), namesUnset)
    }

    private struct Reference {
        let whole: Range<Int>
        let name: Range<Int>
        let fallback: Range<Int>?
    }

    /// The references of `bytes`, none inside another: `${a${b}` has the one name `a${b`.
    private static func references(in bytes: [UInt8]) -> [Reference] {
        var found: [Reference] = []
        var index = 0
        while let start = opening(in: bytes, from: index) {
            let nameStart = start + 2
            let ends: Set = [UInt8(ascii: "}"), UInt8(ascii: ":")]
            guard let nameEnd = bytes[nameStart...].firstIndex(where: ends.contains) else { break }
            if bytes[nameEnd] == UInt8(ascii: "}") {
                index = nameEnd + 1
                found.append(
                    Reference(whole: start..<index, name: nameStart..<nameEnd, fallback: nil))
                continue
            }
            guard nameEnd + 1 < bytes.count, bytes[nameEnd + 1] == UInt8(ascii: "-") else {
                // Every opening before this colon runs into it, too.
                index = nameEnd + 1
                continue
            }
            let fallback = nameEnd + 2
            guard let end = bytes[fallback...].firstIndex(of: UInt8(ascii: "}")) else { break }
            index = end + 1
            found.append(
                Reference(
                    whole: start..<index, name: nameStart..<nameEnd, fallback: fallback..<end))
        }
        return found
    }

    private static func opening(in bytes: [UInt8], from start: Int) -> Int? {
        var index = start
        while let dollar = bytes[index...].firstIndex(of: UInt8(ascii: "$")) {
            index = dollar + 1
            if index < bytes.count, bytes[index] == UInt8(ascii: "{") { return dollar }
        }
        return nil
    }

    /// What a name stands for: `nil` when it is not set, `.some(nil)` when it is a key without `=`.
    private func meaning(_ name: Range<Int>, in bytes: [UInt8]) -> SecretValue?? {
        let name = String(decoding: bytes[name], as: UTF8.self)
        let ofEnvironment = environment[name].map { SecretValue?.some(SecretValue(string: $0)) }
        let ofFile = assigned[name]
        switch precedence {
        case .file: return ofFile ?? ofEnvironment
        case .environment: return ofEnvironment ?? ofFile
        }
    }

    private func byteCount(_ reference: Reference, in bytes: [UInt8]) -> Int {
        guard let value = meaning(reference.name, in: bytes) else {
            return reference.fallback?.count ?? 0
        }
        return value?.byteCount ?? 0
    }

    /// Appends what the reference stands for; `false` when that is nothing, since it is not set.
    private func append(
        _ reference: Reference, in raw: [UInt8], to bytes: inout [UInt8]
    ) -> Bool {
        guard let value = meaning(reference.name, in: raw) else {
            guard let fallback = reference.fallback else { return false }
            bytes.append(contentsOf: raw[fallback])
            return true
        }
        value?.bytes.withSpan { span in
            for index in span.indices { bytes.append(span[index]) }
        }
        return true
    }
}
