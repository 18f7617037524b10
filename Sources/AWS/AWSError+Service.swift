extension AWSError.Kind {
    /// What a service's error code means; by its status where the code is not known here.
    ///
    /// Codes from botocore 1.44.5's models, the front-end codes from the common-errors pages of the
    /// services' API references.
    init(code: String?, status: Int, service: ServiceID) {
        if Throttling.isThrottling(code: code, status: status, service: service) {
            self = .throttled
            return
        }
        switch code {
        case "AccessDenied", "AccessDeniedException", "NotAuthorized", "UnauthorizedOperation",
            "OptInRequired":
            self = .accessDenied
        case "AuthFailure", "ExpiredToken", "ExpiredTokenException", "IncompleteSignature",
            "IncompleteSignatureException", "InvalidAccessKeyId", "InvalidClientTokenId",
            "InvalidSignatureException", "MissingAuthenticationToken",
            "MissingAuthenticationTokenException", "RequestExpired", "RequestInTheFuture",
            "RequestTimeTooSkewed", "SignatureDoesNotMatch", "UnrecognizedClientException":
            self = .rejectedCredentials
        // ResourceNotFound is CloudWatch's.
        case "NotFoundException", "ResourceNotFound", "ResourceNotFoundException", "NoSuchEntity":
            self = .notFound
        case "AlreadyExistsException", "ResourceExistsException", "EntityAlreadyExists":
            self = .alreadyExists
        case "ConcurrentModification", "ConcurrentModificationException", "ConflictException",
            "DeleteConflict", "EntityTemporarilyUnmodifiable", "ResourceConflict":
            self = .conflict
        // InvalidRequestException is Secrets Manager's "not valid for the current state".
        case "DisabledException", "InvalidRequestException", "KMSInvalidStateException":
            self = .invalidState
        case "LimitExceeded", "LimitExceededException", "LimitExceededFault":
            self = .quotaExceeded
        default:
            switch status {
            case 401, 403: self = .accessDenied
            case 500...: self = .unavailable
            default: self = .invalidRequest
            }
        }
    }
}

/// Which refusals mean "too fast": retry behaviour 2.1's list, with one exception.
enum Throttling {
    private static let codes: Set<String> = [
        "Throttling", "ThrottlingException", "ThrottledException", "RequestThrottledException",
        "TooManyRequestsException", "ProvisionedThroughputExceededException",
        "TransactionInProgressException", "RequestLimitExceeded", "BandwidthLimitExceeded",
        "LimitExceededException", "RequestThrottled", "SlowDown", "PriorRequestNotComplete",
        "EC2ThrottledException",
    ]

    static func isThrottling(code: String?, status: Int, service: ServiceID) -> Bool {
        guard let code else { return status == 429 }
        // In KMS and Secrets Manager this is a quota of keys, aliases or versions; both throttle
        // with ThrottlingException (KMS developer guide, "Throttling AWS KMS requests").
        if code == "LimitExceededException", service == .kms || service == .secretsManager {
            return false
        }
        return codes.contains(code)
    }
}

extension AWSError {
    /// The error that a service's answer with a status other than 200 stands for.
    ///
    /// - Parameter remark: what we know of the reason, said before the service's own words.
    init(_ body: ErrorBody, status: Int, operation: Operation, remark: String? = nil) {
        let kind = Kind(code: body.code, status: status, service: operation.service)
        self.init(
            kind, code: body.code,
            [remark, body.message].compactMap { $0 }.joined(separator: "; "),
            operation: operation, status: status,
            requestID: body.requestID)
    }
}
