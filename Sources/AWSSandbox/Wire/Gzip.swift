internal import HTTP

/// Bodies that come compressed, as the SDKs send large PutMetricData (botocore
/// `requestcompression`).
///
/// RFC 1952 for the frame, RFC 1951 for what is in it. Only reads.
enum Gzip {
    /// What was compressed; `nil` when it is no such file, is damaged, or is longer than `limit`.
    static func unpacked(_ bytes: [UInt8], atMost limit: Int) -> [UInt8]? {
        guard bytes.count >= 18, bytes[0] == 0x1f, bytes[1] == 0x8b, bytes[2] == 8,
            let start = endOfHeader(bytes)
        else { return nil }
        var reader = BitReader(bytes: bytes, position: start)
        guard let output = reader.inflate(atMost: limit) else { return nil }
        let trailer = reader.position
        guard bytes.count >= trailer + 8 else { return nil }
        func word(_ place: Int) -> UInt32 {
            (0..<4).reduce(0) { $0 | UInt32(bytes[place + $1]) << UInt32($1 * 8) }
        }
        let isWhole =
            word(trailer) == checksum(output)
            && word(trailer + 4) == UInt32(truncatingIfNeeded: output.count)
        return isWhole ? output : nil
    }

    /// Behind the optional fields that the flags announce.
    private static func endOfHeader(_ bytes: [UInt8]) -> Int? {
        let flags = bytes[3]
        var place = 10
        if flags & 4 != 0 {
            guard place + 2 <= bytes.count else { return nil }
            place += 2 + Int(bytes[place]) + Int(bytes[place + 1]) << 8
        }
        for flag in [8, 16] as [UInt8] where flags & flag != 0 {
            guard place < bytes.count, let end = bytes[place...].firstIndex(of: 0) else {
                return nil
            }
            place = end + 1
        }
        if flags & 2 != 0 { place += 2 }
        return place < bytes.count ? place : nil
    }

    /// CRC-32 of RFC 1952 section 8.
    private static func checksum(_ bytes: [UInt8]) -> UInt32 {
        var value = UInt32.max
        for byte in bytes {
            value ^= UInt32(byte)
            for _ in 0..<8 { value = value >> 1 ^ (value & 1 == 1 ? 0xedb8_8320 : 0) }
        }
        return ~value
    }
}

extension FrontDoor.Visit {
    /// The body, unpacked where it says that it is compressed; at most 1 MB is taken
    /// (botocore PutMetricData).
    func unpackedBody() throws(Refused) -> [UInt8] {
        let encoding = request.headers.first { $0.name.lowercased() == "content-encoding" }?.value
        guard let encoding else { return request.body }
        guard encoding == "gzip", let body = Gzip.unpacked(request.body, atMost: 1 << 20) else {
            throw Refused(.unreadable)
        }
        return body
    }
}

/// Bits of a compressed stream, the lowest of each byte first.
private struct BitReader {
    let bytes: [UInt8]
    /// Of the next whole byte.
    private(set) var position: Int
    private var held: UInt32 = 0
    private var count: UInt32 = 0

    init(bytes: [UInt8], position: Int) {
        self.bytes = bytes
        self.position = position
    }

    private mutating func bits(_ wanted: UInt32) -> Int? {
        while count < wanted {
            guard position < bytes.count else { return nil }
            held |= UInt32(bytes[position]) << count
            position += 1
            count += 8
        }
        let value = held & (1 << wanted - 1)
        held >>= wanted
        count -= wanted
        return Int(value)
    }

    mutating func inflate(atMost limit: Int) -> [UInt8]? {
        var output: [UInt8] = []
        while true {
            guard let isLast = bits(1), let kind = bits(2) else { return nil }
            let isGood =
                switch kind {
                case 0: copy(to: &output, limit)
                case 1: decode(Huffman.fixed.0, Huffman.fixed.1, to: &output, limit)
                case 2: decodeDynamic(to: &output, limit)
                default: false
                }
            guard isGood else { return nil }
            if isLast == 1 { return output }
        }
    }

    /// A block that is not compressed begins at a whole byte.
    private mutating func copy(to output: inout [UInt8], _ limit: Int) -> Bool {
        (held, count) = (0, 0)
        guard let length = bits(16), let inverse = bits(16), length == ~inverse & 0xffff,
            position + length <= bytes.count, output.count + length <= limit
        else { return false }
        output += bytes[position..<position + length]
        position += length
        return true
    }

