internal import HTTP

/// What a server needs of its sandbox.
extension Sandbox {
    /// The answer, or `nil` for none, and whether it may tell of a change.
    func answer(_ request: HTTPRequest) -> (response: HTTPResponse?, isChange: Bool) {
        changeWorld { world in
            let response = try? world.answer(request)
            let isChange = world.calls.contains(where: \.mayChange)
            world.forgetCalls()
            return (response, isChange)
        }
    }

    /// Moves the clock to that time, in milliseconds since 1970; never back.
    func advance(to milliseconds: Int) {
        changeWorld { $0.advance(milliseconds: milliseconds - $0.milliseconds) }
    }
}

extension SandboxCall {
    /// Whether something may be different after the call that the caller is told of.
    ///
    /// A refused write counts: a rotation that failed leaves its version behind.
    fileprivate var mayChange: Bool { isWrite || Self.minting.contains(operation) }

    /// They are called as if they only read, and make new keys.
    private static let minting: Set<String> = [
        "GetSessionToken", "GetFederationToken", "GetRoleCredentials",
    ]
}
