import HTTP
import Testing

@testable import AWS

/// What the tests of IAM Identity Center have in common; the scripted clock stands at
/// 2015-08-30T12:36:00Z.
enum SSOBench {
    static let portal =
        "https://portal.sso.eu-west-1.amazonaws.com/federation/credentials"
        + "?role_name=My%20Role%2B&account_id=123456789012"
    // The file names are those of the recorded cases "sso_credentials" and "sso_assume_role".
    static let path = "/home/.aws/sso/cache/34c6fceca75e456f25e7e99531e2425c6c1de443.json"
    static let role = """
        {"roleCredentials":{"accessKeyId":"ASIAEXAMPLE","secretAccessKey":"canary-secret",\
        "sessionToken":"canary-session","expiration":1440959760999}}
        """
    static let renewed = """
        {"accessToken":"canary-new","tokenType":"Bearer","expiresIn":3600,\
        "refreshToken":"canary-refresh-2"}
        """

    static func source(session: String? = "dev") -> SSOSource {
        SSOSource(
            startURL: "https://ssotest.awsapps.com/start", region: "eu-west-1",
            accountID: "123456789012", roleName: "My Role+", sessionName: session, profile: "work")
    }

    /// A file like those of `aws sso login`.
    static func file(
        until end: String, renewable: Bool = true, registration: String = "2015-11-28T00:00:00Z"
    ) -> String {
        """
        {"startUrl":"https://ssotest.awsapps.com/start","region":"eu-west-1","unknown":[1],\
        "accessToken":"canary-old","expiresAt":"\(end)"\
        \(renewable
            ? #","refreshToken":"canary-refresh","clientId":"id","clientSecret":"canary-client","#
                + "\"registrationExpiresAt\":\"\(registration)\"" : "")}
        """
    }

    static func bench(
        _ file: String?, _ answers: [Result<HTTPResponse, HTTPError>],
        environment: [String: String] = [:]
    ) throws -> MetadataBench {
        try MetadataBench(
            ["HOME": "/home", "AWS_MAX_ATTEMPTS": "1"].merging(environment) { $1 },
            files: file.map { [path: $0] } ?? [:], answers: answers)
    }

    static func error(
        _ bench: MetadataBench, session: String? = "dev"
    ) async throws -> String {
        let error = try #require(
            await MetadataBench.failure(SSOCredentials(source(session: session), bench.context)))
        #expect(!error.isAbsent)
        #expect(!error.text.contains("canary"))
        return error.text
    }
}
