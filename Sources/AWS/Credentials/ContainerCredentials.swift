internal import HTTP
internal import POSIX

/// Credentials of a container's role, from the service that ECS or EKS has beside it (AWS SDKs and
/// Tools reference guide, "Container credential provider").
///
/// Each call asks anew, and reads the token file anew: EKS replaces it.
package struct ContainerCredentials: CredentialProvider {
    let context: CredentialContext

    package init(_ context: CredentialContext) { self.context = context }

    enum Variable {
        static let relative = "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI"
        static let full = "AWS_CONTAINER_CREDENTIALS_FULL_URI"
        static let tokenFile = "AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE"
        static let token = "AWS_CONTAINER_AUTHORIZATION_TOKEN"
    }

    /// Times, of 2 seconds each, with 1 second between them (botocore `ContainerMetadataFetcher`).
    private static let attempts = 3
    /// Bytes; an EKS token has about 1,500.
    private static let maximumToken = 64 << 10

    package func credentials() async throws(CredentialError) -> Credentials {
        let place: Place
        do {
            place = try await self.place()
        } catch {
            throw error.credentialError
        }
        let request = HTTPRequest(
            method: "GET", scheme: place.address.scheme, host: place.address.host,
            port: place.address.port, target: place.address.target,
            headers: [HTTPHeader("Accept", "application/json")] + (try authorization()),
            limits: .init(
                connectMilliseconds: 2_000, totalMilliseconds: 2_000,
                maximumBody: Credentials.maximumMetadata),
            allowedAddresses: place.allowed)
        let body = try await answer(to: request, at: place)
        do {
            return try Credentials(
                metadata: body, source: "the container's role (\(place.variable))")
        } catch {
            throw place.fault(error.reason)
        }
    }

    /// The body of the first answer with status 200.
    private func answer(
        to request: HTTPRequest, at place: Place
    ) async throws(CredentialError) -> [UInt8] {
        var reason = ""
        for attempt in 1...Self.attempts {
            if attempt > 1 { try await pause() }
            do {
                let response = try await context.transport.send(request)
                switch response.status {
                case 200: return response.body
                case 429, 500...: reason = "it answers with status \(response.status)"
                case 401, 403:
                    throw place.fault(
                        "it refuses the request with status \(response.status): look at"
                            + " \(Variable.tokenFile) and \(Variable.token)")
                default: throw place.fault("it answers with status \(response.status)")
                }
            } catch let error as CredentialError {
                throw error
            } catch let error as HTTPError {
                reason = error.reason
                guard error.code == .notSent || error.code == .ambiguous else { break }
            } catch {
                reason = "no answer"
            }
        }
        throw place.fault(reason)
    }

    private func pause() async throws(CredentialError) {
        do {
            try await context.time.sleep(milliseconds: 1_000)
        } catch {
            throw .unusable("cancelled while waiting to ask for the container's credentials again")
        }
    }

    /// The token of the file beats the one of the environment.
    private func authorization() throws(CredentialError) -> [HTTPHeader] {
        guard let path = blankIsUnset(context.environment["AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE"])
        else {
            guard let token = blankIsUnset(context.environment["AWS_CONTAINER_AUTHORIZATION_TOKEN"])
            else { return [] }
            return [try Self.header(token, from: Variable.token)]
        }
        let bytes: [UInt8]?
        do {
            bytes = try context.files.read(path, maximumBytes: Self.maximumToken)
        } catch {
            throw .unusable("\(Variable.tokenFile): \(error)")
        }
        guard let bytes else {
            throw .unusable("\(Variable.tokenFile): \(path.shown(atMost: 200)) does not exist")
        }
        return [
            try Self.header(String(decoding: bytes, as: UTF8.self), from: Variable.tokenFile)
        ]
    }

    private static func header(
        _ token: String, from variable: String
    ) throws(CredentialError) -> HTTPHeader {
        // A line break would begin a header of somebody else's making; botocore refuses it too.
        guard !token.utf8.contains(where: { $0 == 0x0A || $0 == 0x0D }) else {
            throw .unusable("\(variable): the token holds a line break")
        }
        guard !token.isEmpty, token.utf8.allSatisfy({ (0x20...0x7E).contains($0) }) else {
            throw .unusable("\(variable): the token is empty or holds more than visible ASCII")
        }
        return HTTPHeader("Authorization", token)
    }
}