    private mutating func symbol(of code: Huffman) -> Int? {
        var (value, first, index) = (0, 0, 0)
        for length in 1...15 {
            guard let bit = bits(1) else { return nil }
            value |= bit
            let count = code.counts[length]
            if value - count < first { return code.symbols[index + value - first] }
            index += count
            first = (first + count) << 1
            value <<= 1
        }
        return nil
    }

    private mutating func decode(
        _ literals: Huffman, _ distances: Huffman, to output: inout [UInt8], _ limit: Int
    ) -> Bool {
        while true {
            guard let symbol = symbol(of: literals) else { return false }
            if symbol == 256 { return true }
            if symbol < 256 {
                guard output.count < limit else { return false }
                output.append(UInt8(symbol))
                continue
            }
            guard symbol < 286, let extra = bits(UInt32(Self.lengths[symbol - 257].1)),
                let place = self.symbol(of: distances), place < 30,
                let more = bits(UInt32(Self.distances[place].1))
            else { return false }
            let length = Self.lengths[symbol - 257].0 + extra
            let distance = Self.distances[place].0 + more
            guard distance <= output.count, output.count + length <= limit else { return false }
            for _ in 0..<length { output.append(output[output.count - distance]) }
        }
    }

    /// A block that brings its own codes (RFC 1951 section 3.2.7).
    private mutating func decodeDynamic(to output: inout [UInt8], _ limit: Int) -> Bool {
        guard let literals = bits(5), let distances = bits(5), let codes = bits(4) else {
            return false
        }
        var lengths = [Int](repeating: 0, count: 19)
        let order = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15]
        for place in order.prefix(codes + 4) {
            guard let length = bits(3) else { return false }
            lengths[place] = length
        }
        guard let code = Huffman(lengths) else { return false }
        var all: [Int] = []
        let wanted = literals + 257 + distances + 1
        while all.count < wanted {
            guard let symbol = symbol(of: code) else { return false }
            switch symbol {
            case 16:
                guard let last = all.last, let extra = bits(2) else { return false }
                all += [Int](repeating: last, count: 3 + extra)
            case 17, 18:
                guard let extra = bits(symbol == 17 ? 3 : 7) else { return false }
                all += [Int](repeating: 0, count: (symbol == 17 ? 3 : 11) + extra)
            default: all.append(symbol)
            }
        }
        guard all.count == wanted, all[256] > 0,
            let first = Huffman(Array(all.prefix(literals + 257))),
            let second = Huffman(Array(all.suffix(distances + 1)))
        else { return false }
        return decode(first, second, to: &output, limit)
    }

    /// RFC 1951 section 3.2.5: the least of each code, and how many bits more it has.
    private static let lengths: [(Int, Int)] =
        table(first: 3, still: 8, step: 4, count: 28) + [(258, 0)]
    private static let distances = table(first: 1, still: 4, step: 2, count: 30)

    private static func table(first: Int, still: Int, step: Int, count: Int) -> [(Int, Int)] {
        var (next, entries) = (first, [(Int, Int)]())
        for index in 0..<count {
            let bits = index < still ? 0 : (index - still) / step + 1
            entries.append((next, bits))
            next += 1 << bits
        }
        return entries
    }
}

/// A canonical prefix code: how many codes of each length, and their symbols in order.
private struct Huffman {
    let counts: [Int]
    let symbols: [Int]

    /// `nil` when there are more codes than their lengths allow.
    init?(_ lengths: [Int]) {
        var counts = [Int](repeating: 0, count: 16)
        for length in lengths { counts[length] += 1 }
        counts[0] = 0
        var left = 1
        for length in 1...15 {
            left = left << 1 - counts[length]
            if left < 0 { return nil }
        }
        self.counts = counts
        symbols = (1...15).flatMap { length in
            lengths.indices.filter { lengths[$0] == length }
        }
    }

    private init(counts: [Int], symbols: [Int]) { (self.counts, self.symbols) = (counts, symbols) }

    private static let none = Huffman(counts: [Int](repeating: 0, count: 16), symbols: [])

    /// The codes of RFC 1951 section 3.2.6.
    static let fixed: (Huffman, Huffman) = {
        let literals = (0..<288).map { $0 < 144 ? 8 : $0 < 256 ? 9 : $0 < 280 ? 7 : 8 }
        return (
            Huffman(literals) ?? none, Huffman([Int](repeating: 5, count: 30)) ?? none
        )
    }()
}
