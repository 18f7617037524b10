import Testing

@testable import AWS

@Suite("CredentialContext")
struct CredentialContextTests {
    /// Profiles whose credentials take a call.
    private static let profiles = [
        """
        role_arn = arn:aws:iam::123456789012:role/a
        source_profile = base
        """,
        """
        role_arn = arn:aws:iam::123456789012:role/a
        web_identity_token_file = /token
        """,
        """
        sso_start_url = https://ssotest.awsapps.com/start
        sso_region = eu-west-1
        sso_account_id = 123456789012
        sso_role_name = role
        """,
    ]

    private func requests(_ profile: String, _ traffic: Traffic) async throws -> Int {
        let transport = ScriptedTransport(Array(repeating: .answer(500, ""), count: 9))
        var bench = CredentialBench(
            environment: ["HOME": "/home", "AWS_REGION": "eu-west-1"],
            files: TableFiles([
                "/home/.aws/config": """
                [default]
                \(profile)
                [profile base]
                aws_access_key_id = AKIDBASE
                aws_secret_access_key = base
                """,
                "/token": "header.payload.signature",
                // The SHA-1 of the start URL.
                "/home/.aws/sso/cache/dace00cba5f8355ec9d274ceb2bcebdfbeed0e12.json": """
                {"accessToken":"token","expiresAt":"2015-08-30T13:36:00Z"}
                """,
            ]), transport: transport)
        bench.traffic = traffic
        #expect(await CredentialChain.standard(try bench.context()).complaint().contains("500"))
        return transport.sent.count
    }

    @Test(
        "a search for credentials takes its retries out of the quota of all clients",
        arguments: profiles)
    func quota(profile: String) async throws {
        #expect(try await requests(profile, Traffic()) == 3)
        let traffic = Traffic()
        let others = try Bench(Array(repeating: .answer(500, ""), count: 199), traffic: traffic)
        // 500 tokens pay for 35 retries of 14.
        for _ in 0..<20 {
            _ = await others.failure(STS.GetCallerIdentity())
            _ = await others.failure(
                SSO.GetRoleCredentials(roleName: "r", accountID: "1", accessToken: "t"))
        }
        #expect(try await requests(profile, traffic) == 1)
    }
}
