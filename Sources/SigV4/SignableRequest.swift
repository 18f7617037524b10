/// The parts of an HTTP request that a signature covers.
package struct SignableRequest: Sendable {
    package var method: String
    /// What stands in the request line: path and query, as they go over the wire.
    package var target: String
    /// What is sent, in its order, `Host` among them exactly as it is sent.
    ///
    /// The signer covers all of these but those that proxies and clients may change (see
    /// `CanonicalRequest`).
    package var headers: [(name: String, value: String)]
    package var body: [UInt8]

    package init(
        method: String, target: String, headers: [(name: String, value: String)],
        body: [UInt8] = []
    ) {
        self.method = method
        self.target = target
        self.headers = headers
        self.body = body
    }

    /// The value of the only header of that name, in any case; `nil` when none or several have it.
    func header(_ name: String) -> String? {
        let values = headers.filter { $0.name.lowercased() == name }
        return values.count == 1 ? values.first?.value : nil
    }
}
