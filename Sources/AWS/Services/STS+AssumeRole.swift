package import POSIX

extension STS {
    /// Makes temporary credentials of a role of somebody whom the role trusts.
    package struct AssumeRole: QueryOperation {
        package typealias Output = RoleSession

        // Executed twice it makes two sessions, which is none too many: both end by themselves.
        package static let operation = Operation(.sts, "AssumeRole", .idempotent)

        package var roleARN: String
        package var sessionName: String
        package var externalID: String?
        /// Seconds, 900 to 43,200; `nil` is STS's own, 3,600.
        package var duration: Int?
        package var mfa: MFA?

        /// The device and the code that it shows now.
        package struct MFA: Sendable {
            package var serialNumber: String
            package var code: String

            package init(serialNumber: String, code: String) {
                self.serialNumber = serialNumber
                self.code = code
            }
        }

        package init(
            roleARN: String, sessionName: String, externalID: String? = nil,
            duration: Int? = nil, mfa: MFA? = nil
        ) {
            self.roleARN = roleARN
            self.sessionName = sessionName
            self.externalID = externalID
            self.duration = duration
            self.mfa = mfa
        }

        package func encode(into request: inout QueryRequest) {
            request.set("RoleArn", roleARN)
            request.set("RoleSessionName", sessionName)
            request.set("DurationSeconds", duration)
            request.set("ExternalId", externalID)
            request.set("SerialNumber", mfa?.serialNumber)
            request.set("TokenCode", mfa?.code)
        }

        package static func decode(_ result: XMLElement) throws(MalformedAnswer) -> RoleSession {
            try RoleSession(result)
        }

        package var sensitiveValues: [ProtectedBytes] {
            [mfa?.code].compactMap { $0 }.map { ProtectedBytes(Array($0.utf8)) }
        }
    }

    /// Makes temporary credentials of a role for the bearer of an OpenID Connect token.
    package struct AssumeRoleWithWebIdentity: QueryOperation {
        package typealias Output = RoleSession

        package static let operation = Operation(
            .sts, "AssumeRoleWithWebIdentity", .idempotent, isSigned: false)

        package var roleARN: String
        package var sessionName: String
        package var token: String

        package init(roleARN: String, sessionName: String, token: String) {
            self.roleARN = roleARN
            self.sessionName = sessionName
            self.token = token
        }

        package func encode(into request: inout QueryRequest) {
            request.set("RoleArn", roleARN)
            request.set("RoleSessionName", sessionName)
            request.set("WebIdentityToken", token)
        }

        package static func decode(_ result: XMLElement) throws(MalformedAnswer) -> RoleSession {
            try RoleSession(result)
        }

        package var sensitiveValues: [ProtectedBytes] { [ProtectedBytes(Array(token.utf8))] }
    }

    /// A role, assumed for a time.
    package struct RoleSession: Hashable, Sendable {
        /// `arn:aws:sts::123456789012:assumed-role/name/session`.
        package let arn: String
        package let accessKeyID: String
        let secretAccessKey: String
        let sessionToken: String
        /// Seconds since 1970.
        package let expiration: Int

        init(_ result: XMLElement) throws(MalformedAnswer) {
            let credentials = try result.child("Credentials")
            arn = try result.child("AssumedRoleUser").string("Arn")
            accessKeyID = try credentials.string("AccessKeyId")
            secretAccessKey = try credentials.string("SecretAccessKey")
            sessionToken = try credentials.string("SessionToken")
            guard let time = try credentials.timeIfPresent("Expiration") else {
                throw MalformedAnswer("Credentials.Expiration is missing")
            }
            expiration = time
        }

        /// The session as what signs calls.
        func credentials(source: String) -> Credentials {
            Credentials(
                accessKeyID: accessKeyID, secretAccessKey: secretAccessKey,
                sessionToken: sessionToken, accountID: ARN(arn)?.account,
                expiration: Int64(expiration), source: source)
        }
    }
}

extension STS.RoleSession: CustomStringConvertible, CustomReflectable {
    package var description: String { "a session of \(arn)" }
    package var customMirror: Mirror { Mirror(self, children: ["arn": arn]) }
}
