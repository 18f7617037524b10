import Testing

@testable import AWSSandbox

/// "Policy evaluation logic" of the IAM User Guide, one account.
@Suite("Policies decide")
struct AccessEvaluationTests {
    private static let account = "arn:aws:iam::123456789012"
    private static let secret = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:shop/a-AbCdEf"
    private static let role = AccessPrincipal(
        account: "123456789012", arn: "\(account):role/app",
        caller: "arn:aws:sts::123456789012:assumed-role/app/one")
    private static let user = AccessPrincipal(
        account: "123456789012", arn: "\(account):user/alice", caller: "\(account):user/alice")
    private static let root = AccessPrincipal(
        account: "123456789012", arn: "\(account):root", caller: "\(account):root")

    private func request(_ principal: AccessPrincipal = role) -> AccessRequest {
        AccessRequest(principal, "secretsmanager:GetSecretValue", on: Self.secret)
    }

    private func policy(_ effect: String, principal: String? = nil) -> AccessPolicy {
        let whom = principal.map { #""Principal":\#($0),"# } ?? ""
        return AccessPolicy(
            #"{"Version":"2012-10-17","Statement":{"Effect":"\#(effect)",\#(whom)"#
                + #""Action":"secretsmanager:*","Resource":"*"}}"#)
    }

    @Test("without any policy nothing is allowed but to root")
    func nothing() {
        let none = AccessEvaluation()
        #expect(none.decision(on: request()) == .implicitDeny(.identity))
        #expect(none.decision(on: request(Self.root)) == .allowed)
    }

    @Test("a policy of the principal allows, within boundary and session policy")
    func bounds() {
        var policies = AccessEvaluation(identity: [policy("Allow")])
        #expect(policies.decision(on: request()) == .allowed)
        policies.session = [AccessPolicy(statements: [])]
        #expect(policies.decision(on: request()) == .implicitDeny(.session))
        policies.boundary = AccessPolicy(statements: [])
        #expect(policies.decision(on: request()) == .implicitDeny(.boundary))
        (policies.boundary, policies.session) = (policy("Allow"), [policy("Allow")])
        #expect(policies.decision(on: request()) == .allowed)
    }

    @Test("a deny wins wherever it stands, over root too")
    func denies() {
        let all = AccessEvaluation(
            identity: [policy("Allow")], boundary: policy("Allow"), session: [policy("Allow")],
            resource: policy("Allow", principal: #""*""#))
        #expect(all.decision(on: request()) == .allowed)
        var denied = all
        denied.identity.append(policy("Deny"))
        #expect(denied.decision(on: request()) == .explicitDeny(.identity))
        denied = all
        denied.boundary = policy("Deny")
        #expect(denied.decision(on: request()) == .explicitDeny(.boundary))
        denied = all
        denied.session = [policy("Deny")]
        #expect(denied.decision(on: request()) == .explicitDeny(.session))
        denied = all
        denied.resource = policy("Deny", principal: #"{"AWS":"123456789012"}"#)
        #expect(denied.decision(on: request()) == .explicitDeny(.resource))
        #expect(denied.decision(on: request(Self.root)) == .explicitDeny(.resource))
    }

    @Test(
        "a resource's policy that names somebody in person needs no other",
        arguments: [
            (#"{"AWS":"arn:aws:iam::123456789012:role/app"}"#, true),
            (#"{"AWS":"arn:aws:sts::123456789012:assumed-role/app/one"}"#, true),
            (#""*""#, true), (#"{"AWS":["arn:aws:iam::123456789012:role/other"]}"#, false),
            (#"{"AWS":"arn:aws:iam::123456789012:root"}"#, false),
            (#"{"Service":"lambda.amazonaws.com"}"#, false),
        ])
    func inPerson(principal: String, isAllowed: Bool) {
        let policies = AccessEvaluation(resource: policy("Allow", principal: principal))
        #expect((policies.decision(on: request()) == .allowed) == isAllowed)
    }

    // IAM User Guide, "Permissions boundaries": resource-based policies.
    @Test(
        "a boundary bounds what a resource grants a role, not what it grants its session or a user")
    func bounded() {
        let empty = AccessPolicy(statements: [])
        func decision(_ name: String, _ principal: AccessPrincipal) -> AccessDecision {
            let policies = AccessEvaluation(
                boundary: empty, resource: policy("Allow", principal: #"{"AWS":"\#(name)"}"#))
            return policies.decision(on: request(principal))
        }
        #expect(decision(Self.role.arn, Self.role) == .implicitDeny(.boundary))
        #expect(decision(Self.role.caller, Self.role) == .allowed)
        #expect(decision(Self.user.arn, Self.user) == .allowed)
    }

    // KMS developer guide, "Key policies".
    @Test("a key's policy is always needed; only where it names the account do others count")
    func keys() {
        var policies = AccessEvaluation(identity: [policy("Allow")], isKey: true)
        policies.resource = AccessPolicy(statements: [])
        #expect(policies.decision(on: request()) == .implicitDeny(.resource))
        #expect(policies.decision(on: request(Self.root)) == .implicitDeny(.resource))
        policies.resource = policy(
            "Allow", principal: #"{"AWS":"arn:aws:iam::123456789012:root"}"#)
        #expect(policies.decision(on: request()) == .allowed)
        #expect(policies.decision(on: request(Self.root)) == .allowed)
        policies.identity = []
        #expect(policies.decision(on: request()) == .implicitDeny(.identity))
        policies.resource = policy("Allow", principal: #"{"AWS":"\#(Self.role.arn)"}"#)
        #expect(policies.decision(on: request()) == .allowed)
    }

    @Test("a statement for all but one leaves that one out")
    func notPrincipal() {
        let document = """
            {"Version":"2012-10-17","Statement":[{"Effect":"Deny","Action":"*","Resource":"*",
            "NotPrincipal":{"AWS":"\(Self.user.arn)"}}]}
            """
        let policies = AccessEvaluation(
            identity: [policy("Allow")], resource: AccessPolicy(document))
        #expect(policies.decision(on: request()) == .explicitDeny(.resource))
        #expect(policies.decision(on: request(Self.user)) == .allowed)
    }
}
