/// An element of an XML answer.
struct XML {
    private let text: String

    /// An element that holds `value`, escaped.
    init(_ name: String, _ value: String) {
        text = "<\(name)>\(Self.escaped(value))</\(name)>"
    }

    init(_ name: String, _ value: Int) { self.init(name, String(value)) }

    init(_ name: String, _ value: Bool) { self.init(name, String(value)) }

    /// An element that holds elements.
    init(_ name: String, _ children: [XML], attributes: String = "") {
        let content = children.map(\.text).joined()
        let space = attributes.isEmpty ? "" : " "
        text = "<\(name)\(space)\(attributes)>\(content)</\(name)>"
    }

    /// A list as the query protocol writes it: each element is called `member`.
    init(list name: String, of members: [[XML]]) {
        self.init(name, members.map { XML("member", $0) })
    }

    /// A list of texts.
    init(list name: String, ofTexts texts: [String]) {
        self.init(name, texts.map { XML("member", $0) })
    }

    var bytes: [UInt8] { Array(text.utf8) }

    private static func escaped(_ text: String) -> String {
        var escaped = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": escaped += "&amp;"
            case "<": escaped += "&lt;"
            case ">": escaped += "&gt;"
            case "\"": escaped += "&quot;"
            case "\r": escaped += "&#13;"
            default: escaped.unicodeScalars.append(scalar)
            }
        }
        return escaped
    }
}

extension String {
    /// Percent-encoded but for RFC 3986's unreserved characters, as IAM sends documents
    /// (botocore GetPolicyVersion).
    var percentEncoded: String {
        var encoded = ""
        for byte in utf8 {
            switch byte {
            case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."),
                UInt8(ascii: "_"), UInt8(ascii: "~"):
                encoded.unicodeScalars.append(Unicode.Scalar(byte))
            default:
                let digits = String(byte, radix: 16, uppercase: true)
                encoded += digits.count == 1 ? "%0\(digits)" : "%\(digits)"
            }
        }
        return encoded
    }
}
