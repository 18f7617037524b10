/// Why a received request is not taken as signed.
package enum SignatureFault: Error, Hashable, Sendable {
    /// There is no `Authorization` header, or several.
    case missing
    /// The header, the date or the list of signed headers is not of the documented form, or a
    /// header that must be covered is not: AWS's IncompleteSignature.
    case malformed
    /// Nobody has that access key id: UnrecognizedClientException, or InvalidClientTokenId.
    case unknownAccessKey
    /// The session token is missing, another one, or sent where there is none: the same answers.
    case wrongSessionToken
    /// The scope's day is not the day of `X-Amz-Date`: SignatureDoesNotMatch.
    case wrongDay
    /// The signature is not that of this request under this key: SignatureDoesNotMatch.
    case mismatch
}
