internal import Digest

/// A request's signature with the texts that it was computed over.
package struct Signature: Hashable, Sendable {
    package let canonicalRequest: String
    package let stringToSign: String
    /// 64 lower-case hexadecimal digits.
    package let signature: String
    /// The value of the `Authorization` header.
    package let authorization: String

    init(
        of canonical: CanonicalRequest, at date: SigningDate, in scope: CredentialScope,
        with credential: SigningCredential
    ) {
        canonicalRequest = canonical.text
        stringToSign = [
            SigV4.algorithm, date.basic, scope.description,
            Hex.encode(SHA256.hash(Array(canonical.text.utf8))),
        ].joined(separator: "\n")
        let key = scope.signingKey(secretAccessKey: credential.secretAccessKey)
        signature = Hex.encode(HMACSHA256.code(key: key, message: Array(stringToSign.utf8)))
        authorization =
            "\(SigV4.algorithm) Credential=\(credential.accessKeyID)/\(scope), "
            + "SignedHeaders=\(canonical.signedHeaders), Signature=\(signature)"
    }
}
