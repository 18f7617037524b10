import AWSSandbox
import HTTP
import SigV4

/// A sandbox with one role that is assumed.
struct RoleBench {
    static let roleARN = "arn:aws:iam::123456789012:role/team/app"

    let bench: Bench

    init() throws { bench = try Bench() }

    /// A trust policy of one statement.
    func trust(
        _ principal: String, actions: String = #""sts:AssumeRole""#, condition: String = "{}"
    ) -> String {
        #"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":\#(principal),"#
            + #""Action":[\#(actions)],"Condition":\#(condition)}]}"#
    }

    func addRole(_ trust: String, maximumSession: Int = 3600) {
        bench.account.addRole("app", path: "/team/", trust: trust, maximumSession: maximumSession)
    }

    func assume(
        _ fields: [String: String] = [:], as key: SigningCredential? = nil
    ) async throws -> HTTPResponse {
        let form = ["RoleArn": Self.roleARN, "RoleSessionName": "run"]
        return try await bench.call("sts", "AssumeRole", form.merging(fields) { $1 }, as: key)
    }

    func key(_ answer: HTTPResponse) -> SigningCredential {
        SigningCredential(
            accessKeyID: answer.element("AccessKeyId") ?? "",
            secretAccessKey: answer.element("SecretAccessKey") ?? "",
            sessionToken: answer.element("SessionToken"))
    }
}
