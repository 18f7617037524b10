import HTTP
import JSON

extension Side {
    /// The request of a call, unsigned: JSON, or a form for IAM (botocore 1.44.5, `metadata`).
    static func request(service: String, operation: String, _ input: JSON) -> HTTPRequest {
        let isForm = service == "iam"
        let host = HTTPHeader(
            "Host", isForm ? "iam.amazonaws.com" : "\(service).us-east-1.amazonaws.com")
        guard isForm else {
            let target =
                ["kms": "TrentService", "monitoring": "GraniteServiceVersion20100801"][service]
                ?? service
            let version = service == "monitoring" ? "1.0" : "1.1"
            return HTTPRequest(
                method: "POST", scheme: .http, host: host.value,
                headers: [
                    host, HTTPHeader("Content-Type", "application/x-amz-json-\(version)"),
                    HTTPHeader("X-Amz-Target", "\(target).\(operation)"),
                ], body: input.compactBytes)
        }
        let fields = [("Action", operation), ("Version", "2010-05-08")] + fields(of: input)
        let form = fields.map { "\($0.0)=\(encoded($0.1))" }.joined(separator: "&")
        return HTTPRequest(
            method: "POST", scheme: .http, host: host.value,
            headers: [
                host,
                HTTPHeader("Content-Type", "application/x-www-form-urlencoded; charset=utf-8"),
            ], body: Array(form.utf8))
    }

    private static func fields(of value: JSON, under path: String = "") -> [(String, String)] {
        switch value {
        case .object(let object):
            object.members.flatMap { member in
                fields(of: member.value, under: path.isEmpty ? member.key : "\(path).\(member.key)")
            }
        case .array(let elements):
            elements.enumerated().flatMap { position, element in
                fields(of: element, under: "\(path).member.\(position + 1)")
            }
        case .string(let text): [(path, text)]
        default: [(path, value.compact)]
        }
    }

    private static func encoded(_ text: String) -> String {
        text.utf8.map { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"):
                String(Unicode.Scalar(byte))
            default: (byte < 16 ? "%0" : "%") + String(byte, radix: 16, uppercase: true)
            }
        }.joined()
    }
}
