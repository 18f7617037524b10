internal import HTTP
internal import POSIX

extension PreparedCall {
    func read<Input: AWSOperation>(
        _ response: HTTPResponse, to sent: Sent, _ clock: ClockOffset?, _ input: Input.Type
    ) -> Attempt<Input.Output> {
        let form = operation.service.form
        let requestID = ErrorBody.requestID(of: response, form: form)
        if response.status == 200 {
            do {
                try checkType(of: response)
                return Attempt(
                    event: .succeeded, result: .success(try Input.output(from: response.body)),
                    requestID: requestID)
            } catch {
                // The service has executed something; trying again is not for us to decide.
                let fault = AWSError(
                    .malformedAnswer, error.reason, operation: operation, status: 200,
                    requestID: requestID, isAmbiguous: true, host: host)
                return Attempt(event: .refused, result: .failure(fault))
            }
        }
        guard response.status >= 400 else {
            let fault = AWSError(
                .malformedAnswer,
                "the endpoint answers with a redirect or another status that AWS never sends",
                operation: operation, status: response.status, requestID: requestID, host: host)
            return Attempt(event: .refused, result: .failure(fault))
        }
        let token = sent.request.headers.first { $0.name.lowercased() == "x-amz-security-token" }
        let secrets = sensitiveValues + (token.map { [ProtectedBytes(Array($0.value.utf8))] } ?? [])
        let body = ErrorBody(response, form: form).withoutMessage(ifItRepeats: secrets)
        let isAboutTheDate = body.code.map(ClockOffset.codes.contains) ?? false
        let wrongClock = clock.flatMap { isAboutTheDate && $0.isTooMuch ? $0 : nil }
        var error = AWSError(
            body, status: response.status, operation: operation, remark: wrongClock?.description)
        error.host = host
        if isAboutTheDate, isMisdated(sent, by: clock) {
            return Attempt(event: .misdated, result: .failure(error))
        }
        let hint = response.header("x-amz-retry-after").flatMap { Int($0) }.flatMap {
            $0 < 0 ? nil : $0
        }
        return Attempt(
            event: event(of: error, status: response.status, hint: hint), result: .failure(error))
    }

    /// Where the endpoint is, where it is not AWS's own.
    private var host: String? { endpoint.isCustom ? endpoint.address.authority : nil }

    /// Refuses what is not of the protocol's media type, such as a page that stands before AWS.
    ///
    /// Of a custom endpoint the body alone counts: emulators send JSON as `text/html`.
    private func checkType(of response: HTTPResponse) throws(MalformedAnswer) {
        guard !endpoint.isCustom, !response.body.isEmpty,
            let header = response.header("Content-Type")
        else { return }
        let type = header.prefix { $0 != ";" && $0 != " " }.lowercased()
        guard !operation.service.form.answerTypes.contains(type) else { return }
        throw MalformedAnswer("the answer is of another media type than the service's answers are")
    }

    /// Whether the date of the signature is so far from the service's that it is the reason of a
    /// refusal; then the next signature for this host is by the service's clock.
    ///
    /// A call that is refused for its signature was not executed, so that it may be sent again
    /// whatever it does.
    private func isMisdated(_ sent: Sent, by clock: ClockOffset?) -> Bool {
        guard let clock, let signedAt = sent.signedAt else { return false }
        let theirs = Int(client.time.secondsSince1970()) + clock.seconds
        guard ClockOffset(seconds: theirs - signedAt).isTooMuch else { return false }
        client.traffic.correct(endpoint.address.authority, by: clock.seconds)
        return true
    }

    private func event(of error: AWSError, status: Int, hint: Int?) -> RetryPolicy.Event {
        if error.kind == .throttled { return .throttled(retryAfterMilliseconds: hint) }
        let isTransient =
            switch error.code {
            case "RequestTimeout", "RequestTimeoutException": true
            // An identity provider that did not answer STS (botocore 1.44.5, `_retry.json`).
            case "IDPCommunicationError": operation.service == .sts
            default: [500, 502, 503, 504].contains(status)
            }
        if isTransient {
            return .lost(retryAfterMilliseconds: hint)
        }
        return .refused
    }

    func explain<Output>(_ error: HTTPError) -> Attempt<Output> {
        let (event, isAmbiguous): (RetryPolicy.Event, Bool) =
            switch error.code {
            case .notSent: (.notSent, false)
            // botocore tries every TLS error again; a certificate does not get better by that.
            case .untrusted: (.refused, false)
            case .ambiguous: (.lost(retryAfterMilliseconds: nil), true)
            case .unusableAnswer: (.refused, true)
            case .invalidRequest: (.refused, false)
            case .cancelled: (.refused, true)
            }
        let fault = AWSError(
            AWSError.Kind(error.code), error.reason, operation: operation, isAmbiguous: isAmbiguous,
            host: host)
        return Attempt(event: event, result: .failure(fault))
    }
}

extension AWSError.Kind {
    /// What having no answer means.
    init(_ code: HTTPError.Code) {
        self =
            switch code {
            case .notSent: .notSent
            case .untrusted: .untrusted
            case .ambiguous: .ambiguous
            case .unusableAnswer: .malformedAnswer
            case .invalidRequest: .invalidRequest
            case .cancelled: .cancelled
            }
    }
}

extension AWSError {
    /// What having no credentials means for a call.
    init(_ error: CredentialError, operation: Operation) {
        switch error {
        case .absent(let places):
            self.init(
                .credentials,
                "no credentials were found; looked at " + places.joined(separator: "; "),
                operation: operation)
        case .unusable(let reason): self.init(.credentials, reason, operation: operation)
        case .cancelled:
            self.init(.cancelled, "cancelled before it was sent", operation: operation)
        }
    }
}
