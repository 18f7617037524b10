internal import HTTP
internal import SigV4

/// What stands before the services: which call it is, and who signed it.
struct FrontDoor {
    /// A request, as far as it can be told what it asks for.
    struct Visit {
        let service: API
        let operation: String
        let request: HTTPRequest
        /// What stands in the path and query of a REST call, by the names of its members.
        var parameters: [String: String] = [:]
    }

    let accounts: [String: Account]
    /// Seconds since 1970.
    let now: Int

    /// The service and operation of a request, by the target of JSON or the fields of a form.
    static func identify(_ request: HTTPRequest) throws(Refused) -> Visit {
        if let route = Route(request) {
            return Visit(
                service: route.service, operation: route.operation, request: request,
                parameters: route.parameters)
        }
        guard request.method == "POST", request.target == "/" else {
            throw Refused(.unknownOperation, "\(request.method) on this path")
        }
        if let target = request.header("x-amz-target") {
            guard let (service, operation) = API.named(byTarget: target) else {
                throw Refused(.unknownOperation, "the target \(target)")
            }
            return Visit(service: service, operation: operation, request: request)
        }
        guard let form = Form(request.body), let action = form["Action"],
            let version = form["Version"], let service = API.named(byVersion: version)
        else { throw Refused(.unknownOperation, "this request") }
        return Visit(service: service, operation: action, request: request)
    }

    /// Who signed the request, and for which region; nobody where no signature is asked for.
    func admit(_ visit: Visit) throws(Refused) -> (key: AccessKey, region: String) {
        guard visit.isSigned else { return (.nobody, region(of: visit) ?? "us-east-1") }
        let verified = try verify(visit)
        let unknown = Refused(visit.service.isJSON ? .unknownKey : .unknownKeyQuery)
        guard let key = key(verified.credential.accessKeyID), key.isActive else { throw unknown }
        // Keys of GetSessionToken do not open IAM (STS API reference, GetSessionToken).
        guard visit.service != .iam || key.session?.kind != .token else { throw unknown }
        try checkScope(verified.scope, of: visit)
        try checkClock(verified.date, of: visit)
        guard !key.isExpired(at: now) else {
            throw Refused(visit.service.isJSON ? .expiredToken : .expiredTokenQuery)
        }
        return (key, verified.scope.region)
    }

    private func key(_ id: String) -> AccessKey? {
        accounts.values.lazy.compactMap { $0.accessKeys[id] }.first
    }

    private func verify(_ visit: Visit) throws(Refused) -> SigV4.Verified {
        let isJSON = visit.service.isJSON
        let request = SignableRequest(
            method: visit.request.method, target: visit.request.target,
            headers: visit.request.headers.map { (name: $0.name, value: $0.value) },
            body: visit.request.body)
        let verified: SigV4.Verified
        do throws(SignatureFault) {
            verified = try SigV4.verify(request) { key($0)?.credential }
        } catch {
            throw Self.refusal(for: error, isJSON: isJSON)
        }
        try checkCoverage(of: visit)
        return verified
    }

    private static func refusal(for fault: SignatureFault, isJSON: Bool) -> Refused {
        switch fault {
        case .missing:
            Refused(isJSON ? .unsigned : .unsignedQuery)
        case .malformed:
            Refused(
                isJSON ? .incompleteSignature : .incompleteSignatureQuery,
                "'Credential', 'Signature', 'SignedHeaders' and the headers that they name")
        case .unknownAccessKey, .wrongSessionToken:
            Refused(isJSON ? .unknownKey : .unknownKeyQuery)
        case .wrongDay, .mismatch:
            Refused(isJSON ? .wrongSignature : .wrongSignatureQuery)
        }
    }

    /// Every `x-amz-` header of the request must be covered, the target above all.
    private func checkCoverage(of visit: Visit) throws(Refused) {
        let signed =
            visit.request.header("authorization")
            .flatMap { try? AuthorizationHeader(parsing: $0) }?.signedHeaders ?? []
        let bare = visit.request.headers.map { $0.name.lowercased() }
            .first { $0.hasPrefix("x-amz-") && !signed.contains($0) }
        guard let bare else { return }
        throw Refused(
            visit.service.isJSON ? .incompleteSignature : .incompleteSignatureQuery,
            "'\(bare)' to be a signed header")
    }

    private func checkScope(_ scope: CredentialScope, of visit: Visit) throws(Refused) {
        let refusal: Refusal = visit.service.isJSON ? .wrongScope : .wrongScopeQuery
        guard scope.service == visit.service.rawValue else {
            throw Refused(refusal, "correct service: '\(visit.service.rawValue)'")
        }
        guard let region = region(of: visit), region != scope.region else { return }
        throw Refused(refusal, "a valid region: '\(region)'")
    }

    /// The region that the request went to; `nil` where its host does not tell, as on loopback.
    private func region(of visit: Visit) -> String? {
        // One for the whole partition (reference/aws-client.md section 2).
        if visit.service == .iam { return "us-east-1" }
        let labels = (visit.request.header("host") ?? "").split(separator: ".")
        guard labels.count == 4, labels[2] == "amazonaws" else { return nil }
        return String(labels[1])
    }

    /// Five minutes either way; 15 for IAM and STS.
    private func checkClock(_ date: SigningDate, of visit: Visit) throws(Refused) {
        let isJSON = visit.service.isJSON
        let tolerance = isJSON ? 300 : 900
        let server = SigningDate(secondsSince1970: now)
        let skew = date.secondsSince1970 - now
        guard abs(skew) > tolerance else { return }
        let bound = SigningDate(secondsSince1970: now + (skew < 0 ? -tolerance : tolerance))
        let refusal: Refusal =
            skew < 0
            ? (isJSON ? .expired : .expiredQuery)
            : (isJSON ? .notYetCurrent : .notYetCurrentQuery)
        throw Refused(refusal, date.basic, bound.basic, server.basic)
    }
}

extension FrontDoor.Visit {
    /// Whether the operation asks for a signature (botocore: `authtype` none).
    var isSigned: Bool {
        switch service {
        case .portal, .oidc: false
        case .sts: operation != "AssumeRoleWithWebIdentity"
        case .kms, .secretsmanager, .iam, .monitoring, .tagging, .lambda: true
        }
    }
}

extension HTTPRequest {
    /// The value of the first header of that name, in any case.
    func header(_ name: String) -> String? {
        headers.first { $0.name.lowercased() == name }?.value
    }
}
