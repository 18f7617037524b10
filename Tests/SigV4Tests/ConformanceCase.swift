import Digest
import JSON
import POSIX
import SigV4

/// One case of `Cases/sigv4.json`, whose readme names where each is from.
struct ConformanceCase {
    let id: String
    let request: SignableRequest
    let credential: SigningCredential
    let signer: SigV4
    let date: SigningDate
    let expected: JSON

    init?(_ json: JSON) {
        guard let id = json["id"]?.string, let credentials = json["credentials"],
            let region = json["region"]?.string, let service = json["service"]?.string,
            let date = json["time"]?.string.flatMap(SigningDate.init(basic:)),
            let options = json["options"], let request = json["request"],
            let expected = json["expect"],
            let accessKeyID = credentials["accessKeyId"]?.string,
            let secretAccessKey = credentials["secretAccessKey"]?.string,
            let normalizes = options["normalizePath"]?.bool,
            let addsHash = options["addContentSha256Header"]?.bool,
            let omitsToken = options["omitSessionTokenFromSignature"]?.bool,
            let method = request["method"]?.string, let target = request["target"]?.string,
            let headers = request["headers"]?.array,
            let body = request["body"]?.string.map({ Array($0.utf8) })
                ?? request["bodyBase64"]?.string.flatMap(Base64.decode)
        else { return nil }
        self.id = id
        self.date = date
        self.expected = expected
        credential = SigningCredential(
            accessKeyID: accessKeyID, secretAccessKey: secretAccessKey,
            sessionToken: credentials["sessionToken"]?.string)
        signer = SigV4(
            region: region, service: service,
            options: SigV4.Options(
                normalizesPath: normalizes, addsContentSHA256: addsHash,
                omitsSessionToken: omitsToken))
        self.request = SignableRequest(
            method: method, target: target,
            headers: headers.compactMap { header in
                guard let name = header[0]?.string, let value = header[1]?.string else {
                    return nil
                }
                return (name: name, value: value)
            },
            body: body)
    }

    /// The whole file beside this source, parsed.
    static func file(_ name: String, from source: String = #filePath) throws -> JSON {
        let folder = source.split(separator: "/").dropLast().joined(separator: "/")
        return try JSON(
            parsing: try File.read("/\(folder)/Cases/\(name)", maximumBytes: 1 << 20))
    }
}
