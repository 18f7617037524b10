internal import HTTP
internal import POSIX

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
        if let path = blankIsUnset(context.environment["AWS_CONTAINER_CREDENTIALS_RELATIVE_URI"]) {
            guard path.hasPrefix("/"), let address = try? WebAddress("http://169.254.170.2" + path)
            else { throw .invalidURI("\(Variable.relative) is not a path like /v2/credentials") }
            return Place(
                address: address, allowed: .containerCredentials, variable: Variable.relative)
        }
        guard let text = blankIsUnset(context.environment["AWS_CONTAINER_CREDENTIALS_FULL_URI"])
        else {
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
