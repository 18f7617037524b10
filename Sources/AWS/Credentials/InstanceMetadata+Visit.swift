internal import HTTP
internal import POSIX

extension InstanceMetadata {
    /// A few requests with one token.
    struct Visit {
        fileprivate let metadata: InstanceMetadata
        fileprivate var token: String
        fileprivate var hasSecondToken = false
    }

    /// Asks for a token.
    ///
    /// Throws `absent` where no such service answers.
    func begin() async throws(CredentialError) -> Visit {
        Visit(metadata: self, token: try await newToken())
    }

    fileprivate func newToken() async throws(CredentialError) -> String {
        let response: HTTPResponse
        do {
            response = try await send(
                "PUT", "/latest/api/token",
                // Seconds: six hours, the longest there is.
                HTTPHeader("x-aws-ec2-metadata-token-ttl-seconds", "21600"))
        } catch {
            throw .absent([fault(noToken(error))])
        }
        switch response.status {
        case 200:
            let token = String(decoding: response.body, as: UTF8.self)
            guard !token.isEmpty, token.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else {
                throw .unusable(fault("the token is empty or holds more than visible ASCII"))
            }
            return token
        case 403:
            throw .unusable(
                fault(
                    "access is forbidden (status 403): allow it with 'aws ec2"
                        + " modify-instance-metadata-options --http-endpoint enabled', or set"
                        + " AWS_EC2_METADATA_DISABLED=true"))
        case 500...: throw .unusable(fault("it answers with status \(response.status)"))
        // The metadata services of other clouds have the same address and other paths.
        default:
            throw .absent([
                fault("there is no EC2 metadata service there (status \(response.status))")
            ])
        }
    }

    private func noToken(_ error: HTTPError) -> String {
        guard error.isTimeout, error.code == .ambiguous else { return error.reason }
        return
            "the answer to PUT /latest/api/token never came (within \(timeout) ms). In a container"
            + " the response hop limit of 1 drops it: raise it with 'aws ec2"
            + " modify-instance-metadata-options --instance-id ID --http-put-response-hop-limit 2'"
    }

    fileprivate func fault(_ reason: String) -> String {
        "EC2 instance metadata at \(address.shown): \(reason)"
    }

    /// Sends until something other than a server's fault comes back.
    ///
    /// Without an answer it is not sent again: a machine that is no EC2 instance would wait for
    /// each attempt (smithy-rs `imds/client.rs`).
    fileprivate func send(
        _ method: String, _ path: String, _ header: HTTPHeader
    ) async throws(HTTPError) -> HTTPResponse {
        let prefix = address.target.hasSuffix("/") ? address.target.dropLast() : address.target[...]
        let request = HTTPRequest(
            method: method, scheme: address.scheme, host: address.host, port: address.port,
            target: prefix + path, headers: [header],
            limits: .init(
                connectMilliseconds: timeout, totalMilliseconds: timeout,
                maximumBody: Credentials.maximumMetadata),
            allowedAddresses: allowed)
        var attempt = 1
        while true {
            let response = try await context.transport.send(request)
            guard response.status >= 500, attempt < attempts else { return response }
            do {
                try await context.time.sleep(milliseconds: 100 << min(attempt - 1, 6))
            } catch {
                throw HTTPError(.cancelled, "cancelled while waiting to ask again")
            }
            attempt += 1
        }
    }
}

extension InstanceMetadata.Visit {
    /// What stands at `path`; `nil` when there is nothing.
    mutating func get(_ path: String) async throws(CredentialError) -> [UInt8]? {
        let response: HTTPResponse
        do {
            response = try await metadata.send(
                "GET", path, HTTPHeader("x-aws-ec2-metadata-token", token))
        } catch {
            throw .unusable(metadata.fault(error.reason))
        }
        switch response.status {
        case 200: return response.body
        case 404: return nil
        // A token is void when the instance was moved or its options were changed.
        case 401 where !hasSecondToken:
            hasSecondToken = true
            token = try await metadata.newToken()
            return try await get(path)
        case 403: throw .unusable(metadata.fault("access is forbidden (status 403)"))
        default:
            throw .unusable(metadata.fault("it answers with status \(response.status)"))
        }
    }
}
