internal import Digest
internal import JSON

/// AssumeRoleWithWebIdentity: a session of a role for the bearer of an OpenID Connect token.
extension SandboxSTS {
    /// Unsigned: the token is who calls.
    ///
    /// Issuer, audience and expiry count; the signature of the token is not verified, since the
    /// sandbox reaches no issuer.
    static func assumeRoleWithWebIdentity(
        _ call: Call, _ form: Form, _ world: inout World
    ) throws(Refused) -> [XML]? {
        let request = try RoleRequest(form)
        let text = try form.required("WebIdentityToken")
        // The model states 20,000 for clientTokenType; the value itself is never repeated.
        guard (4...20_000).contains(text.utf8.count), let token = IdentityToken(text) else {
            throw Refused(.invalidIdentity)
        }
        guard token.expires > call.now else {
            throw Refused(.expiredIdentity, String(call.now), String(token.expires))
        }
        let parts = request.roleARN.split(separator: ":", omittingEmptySubsequences: false)
        let account = parts.count == 6 ? world.accounts[String(parts[4])] : nil
        guard let provider = account?.identityProviders[token.issuerName] else {
            throw Refused(.noProvider, token.issuer)
        }
        guard let audience = token.audiences.first(where: provider.audiences.contains) else {
            throw Refused(.wrongAudience)
        }
        let claims = [
            "\(provider.issuer):aud": [audience], "\(provider.issuer):sub": [token.subject],
        ]
        var asker = TrustPolicy.Asker()
        asker.names["Federated"] = [provider.arn]
        for (key, values) in claims { asker.context[key.lowercased()] = values }
        asker.context["sts:rolesessionname"] = [request.sessionName]
        guard let role = world.role(request.roleARN), let terms = role.role,
            TrustPolicy(terms.trust).admits(asker, to: "sts:AssumeRoleWithWebIdentity")
        else { throw Refused(.webIdentityNotTrusted) }
        guard request.duration <= terms.maximumSession else { throw Refused(.sessionTooLong) }
        try request.checkSize(with: [:])

        let session = Session(
            kind: .webIdentity, policy: request.policy, policyARNs: request.policyARNs,
            claims: claims)
        let key = world.begin(session, of: role, for: request, at: call.now)
        return [
            XML("SubjectFromWebIdentityToken", token.subject), XML("Audience", audience),
            // The value of `iss` (botocore AssumeRoleWithWebIdentityResponse).
            XML("Provider", token.issuer),
        ] + answer(key, role, request, [:])
    }
}

/// The claims of a JSON Web Token, unverified (RFC 7519; OpenID Connect Core 1.0 section 2).
private struct IdentityToken {
    /// As the token has it, `https://` included.
    let issuer: String
    let subject: String
    let audiences: [String]
    /// Seconds since 1970.
    let expires: Int

    /// `nil` when it is no token with these claims.
    init?(_ text: String) {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 3, Self.object(parts[0])?["alg"]?.string != nil,
            let claims = Self.object(parts[1]), let issuer = claims["iss"]?.string,
            let subject = claims["sub"]?.string, let audiences = claims["aud"]?.texts,
            let expires = claims["exp"]?.int
        else { return nil }
        self.issuer = issuer
        self.subject = subject
        self.audiences = audiences
        self.expires = expires
    }

    /// The issuer as trust policies and providers write it.
    var issuerName: String {
        issuer.hasPrefix("https://") ? String(issuer.dropFirst(8)) : issuer
    }

    /// A part of the token: JSON in base64url without padding (RFC 7515 section 2).
    private static func object(_ part: Substring) -> JSONObject? {
        var text = String(part).replacing("-", with: "+").replacing("_", with: "/")
        text += String(repeating: "=", count: (4 - text.utf8.count % 4) % 4)
        return Base64.decode(text).flatMap { try? JSON(parsing: $0) }?.object
    }
}
