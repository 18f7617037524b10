internal import POSIX

/// Credentials of a role, assumed with other credentials.
///
/// It asks STS each time; `RefreshingCredentials` decides when.
package struct AssumeRoleCredentials: CredentialProvider {
    private let role: ProfileChain.Role
    private let base: any CredentialProvider
    private let context: CredentialContext

    package init(
        _ role: ProfileChain.Role, with base: any CredentialProvider, _ context: CredentialContext
    ) {
        self.role = role
        self.base = base
        self.context = context
    }

    package func credentials() async throws(CredentialError) -> Credentials {
        let doing = "profile \(role.profile): cannot assume \(role.arn)"
        // Before STS is asked: without these there is nothing to send, and whose fault that is
        // must not be told as STS's.
        _ = try await base.credentials()
        let client = try context.client(signingWith: base, doing: doing)
        let call = STS.AssumeRole(
            roleARN: role.arn, sessionName: role.sessionName ?? context.sessionName,
            externalID: role.externalID, duration: role.duration, mfa: try await mfa())
        do {
            return try await client.send(call)
                .credentials(source: "\(role.arn) of profile \(role.profile)")
        } catch {
            throw .unusable("\(doing): \(error)")
        }
    }

    private func mfa() async throws(CredentialError) -> STS.AssumeRole.MFA? {
        guard let serial = role.mfaSerial else { return nil }
        let place = "profile \(role.profile): its mfa_serial"
        guard let ask = context.mfaCode else {
            throw .unusable("\(place) needs a person at a terminal, and there is none")
        }
        let code = try await ask(serial)
        // STS API reference, AssumeRole: TokenCode is six digits.
        guard code.utf8.count == 6, code.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else {
            throw .unusable("\(place) needs the six digits that the device shows")
        }
        return STS.AssumeRole.MFA(serialNumber: serial, code: code)
    }
}

extension CredentialContext {
    /// A client for calls to STS, in the region and at the endpoint that all settings together
    /// give: `--endpoint-url` counts, since STS is among the services that are worked with.
    func client(
        signingWith credentials: any CredentialProvider, doing: String
    ) throws(CredentialError) -> AWSClient {
        let settings: Settings
        do {
            settings = try Settings(
                arguments: arguments, environment: environment, configuration: configuration)
        } catch {
            throw .unusable("\(doing): \(error)")
        }
        return AWSClient(
            transport: transport, credentials: credentials, settings: settings, time: time,
            random: random, traffic: traffic)
    }

    /// What CloudTrail shows of a session that nobody named: at most 64 of `A-Za-z0-9_=,.@-`.
    var sessionName: String { "gaara-infra-\(time.secondsSince1970())" }
}
