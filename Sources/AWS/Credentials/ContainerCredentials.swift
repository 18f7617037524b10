internal import HTTP
internal import POSIX

/// Credentials of a container's role, from the service that ECS or EKS has beside it (AWS SDKs and
/// Tools reference guide, "Container credential provider").
///
/// Each call asks anew, and reads the token file anew: EKS replaces it.
package struct ContainerCredentials: CredentialProvider {
    private let context: CredentialContext

    package init(_ context: CredentialContext) { self.context = context }

    private enum Variable {
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
        guard let path = blankIsUnset(context.environment[Variable.tokenFile]) else {
            guard let token = blankIsUnset(context.environment[Variable.token]) else { return [] }
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

extension ContainerCredentials {
    /// Where the credentials are asked for.
    struct Place: Hashable {
        let address: WebAddress
        let allowed: AllowedAddresses
        /// The variable that says so.
        let variable: String

        func fault(_ reason: String) -> CredentialError {
            .unusable("container credentials at \(address.shown) (\(variable)): \(reason)")
        }
    }

    /// Why there is no such place.
    enum Refusal: Error, Hashable {
        case notConfigured
        case invalidURI(String)
        case hostNotAllowed(String)

        var credentialError: CredentialError {
            switch self {
            case .notConfigured:
                .absent([
                    "container: neither \(Variable.relative) nor \(Variable.full) is set"
                ])
            case .invalidURI(let reason), .hostNotAllowed(let reason): .unusable(reason)
            }
        }
    }

    /// Looks at the variables; plain http may go to a few addresses only, and of a name that has
    /// several all must be among them.
    func place() async throws(Refusal) -> Place {
        if let path = blankIsUnset(context.environment[Variable.relative]) {
            guard path.hasPrefix("/"), let address = try? WebAddress("http://169.254.170.2" + path)
            else { throw .invalidURI("\(Variable.relative) is not a path like /v2/credentials") }
            return Place(
                address: address, allowed: .containerCredentials, variable: Variable.relative)
        }
        guard let text = blankIsUnset(context.environment[Variable.full]) else {
            throw .notConfigured
        }
        let address: WebAddress
        do {
            address = try WebAddress(text)
        } catch {
            let reason = "\(Variable.full) \(error.clause)"
            throw error == .notAURL ? .invalidURI(reason) : .hostNotAllowed(reason)
        }
        guard address.scheme == .http else {
            return Place(address: address, allowed: .any, variable: Variable.full)
        }
        try await check(address.host)
        return Place(address: address, allowed: .containerCredentials, variable: Variable.full)
    }

    private func check(_ host: String) async throws(Refusal) {
        if let address = IPAddress(host) {
            guard AllowedAddresses.containerCredentials.contains(address) else {
                throw Self.refusal(of: "\(address)")
            }
            return
        }
        let addresses = await context.addresses(host)
        guard !addresses.isEmpty else {
            throw .hostNotAllowed("\(Variable.full): the name \(host) has no address")
        }
        for text in addresses {
            if let address = IPAddress(text),
                AllowedAddresses.containerCredentials.contains(address)
            {
                continue
            }
            throw Self.refusal(of: "\(host), which is \(text.shown(atMost: 64)),")
        }
    }

    private static func refusal(of host: String) -> Refusal {
        .hostNotAllowed(
            "\(Variable.full) leads to \(host) and that is not"
                + " \(AllowedAddresses.containerCredentials): elsewhere it must begin with https://"
        )
    }
}
