package import POSIX

/// The sign-in service of AWS IAM Identity Center, version 2019-06-10: its operations are the types
/// inside.
package enum SSOOIDC {}

extension SSOOIDC {
    /// A new access token for a refresh token.
    package struct CreateToken: RESTOperation {
        // Executed twice it gives two tokens, of which one is never used.
        package static let operation = Operation(
            .ssoOIDC, "CreateToken", .idempotent, isSigned: false)

        private let clientID: String
        private let clientSecret: String
        private let refreshToken: String

        package init(clientID: String, clientSecret: String, refreshToken: String) {
            self.clientID = clientID
            self.clientSecret = clientSecret
            self.refreshToken = refreshToken
        }

        package var line: RequestLine { RequestLine("POST", "/token") }

        package func encode(into request: inout JSONRequest) {
            request.set("clientId", clientID)
            request.set("grantType", "refresh_token")
            request.set("clientSecret", clientSecret)
            request.set("refreshToken", refreshToken)
        }

        package var sensitiveValues: [ProtectedBytes] {
            [clientSecret, refreshToken].map { ProtectedBytes(Array($0.utf8)) }
        }

        package static func decode(_ answer: JSONAnswer) throws(MalformedAnswer) -> Output {
            let seconds = try answer.int("expiresIn")
            guard (1...(366 * 86_400)).contains(seconds) else {
                throw MalformedAnswer("expiresIn is not a number of seconds within a year")
            }
            return Output(
                accessToken: try answer.nonEmpty("accessToken"), expiresIn: seconds,
                refreshToken: try answer.stringIfPresent("refreshToken"))
        }

        /// The tokens; it prints and reflects without them.
        package struct Output: Sendable, CustomStringConvertible, CustomReflectable {
            let accessToken: String
            /// Seconds.
            package let expiresIn: Int
            /// `nil` where the old one goes on.
            let refreshToken: String?

            package var description: String { "a token for \(expiresIn) seconds" }
            package var customMirror: Mirror { Mirror(self, children: []) }
        }
    }
}
