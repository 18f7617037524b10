/// HTTP by libcurl: one thread that owns all transfers, and a mailbox in which callers leave them.
///
/// Connections are kept and used again by all callers. Certificates are always verified, TLS is 1.2
/// or later, a redirect is an answer, nothing is decompressed, a proxy is taken from the environment
/// (`HTTPS_PROXY`, `NO_PROXY`) but for loopback and metadata addresses. Answers that have come in and
/// requests that have gone out stay in libcurl's own freed buffers, which it does not wipe.
package final class CurlTransport: HTTPTransport {
    private let mailbox: Mailbox

    /// Starts the thread.
    ///
    /// - Parameter caBundle: a file of PEM certificates that replaces the system's trust, as
    ///   `AWS_CA_BUNDLE` names one.
    /// - Parameter systemFolder: where the system's trust is, in hashed files if it is to be used.
    package init(caBundle: String? = nil, systemFolder: String = TrustStore.systemFolder) {
        Self.prepareProcess()
        mailbox = Mailbox()
        TransferLoop.start(mailbox, trust: TrustStore(bundle: caBundle, systemFolder: systemFolder))
    }

    deinit { close() }

    /// Prepares libcurl for this process, once; later calls do nothing.
    ///
    /// It takes `SSLKEYLOGFILE` out of the environment, since libcurl would write the keys of every
    /// connection to that file (libcurl-env(3)). Changing the environment is unsafe beside threads
    /// that read it, so a command calls this first of all; making a transport calls it otherwise.
    package static func prepareProcess() { CurlLibrary.prepare() }

    /// Ends the thread; requests under way, and later ones, fail as `cancelled`.
    package func close() { mailbox.close() }

    package func send(_ request: HTTPRequest) async throws(HTTPError) -> HTTPResponse {
        try await send(WireRequest(request))
    }

    func send(_ wire: WireRequest) async throws(HTTPError) -> HTTPResponse {
        let identifier = mailbox.newIdentifier()
        defer { mailbox.forget(identifier) }
        let result = await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                mailbox.post(
                    Mailbox.Order(
                        identifier: identifier, request: wire,
                        answer: { continuation.resume(returning: $0) }))
            }
        } onCancel: {
            mailbox.cancel(identifier)
        }
        return try result.get()
    }
}
