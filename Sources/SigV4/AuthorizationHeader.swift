/// What the `Authorization` header of a signed request says.
package struct AuthorizationHeader: Hashable, Sendable {
    package let accessKeyID: String
    package let scope: CredentialScope
    /// Lower-case names, in their order.
    package let signedHeaders: [String]
    /// 64 hexadecimal digits, as they were sent.
    package let signature: String

    /// Reads the header's value; throws `SignatureFault.malformed` for anything that is not of the
    /// form that AWS documents.
    package init(parsing value: String) throws(SignatureFault) {
        guard value.hasPrefix(SigV4.algorithm + " ") else { throw .malformed }
        var parts: [String: String] = [:]
        for part in value.dropFirst(SigV4.algorithm.count + 1).split(separator: ",") {
            let pair = part.drop { $0 == " " }.split(
                separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard pair.count == 2, parts[String(pair[0])] == nil else { throw .malformed }
            parts[String(pair[0])] = String(pair[1])
        }
        guard parts.count == 3, let credential = parts["Credential"],
            let headers = parts["SignedHeaders"], let signature = parts["Signature"],
            signature.utf8.count == 64
        else { throw .malformed }

        let fields = credential.split(separator: "/", omittingEmptySubsequences: false)
            .map(String.init)
        guard fields.count == 5, fields[4] == CredentialScope.terminator,
            !fields.contains("")
        else { throw .malformed }
        accessKeyID = fields[0]
        scope = CredentialScope(day: fields[1], region: fields[2], service: fields[3])
        signedHeaders = headers.split(separator: ";").map(String.init)
        self.signature = signature
    }
}
