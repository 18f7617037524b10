import HTTP

/// The instance metadata of a machine in front of the sandbox; without a region, no machine.
struct MachineTransport: HTTPTransport {
    let region: String?
    let others: any HTTPTransport

    func send(_ request: HTTPRequest) async throws(HTTPError) -> HTTPResponse {
        guard request.host == "169.254.169.254" else { return try await others.send(request) }
        guard let region else { throw HTTPError(.notSent, "no route to host") }
        let text = request.method == "PUT" ? "made-up-token" : region
        return HTTPResponse(
            status: 200, headers: [HTTPHeader("x-aws-ec2-metadata-token-ttl-seconds", "21600")],
            body: Array(text.utf8))
    }
}
