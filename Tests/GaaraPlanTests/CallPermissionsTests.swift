import GaaraStore
import Testing

@testable import GaaraPlan

@Suite("What a call needs to be allowed")
struct CallPermissionsTests {
    private static let path = "gaara-store/staging/database-url"
    private static let secretARN =
        "arn:aws:secretsmanager:us-east-1:123456789012:secret:\(path)-??????"
    private static let policyARN = "arn:aws:iam::123456789012:policy/gaara-store/staging/p"
    private static let roleARN = "arn:aws:iam::123456789012:role/gaara-store/staging/r"
    private static let newKey =
        "arn:aws:kms:us-east-1:123456789012:key/????????-????-????-????-????????????"
    private static let known = KeyReference.known(arn: Samples.keyARN)
    private static let write = ValueWrite(seen: nil, token: nil, source: .envFile)
    private static let rules = Rotation.Rules(
        function: "arn:aws:lambda:us-east-1:123456789012:function:f", everyDays: 30,
        expression: nil, windowHours: nil)

    private func permissions(_ call: Call, isOurs: Bool = true) -> [Permission] {
        call.permissions(in: Samples.identity, Call.Encryption(Self.known, isOurs: isOurs))
    }

    private func words(_ call: Call) -> [String] {
        permissions(call).map { "\($0.action) on \($0.resource)" }
    }

    /// One of each case.
    private static let calls: [Call] = [
        .key(.create(role: .data, description: "d", policy: "{}", tags: ["a": "b"])),
        .key(.createAlias("alias/a", key: known)), .key(.updateDescription(known, "d")),
        .key(.enableRotation(known, days: 90)), .key(.disableRotation(known)),
        .key(.putPolicy(known, "{}")), .key(.tag(known, ["a": "b"])), .key(.untag(known, ["a"])),
        .key(.cancelDeletion(known)), .key(.enable(known)),
        .secret(
            .create(path, description: "d", key: known, value: .envFile, tags: ["a": "b"])),
        .secret(.update(path, description: "d", key: nil)), .secret(.putValue(path, write)),
        .secret(.moveCurrent(path, write)), .secret(.removeStagedLabel(path, write)),
        .secret(.removeLabel(path, "AWSPENDING", version: "v")), .secret(.tag(path, ["a": "b"])),
        .secret(.untag(path, ["a"])), .secret(.restore(path)),
        .secret(.delete(path, recoveryWindowDays: 7)),
        .secret(.rotate(path, rules, immediately: false)), .secret(.cancelRotation(path)),
        .policy(.create(name: "p", path: "/gaara-store/staging/", document: "{}", tags: [:])),
        .policy(.createVersion(arn: policyARN, document: "{}")),
        .policy(.deleteVersion(arn: policyARN, version: "v1")), .policy(.delete(arn: policyARN)),
        .policy(.tag(arn: policyARN, ["a": "b"])), .policy(.untag(arn: policyARN, ["a"])),
        .policy(.attach(arn: policyARN, Principal(.role, "app"))),
        .policy(.detach(arn: policyARN, Principal(.group, "people"))),
        .secret(.replicate(path, region: "eu-west-1", key: "alias/a")),
        .secret(.removeReplica(path, region: "eu-west-1")),
        .secret(.putPolicy(path, seen: .none, "{}")), .secret(.removePolicy(path)),
        .role(
            .create(
                name: "r", path: "/gaara-store/staging/", trust: "{}", boundary: "b",
                tags: ["a": "b"])),
        .role(.putTrust(arn: roleARN, "{}")), .role(.putBoundary(arn: roleARN, "b")),
        .role(.tag(arn: roleARN, ["a": "b"])), .role(.untag(arn: roleARN, ["a"])),
        .role(.delete(arn: roleARN)), .key(.scheduleDeletion(known, days: 30)),
    ]

    @Test("every call needs its own action, on a whole ARN or on everything", arguments: calls)
    func own(call: Call) throws {
        let own = permissions(call).filter { $0.action == call.action }
        #expect(!own.isEmpty)
        for permission in permissions(call) {
            #expect(
                permission.resource == "*"
                    || permission.resource.split(separator: ":").count >= 5)
        }
    }

    @Test("what is made with tags takes the right to tag it, and brings the tags")
    func tags() throws {
        let calls = Self.calls
        #expect(words(calls[0]) == ["kms:CreateKey on *", "kms:TagResource on \(Self.newKey)"])
        let arn = Self.policyARN
        #expect(words(calls[22]) == ["iam:CreatePolicy on \(arn)", "iam:TagPolicy on \(arn)"])
        let context = try #require(permissions(calls[0]).first?.context)
        #expect(context == ["aws:TagKeys": ["a"], "aws:RequestTag/a": ["b"]])
    }

    @Test("who writes a value uses the key through Secrets Manager, and for that secret")
    func encryption() throws {
        let key = Samples.keyARN
        #expect(
            words(.secret(.putValue(Self.path, Self.write))) == [
                "secretsmanager:PutSecretValue on \(Self.secretARN)", "kms:Decrypt on \(key)",
                "kms:GenerateDataKey on \(key)",
            ])
        #expect(
            words(Self.calls[10]) == [
                "secretsmanager:CreateSecret on \(Self.secretARN)",
                "secretsmanager:TagResource on \(Self.secretARN)", "kms:Decrypt on \(key)",
                "kms:GenerateDataKey on \(key)",
            ])
        let moved = SecretCall.update(Self.path, description: nil, key: Self.known)
        #expect(
            permissions(.secret(moved)).map(\.action) == [
                "secretsmanager:UpdateSecret", "kms:Decrypt", "kms:Encrypt", "kms:GenerateDataKey",
            ])
        let use = try #require(permissions(.secret(.putValue(Self.path, Self.write))).last)
        #expect(use.context["kms:ViaService"] == ["secretsmanager.us-east-1.amazonaws.com"])
        #expect(use.context["kms:EncryptionContext:SecretARN"] == [Self.secretARN])
        #expect(use.otherwise == nil)
    }

    @Test("the policy of a key that is not ours may allow what IAM does not")
    func foreignKey() {
        let put = Call.secret(.putValue(Self.path, Self.write))
        #expect(permissions(put, isOurs: false).last?.otherwise == "the key's own policy")
    }

    @Test("an alias is checked beside its key, and an attachment by whom and which policy")
    func conditions() {
        #expect(
            words(Self.calls[1]) == [
                "kms:CreateAlias on arn:aws:kms:us-east-1:123456789012:alias/a",
                "kms:CreateAlias on \(Samples.keyARN)",
            ])
        #expect(
            permissions(Self.calls[28]) == [
                Permission(
                    "iam:AttachRolePolicy", on: "arn:aws:iam::123456789012:role/app",
                    context: ["iam:PolicyARN": [Self.policyARN]])
            ])
    }

    @Test("a rotation takes the right to invoke its function, which the function may give itself")
    func rotation() {
        let last = permissions(Self.calls[20]).last
        #expect(last?.action == "lambda:InvokeFunction")
        #expect(last?.resource == Self.rules.function)
        #expect(last?.otherwise == "the function's own policy")
    }
}
