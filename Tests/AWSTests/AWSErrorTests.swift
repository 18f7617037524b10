import Testing

@testable import AWS

@Suite("AWSError")
struct AWSErrorTests {
    @Test("a service's text is bounded, and its control characters are escaped")
    func readable() {
        let error = AWSError(
            .invalidRequest, code: "Bad\u{1b}",
            "line\nbreak\u{202e}"
                + String(repeating: "x", count: 3_000), requestID: "r\r\n1")
        #expect(error.message.utf8.count <= 1_024)
        #expect(error.message.hasSuffix("..."))
        #expect(!error.description.contains("\n"))
        #expect(!error.description.contains("\u{1b}"))
        #expect(!error.description.contains("\u{202e}"))
    }

    @Test("an error before any call is its message alone")
    func alone() {
        #expect(AWSError(.region, "no region is set").description == "no region is set")
    }

    @Test(
        "a code has its meaning, in KMS and Secrets Manager a limit is a quota of things",
        arguments: [
            ("ThrottlingException", 400, ServiceID.kms, AWSError.Kind.throttled),
            ("Throttling", 400, .iam, .throttled), (nil, 429, .kms, .throttled),
            ("LimitExceededException", 400, .kms, .quotaExceeded),
            ("LimitExceededException", 400, .secretsManager, .quotaExceeded),
            ("LimitExceeded", 409, .iam, .quotaExceeded),
            ("LimitExceededException", 400, .sts, .throttled),
            ("NoSuchEntity", 404, .iam, .notFound), ("DeleteConflict", 409, .iam, .conflict),
            ("InvalidRequestException", 400, .secretsManager, .invalidState),
            ("KMSInternalException", 500, .kms, .unavailable),
            ("UnheardOf", 400, .kms, .invalidRequest), (nil, 403, .sts, .accessDenied),
            ("SignatureDoesNotMatch", 403, .iam, .rejectedCredentials),
        ] as [(String?, Int, ServiceID, AWSError.Kind)])
    func kinds(code: String?, status: Int, service: ServiceID, kind: AWSError.Kind) {
        #expect(AWSError.Kind(code: code, status: status, service: service) == kind)
    }
}
