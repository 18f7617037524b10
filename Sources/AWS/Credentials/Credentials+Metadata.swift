internal import JSON
internal import POSIX

extension Credentials {
    /// Bytes that a metadata service's answer may have (aws-c-auth has the same limit).
    static let maximumMetadata = 64 << 10

    /// Reads the document that ECS, EKS and EC2 give: `AccessKeyId`, `SecretAccessKey`, `Token`,
    /// `Expiration`, and `AccountId` where they know it.
    ///
    /// Strict, as smithy-rs is: temporary credentials without token or end are none.
    init(metadata body: [UInt8], source: String) throws(MalformedAnswer) {
        let value: JSON
        do {
            value = try JSON(
                parsing: body, limits: JSONLimits(depth: 16, bytes: Self.maximumMetadata))
        } catch {
            throw MalformedAnswer("the answer is not JSON, at \(error)")
        }
        guard let object = value.object else {
            throw MalformedAnswer("the answer is not a JSON object")
        }
        let answer = JSONAnswer(object)
        if let code = try answer.stringIfPresent("Code"), code != "Success" {
            throw MalformedAnswer("the service says \(code.shown(atMost: 100))")
        }
        guard let expiration = ISO8601.seconds(try answer.string("Expiration")) else {
            throw MalformedAnswer("Expiration is not a time in UTC like 2026-11-23T20:16:00Z")
        }
        self.init(
            accessKeyID: try answer.nonEmpty("AccessKeyId"),
            secretAccessKey: try answer.nonEmpty("SecretAccessKey"),
            sessionToken: try answer.nonEmpty("Token"),
            accountID: blankIsUnset(try answer.stringIfPresent("AccountId")),
            expiration: Int64(expiration), source: source)
    }
}

extension JSONAnswer {
    /// A string that says something.
    func nonEmpty(_ name: String) throws(MalformedAnswer) -> String {
        let text = try string(name)
        guard !text.isEmpty else { throw MalformedAnswer("\(name) is empty") }
        return text
    }
}

extension String {
    /// Text from outside in a message: so many characters at most, safe for a terminal.
    func shown(atMost limit: Int) -> String {
        let start = String(prefix(limit))
        return Terminal.escaped(start.endIndex == endIndex ? start : start + "...")
    }
}
