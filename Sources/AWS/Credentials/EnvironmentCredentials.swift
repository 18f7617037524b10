/// Credentials in `AWS_ACCESS_KEY_ID`, `AWS_SECRET_ACCESS_KEY` and `AWS_SESSION_TOKEN`.
package struct EnvironmentCredentials: CredentialProvider {
    private let environment: [String: String]

    package init(_ environment: [String: String]) { self.environment = environment }

    package func credentials() async throws(CredentialError) -> Credentials {
        let id = blankIsUnset(environment["AWS_ACCESS_KEY_ID"])
        let secret = blankIsUnset(environment["AWS_SECRET_ACCESS_KEY"])
        switch (id, secret) {
        case (let id?, let secret?):
            return Credentials(
                accessKeyID: id, secretAccessKey: secret,
                sessionToken: blankIsUnset(environment["AWS_SESSION_TOKEN"]),
                accountID: blankIsUnset(environment["AWS_ACCOUNT_ID"]), source: "the environment")
        case (nil, nil):
            throw .absent(["environment: AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY are not set"])
        case (_?, nil):
            throw .unusable("AWS_ACCESS_KEY_ID is set, but AWS_SECRET_ACCESS_KEY is not")
        case (nil, _?):
            throw .unusable("AWS_SECRET_ACCESS_KEY is set, but AWS_ACCESS_KEY_ID is not")
        }
    }
}
