package import HTTP
package import POSIX

/// The portal of AWS IAM Identity Center, version 2019-06-10: its operations are the types inside.
package enum SSO {}

extension SSO {
    /// The credentials of a role, for somebody who is signed in.
    package struct GetRoleCredentials: RESTOperation {
        package static let operation = Operation(
            .sso, "GetRoleCredentials", .reads, isSigned: false)

        package let roleName: String
        package let accountID: String
        private let accessToken: String

        package init(roleName: String, accountID: String, accessToken: String) {
            self.roleName = roleName
            self.accountID = accountID
            self.accessToken = accessToken
        }

        package var line: RequestLine {
            let role = PercentCoding.form(roleName).replacing("+", with: "%20")
            let account = PercentCoding.form(accountID).replacing("+", with: "%20")
            return RequestLine(
                "GET", "/federation/credentials?role_name=\(role)&account_id=\(account)")
        }

        package var headers: [HTTPHeader] { [HTTPHeader("x-amz-sso_bearer_token", accessToken)] }

        package var sensitiveValues: [ProtectedBytes] {
            [ProtectedBytes(Array(accessToken.utf8))]
        }

        package static func decode(_ answer: JSONAnswer) throws(MalformedAnswer) -> Output {
            let credentials = try answer.answer("roleCredentials")
            return Output(
                accessKeyID: try credentials.nonEmpty("accessKeyId"),
                secretAccessKey: try credentials.nonEmpty("secretAccessKey"),
                sessionToken: try credentials.nonEmpty("sessionToken"),
                // In milliseconds, unlike all other times of AWS.
                expiration: Int64(try credentials.int("expiration") / 1_000))
        }

        /// Temporary credentials; it prints and reflects without them.
        package struct Output: Sendable, CustomStringConvertible, CustomReflectable {
            let accessKeyID: String
            let secretAccessKey: String
            let sessionToken: String
            /// Seconds since 1970.
            package let expiration: Int64

            package var description: String { "role credentials until \(expiration)" }
            package var customMirror: Mirror { Mirror(self, children: []) }
        }
    }
}
