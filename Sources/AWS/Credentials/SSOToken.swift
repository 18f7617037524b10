internal import Digest
internal import JSON
internal import SigV4

/// What `aws sso login` left in `~/.aws/sso/cache`: the token of somebody who is signed in.
///
/// It prints, dumps and reflects without its tokens.
struct SSOToken: Sendable {
    let accessToken: String
    /// Seconds since 1970.
    let expiration: Int64
    /// What it takes to renew it; `nil` where something is missing.
    let renewal: Renewal?
    /// The whole file, unknown members included.
    private let object: JSONObject

    struct Renewal: Sendable {
        let refreshToken: String
        let clientID: String
        let clientSecret: String
        /// When the client's registration ends, in seconds since 1970.
        let registrationEnd: Int64
    }

    /// The file's name: by the session where there is one, else by the start URL (botocore
    /// `SSOTokenLoader`).
    static func fileName(of source: SSOSource) -> String {
        Hex.encode(SHA1.hash(Array((source.sessionName ?? source.startURL).utf8))) + ".json"
    }

    init(parsing bytes: [UInt8]) throws(MalformedAnswer) {
        let value: JSON
        do {
            value = try JSON(parsing: bytes, limits: JSONLimits(depth: 16))
        } catch {
            throw MalformedAnswer("it is not JSON, at \(error)")
        }
        guard let object = value.object else { throw MalformedAnswer("it is not a JSON object") }
        try self.init(object)
    }

    private init(_ object: JSONObject) throws(MalformedAnswer) {
        let answer = JSONAnswer(object)
        accessToken = try answer.nonEmpty("accessToken")
        guard let end = Self.seconds(try answer.string("expiresAt")) else {
            throw MalformedAnswer("expiresAt is not a time in UTC")
        }
        expiration = end
        if let refreshToken = blankIsUnset(try answer.stringIfPresent("refreshToken")),
            let clientID = blankIsUnset(try answer.stringIfPresent("clientId")),
            let clientSecret = blankIsUnset(try answer.stringIfPresent("clientSecret")),
            let registrationEnd = try answer.stringIfPresent("registrationExpiresAt")
                .flatMap(Self.seconds)
        {
            renewal = Renewal(
                refreshToken: refreshToken, clientID: clientID, clientSecret: clientSecret,
                registrationEnd: registrationEnd)
        } else {
            renewal = nil
        }
        self.object = object
    }

    /// The token that takes its place.
    func renewed(
        by output: SSOOIDC.CreateToken.Output, at now: Int64
    ) throws(MalformedAnswer) -> SSOToken {
        var object = object
        object["accessToken"] = .string(output.accessToken)
        object["expiresAt"] = .string(Self.text(now + Int64(output.expiresIn)))
        if let refreshToken = output.refreshToken { object["refreshToken"] = .string(refreshToken) }
        return try SSOToken(object)
    }

    /// The file that holds it.
    var file: [UInt8] { JSON.object(object).compactBytes }

    /// Older versions of the AWS CLI write `UTC` for `Z`.
    private static func seconds(_ text: String) -> Int64? {
        let text = text.hasSuffix("UTC") ? text.dropLast(3) + "Z" : text
        return ISO8601.seconds(text).map(Int64.init)
    }

    /// `2026-11-23T20:16:00Z`.
    static func text(_ seconds: Int64) -> String {
        let basic = Array(SigningDate(secondsSince1970: Int(seconds)).basic.utf8)
        guard basic.count == 16 else { return "" }
        func part(_ range: Range<Int>) -> String { String(decoding: basic[range], as: UTF8.self) }
        return "\(part(0..<4))-\(part(4..<6))-\(part(6..<11)):\(part(11..<13)):\(part(13..<16))"
    }
}

extension SSOToken: CustomStringConvertible, CustomReflectable {
    var description: String { "a token until \(Self.text(expiration))" }
    var customMirror: Mirror { Mirror(self, children: []) }
}
