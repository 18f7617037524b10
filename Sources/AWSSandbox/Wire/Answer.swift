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
                headers: Self.headers(requestID, service.contentType),
                body: output.map(\.compactBytes) ?? [])
        case .rest(let status, let output):
            return HTTPResponse(
                status: status, headers: Self.headers(requestID, service.contentType),
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
    ///
    /// - Parameter inQueryMode: whether the request said `x-amzn-query-mode: true`.
    static func refusal(
        _ refused: Refused, of service: API?, requestID: String, inQueryMode: Bool = false
    ) -> HTTPResponse {
        let refusal = refused.refusal
        switch service?.form {
        case .query: break
        case .rest: return restRefusal(refused, of: service, requestID)
        case .queryCompatibleJSON:
            return compatibleRefusal(refused, requestID, inQueryMode: inQueryMode)
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

    /// A page that no service sends: what a proxy on the way may say in its place.
    static func page(_ status: Int, requestID: String) -> HTTPResponse {
        HTTPResponse(
            status: status, headers: headers(requestID, "text/html"),
            body: Array("<html><body>It works!</body></html>".utf8))
    }

    static func headers(_ requestID: String, _ contentType: String) -> [HTTPHeader] {
        [
            HTTPHeader("x-amzn-RequestId", requestID), HTTPHeader("Content-Type", contentType),
        ] + mark
    }

    /// Says to everybody that this is not AWS (design.md section 6).
    static let mark = [HTTPHeader("x-gaara-sandbox", "1")]
}

extension Answer {
    /// The code stands in a header, and `Type` says whose fault it is; what the front end refuses
    /// has no `Type` (LS test_lambda_api.py test_permission_exceptions).
    ///
    /// The body of the sign-in service is that of RFC 6749 section 5.2 (aws/aws-cli#8561).
    private static func restRefusal(
        _ refused: Refused, of service: API?, _ requestID: String
    ) -> HTTPResponse {
        let refusal = refused.refusal
        // Of Lambda's exceptions these spell the member with a capital (botocore).
        let isCapital = ["ResourceNotFoundException", "ServiceException"].contains(refusal.code)
        var body = JSONObject()
        switch service {
        case .oidc:
            body["error"] = .string(refusal.oauthCode)
            body["error_description"] = .string(refused.message)
        case .lambda:
            if refusal.hasFaultType {
                body["Type"] = .string(refusal.status < 500 ? "User" : "Service")
            }
            body[isCapital ? "Message" : "message"] = .string(refused.message)
        default: body["message"] = .string(refused.message)
        }
        return HTTPResponse(
            status: refusal.status,
            headers: headers(requestID, "application/json")
                + [HTTPHeader("x-amzn-ErrorType", refusal.code)],
            body: JSON.object(body).compactBytes)
    }

    /// In query mode the status and, in a header, the code of the query protocol; without it 400
    /// (LS test_exception_serializing_with_no_shape_in_spec).
    private static func compatibleRefusal(
        _ refused: Refused, _ requestID: String, inQueryMode: Bool
    ) -> HTTPResponse {
        let refusal = refused.refusal
        let space =
            refusal.code == "ValidationException"
            ? "com.amazon.coral.validate" : "com.amazonaws.cloudwatch.v2010_08_01"
        var body: JSONObject = ["__type": .string("\(space)#\(refusal.code)")]
        if !refused.message.isEmpty { body["message"] = .string(refused.message) }
        var headers = headers(requestID, "application/x-amz-json-1.0")
        if inQueryMode {
            let fault = refusal.status < 500 ? "Sender" : "Receiver"
            headers.append(
                HTTPHeader("x-amzn-query-error", "\(refusal.queryCode);\(fault)"))
        }
        return HTTPResponse(
            status: inQueryMode || refusal.status >= 500 ? refusal.status : 400, headers: headers,
            body: JSON.object(body).compactBytes)
    }
}

extension Refusal {
    /// The name of the error in CloudWatch's query protocol (botocore, `error.code` of its shape).
    fileprivate var queryCode: String {
        switch code {
        case "InvalidParameterValueException": "InvalidParameterValue"
        case "InvalidParameterCombinationException": "InvalidParameterCombination"
        case "MissingRequiredParameterException": "MissingParameter"
        case "InvalidFormatFault": "InvalidFormat"
        case "LimitExceededFault": "LimitExceeded"
        case "InternalServiceFault": "InternalServiceError"
        case "ValidationException": "ValidationError"
        case "ThrottlingException": "Throttling"
        case "AccessDeniedException": "AccessDenied"
        default: code
        }
    }

    /// `InvalidGrantException` as `invalid_grant`.
    fileprivate var oauthCode: String {
        var name = ""
        for letter in code.replacing("Exception", with: "") {
            if letter.isUppercase, !name.isEmpty { name += "_" }
            name += letter.lowercased()
        }
        return name
    }

    /// Whether it is one of Lambda's own exceptions, not of what stands before it.
    fileprivate var hasFaultType: Bool {
        ![
            Refusal.constraint.code, Refusal.unsigned.code, Refusal.incompleteSignature.code,
            Refusal.unknownKey.code, Refusal.wrongSignature.code, Refusal.unreadable.code,
            Refusal.denied.code, Refusal.unknownOperation.code,
        ].contains(code)
    }
}

extension API {
    /// Of its answers and of its errors alike.
    fileprivate var contentType: String {
        switch form {
        case .json: "application/x-amz-json-1.1"
        case .queryCompatibleJSON: "application/x-amz-json-1.0"
        case .rest: "application/json"
        case .query: "text/xml"
        }
    }

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
