internal import Digest

/// The signer of one service in one region, by AWS Signature Version 4.
///
/// A pure function: the date is a parameter, and a retry signs its request anew with a new date.
package struct SigV4: Hashable, Sendable {
    package let region: String
    /// The service's signing name, such as `secretsmanager`.
    package let service: String
    package let options: Options

    package struct Options: Hashable, Sendable {
        /// Empty and dot segments of the path are resolved; every service but S3 does so.
        package var normalizesPath: Bool
        /// Adds `X-Amz-Content-SHA256`, which only S3 needs.
        package var addsContentSHA256: Bool
        /// Sends the session token without covering it; for services of old.
        package var omitsSessionToken: Bool

        package init(
            normalizesPath: Bool = true, addsContentSHA256: Bool = false,
            omitsSessionToken: Bool = false
        ) {
            self.normalizesPath = normalizesPath
            self.addsContentSHA256 = addsContentSHA256
            self.omitsSessionToken = omitsSessionToken
        }
    }

    package init(region: String, service: String, options: Options = Options()) {
        self.region = region
        self.service = service
        self.options = options
    }

    static let algorithm = "AWS4-HMAC-SHA256"
    static let date = "X-Amz-Date"
    static let token = "X-Amz-Security-Token"
    static let contentSHA256 = "X-Amz-Content-SHA256"

    /// The headers to add to `request`, in this order: `X-Amz-Date`, the session token and the hash
    /// of the body where there is one, `Authorization`.
    ///
    /// Headers of these names that stand in `request` already are not covered and must not be sent.
    package func sign(
        _ request: SignableRequest, with credential: SigningCredential, at date: SigningDate
    ) -> [(name: String, value: String)] {
        let signature = signature(of: request, with: credential, at: date)
        return added(to: request, with: credential, at: date)
            + [(name: "Authorization", value: signature.authorization)]
    }

    /// The signature of `request` and the texts on the way to it.
    package func signature(
        of request: SignableRequest, with credential: SigningCredential, at date: SigningDate
    ) -> Signature {
        let added = added(to: request, with: credential, at: date)
        let replaced = Set(added.map { $0.name.lowercased() } + [Self.token.lowercased()])
        let covered = request.headers.filter { header in
            let name = header.name.lowercased()
            return !CanonicalRequest.neverSigned.contains(name) && !replaced.contains(name)
        }
        let canonical = CanonicalRequest(
            method: request.method, target: request.target,
            headers: covered
                + added.filter { !(options.omitsSessionToken && $0.name == Self.token) },
            body: request.body, normalizesPath: options.normalizesPath)
        return Signature(
            of: canonical, at: date,
            in: CredentialScope(day: date.day, region: region, service: service),
            with: credential)
    }

    private func added(
        to request: SignableRequest, with credential: SigningCredential, at date: SigningDate
    ) -> [(name: String, value: String)] {
        var headers = [(name: Self.date, value: date.basic)]
        if let token = credential.sessionToken { headers.append((Self.token, token)) }
        if options.addsContentSHA256 {
            headers.append((Self.contentSHA256, Hex.encode(SHA256.hash(request.body))))
        }
        return headers
    }
}
