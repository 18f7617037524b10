package import HTTP
package import POSIX
internal import Synchronization

/// The client of a program on this machine: credentials as the SDKs find them, and a region that
/// the machine's metadata is asked for where nobody set one, as the AWS CLI does.
///
/// Making it sends nothing, and shows what is set wrong. Where a region is set the metadata is
/// never asked for it.
package final class MachineClient: Sendable {
    /// With a region that stands in where none is set.
    private let settings: Settings
    private let context: CredentialContext
    private let credentials: CredentialChain
    /// Whom to ask for the region, and where it is not set; `nil` where it is.
    private let unset: (metadata: InstanceMetadata, source: SettingSource)?
    private let made = Mutex<AWSClient?>(nil)

    /// Throws `region` where none is set and the metadata may not be asked, and `configuration`.
    ///
    /// - Parameter transport: over the certificates of that file, or the system's with `nil`.
    package init(
        arguments: Settings.Arguments, environment: [String: String],
        configuration: SharedConfiguration, time: any TimeSource = SystemTime(),
        transport: (_ caBundle: String?) -> any HTTPTransport = { CurlTransport(caBundle: $0) }
    ) throws(AWSError) {
        let source = try Settings.unsetRegion(
            arguments: arguments, environment: environment, configuration: configuration)
        settings = try Settings(
            arguments: arguments, environment: environment, configuration: configuration,
            fallbackRegion: Setting("us-east-1", source: "a region that stands in"))
        context = .system(
            arguments: arguments, environment: environment, configuration: configuration,
            transport: transport(settings.certificateBundle), time: time, traffic: Traffic())
        credentials = .standard(context)
        guard let source else {
            unset = nil
            return
        }
        do {
            unset = (try InstanceMetadata(context), source)
        } catch {
            throw source.noRegion("; \(error.reason)")
        }
    }

    /// The client itself, the same one for all who ask.
    ///
    /// Throws `region` where the metadata gives none: the next call asks it again.
    package func client() async throws(AWSError) -> AWSClient {
        if let client = made.withLock({ $0 }) { return client }
        let client = AWSClient(
            transport: context.transport, credentials: credentials, settings: try await settled(),
            time: context.time, random: context.random, traffic: context.traffic)
        return made.withLock { made in
            // Whoever asked at the same time may have been faster.
            let first = made ?? client
            made = first
            return first
        }
    }

    private func settled() async throws(AWSError) -> Settings {
        guard let unset else { return settings }
        let region: String
        do {
            region = try await unset.metadata.region()
        } catch {
            guard !Task.isCancelled else {
                throw AWSError(.cancelled, "cancelled while the metadata was asked for the region")
            }
            throw unset.source.noRegion("; \(error.reason)")
        }
        return try settings.inRegion(Setting(region, source: "instance metadata"))
    }
}

extension MachineClient: CustomReflectable {
    /// Without its environment and its files, which hold secrets.
    package var customMirror: Mirror { Mirror(self, children: []) }
}
