/// A secret that exists for one test, and every form in which it might come to light.
struct Canary: Sendable {
    /// What a finding calls it.
    let name: String
    let text: String
    /// Whether it stands in the environment that the command is given, where it may be then.
    var isInEnvironment = false

    /// A value with characters that each encoding writes otherwise.
    static func value(_ name: String, isInEnvironment: Bool = false) -> Canary {
        Canary(
            name: name, text: "cnry\"/" + random(20) + "/+ \u{E9}&%=",
            isInEnvironment: isInEnvironment)
    }

    /// 40 characters as an AWS secret access key has them.
    static func credential(_ name: String) -> Canary {
        Canary(name: name, text: "cnry+/" + random(30) + "/+Aa", isInEnvironment: true)
    }

    private static func random(_ count: Int) -> String {
        let letters = Array("ABCDEFGHJKMNPQRSTUVWXYZabcdefghjkmnpqrstuvwxyz23456789")
        return String((0..<count).map { _ in letters[Int.random(in: 0..<letters.count)] })
    }

    enum Form: String, CaseIterable, Sendable {
        case plain, base64, percent, form, json, hex, reversed, part
    }

    /// What to look for, each form in every spelling that is common.
    var needles: [(form: Form, bytes: [UInt8])] {
        let utf8 = Array(text.utf8)
        var found: [(Form, [UInt8])] = [
            (.plain, utf8), (.reversed, Array(String(text.reversed()).utf8)),
            (.part, Array(text.dropFirst(6).prefix(20).utf8)),
            (.percent, Self.percentEncoded(utf8, space: "%20")),
            (.form, Self.percentEncoded(utf8, space: "+")),
            (.hex, Self.hex(utf8, digits: "0123456789abcdef")),
            (.hex, Self.hex(utf8, digits: "0123456789ABCDEF")),
            (.json, Self.jsonEscaped(text, slash: "/", isASCII: false)),
            (.json, Self.jsonEscaped(text, slash: "\\/", isASCII: false)),
            (.json, Self.jsonEscaped(text, slash: "/", isASCII: true)),
            (.json, Self.jsonEscaped(text, slash: "\\/", isASCII: true)),
        ]
        for offset in 0..<3 {
            for alphabet in ["+/", "-_"] {
                found.append((.base64, Self.base64(utf8, offset: offset, last: alphabet)))
            }
        }
        return found
    }

    private static func percentEncoded(_ bytes: [UInt8], space: String) -> [UInt8] {
        var result = ""
        for byte in bytes {
            let character = Character(Unicode.Scalar(byte))
            if character == " " {
                result += space
            } else if byte < 0x80,
                character.isLetter || character.isNumber || "-._~".contains(character)
            {
                result.append(character)
            } else {
                result +=
                    "%" + String(decoding: hex([byte], digits: "0123456789ABCDEF"), as: UTF8.self)
            }
        }
        return Array(result.utf8)
    }

    private static func hex(_ bytes: [UInt8], digits: String) -> [UInt8] {
        let digits = Array(digits.utf8)
        return bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }
    }

    private static func jsonEscaped(_ text: String, slash: String, isASCII: Bool) -> [UInt8] {
        var result = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": result += "\\\""
            case "/": result += slash
            case _ where isASCII && !scalar.isASCII:
                let digits = String(scalar.value, radix: 16)
                result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default: result.unicodeScalars.append(scalar)
            }
        }
        return Array(result.utf8)
    }

    /// The letters that stand for `bytes` alone when so many others come before them.
    private static func base64(_ bytes: [UInt8], offset: Int, last: String) -> [UInt8] {
        let letters = Array(
            ("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789" + last).utf8)
        // The first group holds foreign bytes when there are some, the last may be incomplete.
        let whole = Array(bytes.dropFirst(offset == 0 ? 0 : 3 - offset))
        return stride(from: 0, to: whole.count / 3 * 3, by: 3).flatMap { index in
            let group =
                Int(whole[index]) << 16 | Int(whole[index + 1]) << 8 | Int(whole[index + 2])
            return [18, 12, 6, 0].map { letters[group >> $0 & 63] }
        }
    }
}
