internal import Digest

extension SigV4 {
    /// Who signed a received request, and for what.
    package struct Verified: Hashable, Sendable {
        package let credential: SigningCredential
        package let scope: CredentialScope
        package let date: SigningDate
    }

    /// Verifies the signature of a request as it was received, `Authorization` and `X-Amz-Date`
    /// among its headers.
    ///
    /// Region, service and the age of the date are for the caller to judge by the answer.
    ///
    /// - Parameter credential: the credential of an access key id, or `nil` when nobody has it.
    package static func verify(
        _ request: SignableRequest, options: Options = Options(),
        credential: (_ accessKeyID: String) -> SigningCredential?
    ) throws(SignatureFault) -> Verified {
        guard let value = request.header("authorization") else { throw .missing }
        let header = try AuthorizationHeader(parsing: value)
        guard let date = request.header(Self.date.lowercased()).flatMap(SigningDate.init(basic:)),
            ["host", Self.date.lowercased()].allSatisfy(header.signedHeaders.contains)
        else { throw .malformed }
        guard let credential = credential(header.accessKeyID) else { throw .unknownAccessKey }
        try checkToken(of: request, against: credential)
        guard header.scope.day == date.day else { throw .wrongDay }

        let expected = Signature(
            of: try canonicalRequest(of: request, covering: header, options: options),
            at: date, in: header.scope, with: credential)
        guard constantTimeEquals(Array(expected.signature.utf8), Array(header.signature.utf8))
        else { throw .mismatch }
        return Verified(credential: credential, scope: header.scope, date: date)
    }

    private static func canonicalRequest(
        of request: SignableRequest, covering header: AuthorizationHeader, options: Options
    ) throws(SignatureFault) -> CanonicalRequest {
        let names = Set(header.signedHeaders)
        let covered = request.headers.filter { names.contains($0.name.lowercased()) }
        let canonical = CanonicalRequest(
            method: request.method, target: request.target, headers: covered, body: request.body,
            normalizesPath: options.normalizesPath)
        // A name that is listed twice, out of order or without its header.
        guard canonical.signedHeaders == header.signedHeaders.joined(separator: ";") else {
            throw .malformed
        }
        return canonical
    }

    private static func checkToken(
        of request: SignableRequest, against credential: SigningCredential
    ) throws(SignatureFault) {
        let sent = request.headers.filter { $0.name.lowercased() == Self.token.lowercased() }
        guard let token = credential.sessionToken else {
            guard sent.isEmpty else { throw .wrongSessionToken }
            return
        }
        guard sent.count == 1, let first = sent.first,
            constantTimeEquals(Array(first.value.utf8), Array(token.utf8))
        else { throw .wrongSessionToken }
    }
}
