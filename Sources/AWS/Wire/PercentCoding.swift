/// Percent-encoding, in its two readings: RFC 3986, where `+` is a plus sign, and HTML forms, where
/// it is a space.
package enum PercentCoding {
    /// `text` for a form, as botocore writes it: all but `A-Za-z0-9-._~` escaped, space as `+`.
    package static func form(_ text: String) -> String { encode(text, spaceAsPlus: true) }

    /// `text` for one segment of a path or one value of a query: all but `A-Za-z0-9-._~` escaped.
    ///
    /// SigV4 escapes the path once more, so that `:` is `%3A` on the wire and `%253A` in what is
    /// signed.
    package static func label(_ text: String) -> String { encode(text, spaceAsPlus: false) }

    private static func encode(_ text: String, spaceAsPlus: Bool) -> String {
        var encoded: [UInt8] = []
        encoded.reserveCapacity(text.utf8.count)
        for byte in text.utf8 {
            if isUnreserved(byte) {
                encoded.append(byte)
            } else if spaceAsPlus, byte == UInt8(ascii: " ") {
                encoded.append(UInt8(ascii: "+"))
            } else {
                encoded += [
                    UInt8(ascii: "%"), hexDigits[Int(byte >> 4)], hexDigits[Int(byte & 15)],
                ]
            }
        }
        return String(decoding: encoded, as: UTF8.self)
    }

    /// The text that RFC 3986 escapes stand for, such as IAM's policy documents; `nil` for a `%`
    /// without two digits and for bytes that are not UTF-8.
    package static func decode(_ text: String) -> String? {
        decode(text, plusIsSpace: false)
    }

    /// The names and values of a form, in their order; `nil` where one cannot be decoded.
    package static func formMembers(_ body: [UInt8]) -> [(name: String, value: String)]? {
        guard let text = String(validating: body, as: UTF8.self) else { return nil }
        var members: [(name: String, value: String)] = []
        for pair in text.split(separator: "&") {
            let halves = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard let name = decode(String(halves[0]), plusIsSpace: true),
                let value = decode(halves.count == 2 ? String(halves[1]) : "", plusIsSpace: true)
            else { return nil }
            members.append((name, value))
        }
        return members
    }

    private static let hexDigits = Array("0123456789ABCDEF".utf8)

    private static func isUnreserved(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."),
            UInt8(ascii: "_"), UInt8(ascii: "~"):
            true
        default: false
        }
    }

    private static func decode(_ text: String, plusIsSpace: Bool) -> String? {
        var decoded: [UInt8] = []
        var rest = Array(text.utf8)[...]
        while let byte = rest.popFirst() {
            switch byte {
            case UInt8(ascii: "%"):
                guard let high = rest.popFirst().flatMap(value),
                    let low = rest.popFirst().flatMap(value)
                else { return nil }
                decoded.append(high << 4 | low)
            case UInt8(ascii: "+") where plusIsSpace: decoded.append(UInt8(ascii: " "))
            default: decoded.append(byte)
            }
        }
        return String(validating: decoded, as: UTF8.self)
    }

    private static func value(ofDigit digit: UInt8) -> UInt8? {
        switch digit {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): digit - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): digit - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): digit - UInt8(ascii: "A") + 10
        default: nil
        }
    }
}
