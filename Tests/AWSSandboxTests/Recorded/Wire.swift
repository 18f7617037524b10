import AWS
import AWSSandbox
import HTTP
import JSON
import SigV4

/// Calls of any operation by name, as a program without a client would send them.
struct Wire {
    /// An answer of any protocol.
    struct Reply: Sendable {
        let status: Int
        var code: String?
        var text: String?
        /// How the body spells the name of the text: `message` or `Message`; in XML `Message`.
        var member: String?
        /// Dotted paths of what is in the answer.
        ///
        /// Lists and their elements are one; the keys of a map are not members.
        var members: Set<String> = []
        var json: JSON?
        var xml: XMLElement?
    }

    let bench: Bench
    let credential: SigningCredential

    init(_ bench: Bench, as principal: String = "user/alice") {
        self.init(bench, credential: bench.account.accessKey(for: principal))
    }

    init(_ bench: Bench, credential: SigningCredential) {
        self.bench = bench
        self.credential = credential
    }

    /// - Parameters:
    ///   - operation: `kms DescribeKey`.
    ///   - inQueryMode: whether CloudWatch is asked for its older codes, as botocore does.
    ///   - input: as JSON for every protocol; a form is made from it for IAM and STS.
    func call(
        _ operation: String, _ input: JSON = [:], in region: String = Bench.region,
        inQueryMode: Bool = true
    ) async throws -> Reply {
        let words = operation.split(separator: " ").map(String.init)
        var request = request(service: words[0], operation: words[1], input, region)
        if inQueryMode, words[0] == "monitoring" {
            request.headers.append(HTTPHeader("x-amzn-query-mode", "true"))
        }
        request.headers += SigV4(region: region, service: words[0]).sign(
            SignableRequest(
                method: request.method, target: request.target,
                headers: request.headers.map { (name: $0.name, value: $0.value) },
                body: request.body),
            with: credential, at: SigningDate(secondsSince1970: bench.sandbox.now)
        ).map { HTTPHeader($0.name, $0.value) }
        let response = try await bench.sandbox.send(request)
        if response.status == 501, LeftOut.waiting.contains(operation) {
            throw Waiting(operation: operation)
        }
        return Reply(response, to: words[1])
    }

    // botocore 1.44.5, `metadata` of the services' models.
    private static let targets = [
        "kms": "TrentService", "secretsmanager": "secretsmanager",
        "monitoring": "GraniteServiceVersion20100801",
        "tagging": "ResourceGroupsTaggingAPI_20170126",
    ]
    private static let versions = ["iam": "2010-05-08", "sts": "2011-06-15"]

    private func request(
        service: String, operation: String, _ input: JSON, _ region: String
    ) -> HTTPRequest {
        let host = HTTPHeader("Host", "\(service).\(region).amazonaws.com")
        if let target = Self.targets[service] {
            let version = service == "monitoring" ? "1.0" : "1.1"
            return HTTPRequest(
                method: "POST", scheme: .https, host: host.value,
                headers: [
                    host, HTTPHeader("Content-Type", "application/x-amz-json-\(version)"),
                    HTTPHeader("X-Amz-Target", "\(target).\(operation)"),
                ], body: input.compactBytes)
        }
        if let version = Self.versions[service] {
            let fields = [("Action", operation), ("Version", version)] + Self.fields(of: input)
            let form = fields.map { "\($0.0)=\(Self.encoded($0.1))" }.joined(separator: "&")
            return HTTPRequest(
                method: "POST", scheme: .https, host: host.value,
                headers: [
                    host,
                    HTTPHeader("Content-Type", "application/x-www-form-urlencoded; charset=utf-8"),
                ], body: Array(form.utf8))
        }
        return lambda(operation, input, host)
    }

    /// botocore's `requestUri` of the three operations.
    private func lambda(_ operation: String, _ input: JSON, _ host: HTTPHeader) -> HTTPRequest {
        let method = ["GetPolicy": "GET", "AddPermission": "POST"][operation] ?? "DELETE"
        func part(_ key: String) -> String { Self.encoded(input[key]?.string ?? "") }
        var target = "/2015-03-31/functions/\(part("FunctionName"))/policy"
        if method == "DELETE" { target += "/\(part("StatementId"))" }
        let inQuery = method == "DELETE" ? ["Qualifier", "RevisionId"] : ["Qualifier"]
        let query = inQuery.filter { input[$0] != nil }.map { "\($0)=\(part($0))" }
        if !query.isEmpty { target += "?" + query.joined(separator: "&") }
        let body = (input.object?.members ?? []).filter {
            !["FunctionName", "Qualifier"].contains($0.key)
        }.map { ($0.key, $0.value) }
        return HTTPRequest(
            method: method, scheme: .https, host: host.value, target: target,
            headers: [host, HTTPHeader("Content-Type", "application/json")],
            body: method == "POST" ? JSON.object(JSONObject(body)).compactBytes : [])
    }

    /// The fields of a form: lists as `Name.member.1`, members of structures behind a dot.
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
        var encoded = ""
        for byte in text.utf8 {
            let scalar = Unicode.Scalar(byte)
            if scalar.isASCII,
                scalar.properties.isAlphabetic || ("0"..."9").contains(scalar)
                    || "-._~".unicodeScalars.contains(scalar)
            {
                encoded.unicodeScalars.append(scalar)
            } else {
                let digits = String(byte, radix: 16, uppercase: true)
                encoded += digits.count == 1 ? "%0\(digits)" : "%\(digits)"
            }
        }
        return encoded
    }
}

extension Wire.Reply {
    fileprivate init(_ response: HTTPResponse, to operation: String) {
        self.init(status: response.status)
        json = response.json
        if let object = json?.object {
            let kind =
                response.header("x-amzn-query-error")?.split(separator: ";").first.map(String.init)
                ?? object["__type"]?.string ?? response.header("x-amzn-errortype")
            code = status < 400 ? nil : kind?.split(separator: "#").last.map(String.init)
            member = ["message", "Message"].first { object[$0] != nil }
            text = code == nil ? nil : member.flatMap { object[$0]?.string }
            Self.gather(.object(object), under: "", into: &members)
        } else if let root = try? XMLElement(parsing: response.body) {
            xml = root
            let error = root.childIfPresent("Error")
            code = error?.stringIfPresent("Code")
            text = error?.stringIfPresent("Message")
            if let result = root.childIfPresent("\(operation)Result") {
                Self.gather(result, under: "", into: &members)
            }
        }
    }

    private static let maps: Set<String> = [
        "VersionIdsToStages", "SecretVersionsToStages", "EncryptionContext",
    ]

    private static func gather(_ value: JSON, under path: String, into members: inout Set<String>) {
        for element in value.array ?? [] { gather(element, under: path, into: &members) }
        for (key, value) in value.object?.members ?? [] {
            let path = path.isEmpty ? key : "\(path).\(key)"
            members.insert(path)
            if !maps.contains(key) { gather(value, under: path, into: &members) }
        }
    }

    private static func gather(
        _ element: XMLElement, under path: String, into members: inout Set<String>
    ) {
        for child in element.children {
            guard child.name != "member" else {
                gather(child, under: path, into: &members)
                continue
            }
            let path = path.isEmpty ? child.name : "\(path).\(child.name)"
            members.insert(path)
            gather(child, under: path, into: &members)
        }
    }
}
