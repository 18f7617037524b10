internal import HTTP
internal import JSON

/// What a service says, before it is put into the form of its protocol.
enum Answer {
    /// The output of a JSON operation; `nil` for one without any, which KMS answers with an empty
    /// body.
    case json(JSON?)
    /// The output of a REST operation with its status; `nil` for one without any.
    case rest(Int, JSON?)
    /// The elements of a query operation's result; `nil` for an operation without a result.
    case query([XML]?)

    /// The HTTP answer that AWS would send for it.
    func response(to operation: String, of service: API, requestID: String) -> HTTPResponse {
        switch self {
        case .json(let output):
            return HTTPResponse(
                status: 200,
                headers: Self.headers(requestID, "application/x-amz-json-1.1"),
                body: output.map(\.compactBytes) ?? [])
        case .rest(let status, let output):
            return HTTPResponse(
                status: status, headers: Self.headers(requestID, "application/json"),
                body: output.map(\.compactBytes) ?? [])
        case .query(let result):
            let body = XML(
                "\(operation)Response",
                (result.map { [XML("\(operation)Result", $0)] } ?? [])
                    + [XML("ResponseMetadata", [XML("RequestId", requestID)])],
                attributes: service.xmlNamespace)
            return HTTPResponse(
                status: 200, headers: Self.headers(requestID, "text/xml"), body: body.bytes)
        }
    }

    /// The HTTP answer for a refusal, in the form of that service; JSON where none is known.
    static func refusal(
        _ refused: Refused, of service: API?, requestID: String
    ) -> HTTPResponse {
        let refusal = refused.refusal
        switch service?.form {
        case .query: break
        case .rest: return restRefusal(refused, of: service, requestID)
        case .json, nil:
            var body: JSONObject = ["__type": .string(refusal.code)]
            body[service?.messageKey(for: refusal) ?? "message"] = .string(refused.message)
            return HTTPResponse(
                status: refusal.status,
                headers: headers(requestID, "application/x-amz-json-1.1"),
                body: JSON.object(body).compactBytes)
        }
        let error = XML(
            "Error",
            [
                XML("Type", refusal.status < 500 ? "Sender" : "Receiver"),
                XML("Code", refusal.code), XML("Message", refused.message),
            ])
        let body = XML(
            "ErrorResponse", [error, XML("RequestId", requestID)],
            attributes: service?.xmlNamespace ?? "")
        return HTTPResponse(
            status: refusal.status, headers: headers(requestID, "text/xml"), body: body.bytes)
    }

    static func headers(_ requestID: String, _ contentType: String) -> [HTTPHeader] {
        [
            HTTPHeader("x-amzn-RequestId", requestID), HTTPHeader("Content-Type", contentType),
            // Says to everybody that this is not AWS (design.md section 6).
            HTTPHeader("x-gaara-sandbox", "1"),
        ]
    }
}

extension Answer {
    /// The code stands in a header.
    ///
    /// The body of the sign-in service is that of RFC 6749 section 5.2 (aws/aws-cli#8561).
    private static func restRefusal(
        _ refused: Refused, of service: API?, _ requestID: String
    ) -> HTTPResponse {
        let refusal = refused.refusal
        let isOAuth = service == .oidc
        let body: JSONObject =
            isOAuth
            ? [
                "error": .string(refusal.oauthCode),
                "error_description": .string(refused.message),
            ] : ["message": .string(refused.message)]
        return HTTPResponse(
            status: refusal.status,
            headers: headers(requestID, "application/json")
                + [HTTPHeader("x-amzn-ErrorType", refusal.code)],
            body: JSON.object(body).compactBytes)
    }
}

extension Refusal {
    /// `InvalidGrantException` as `invalid_grant`.
    fileprivate var oauthCode: String {
        var name = ""
        for letter in code.replacing("Exception", with: "") {
            if letter.isUppercase, !name.isEmpty { name += "_" }
            name += letter.lowercased()
        }
        return name
    }
}

extension API {
    fileprivate var xmlNamespace: String {
        guard case .query(_, let namespace) = form else { return "" }
        return "xmlns=\"\(namespace)\""
    }

    /// Secrets Manager writes `Message` in its own errors and in denials, `message` in what its
    /// front end says (LS snapshots; aws/aws-sdk-cpp#1681).
    fileprivate func messageKey(for refusal: Refusal) -> String {
        guard self == .secretsmanager else { return "message" }
        let frontEnd: Set<String> = [
            Refusal.unsigned.code, Refusal.incompleteSignature.code, Refusal.unknownKey.code,
            Refusal.wrongSignature.code, Refusal.constraint.code, Refusal.unreadable.code,
            Refusal.throttled.code, Refusal.unknownOperation.code,
        ]
        return frontEnd.contains(refusal.code) ? "message" : "Message"
    }
}
