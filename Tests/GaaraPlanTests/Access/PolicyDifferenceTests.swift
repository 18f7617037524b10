@testable import GaaraPlan
import Testing

@Suite struct PolicyDifferenceTests {
    private static let prefix = "arn:aws:secretsmanager:us-east-1:123456789012:secret:shop/staging/"
    private static let root = "arn:aws:iam::123456789012:root"

    private static func reader(_ names: String...) -> String {
        PolicyDocument(statements: [
            PolicyStatement(
                "Read", actions: ["secretsmanager:GetSecretValue"],
                resources: names.map { "\(prefix)\($0)-??????" })
        ]).text
    }

    private static func key(
        _ roles: [String], _ secrets: [String], actions: [String] = ["kms:Decrypt"],
        via: String = "a"
    ) -> String {
        PolicyDocument(statements: [
            PolicyStatement(
                "Use", principal: .aws([root]), actions: actions, resources: ["*"],
                conditions: [
                    PolicyCondition(
                        .arnLike, "aws:PrincipalArn",
                        roles.map { "arn:aws:iam::123456789012:role/\($0)" }),
                    PolicyCondition(
                        .stringLike, "kms:EncryptionContext:SecretARN",
                        secrets.map { "\(prefix)\($0)-??????" }),
                    PolicyCondition(.stringEquals, "kms:ViaService", [via]),
                ])
        ]).text
    }

    static let differences: [(String, String, PolicyDifference.Verdict, [String])] = [
        (reader("a"), reader("a"), .same, []),
        (reader("a"), reader("a", "b"), .widened, ["role app can also read b"]),
        (reader("a", "b", "c"), reader("c"), .narrowed, ["role app can no longer read a, b"]),
        (
            reader("a"), reader("b"), .both,
            ["role app can no longer read a", "role app can also read b"]
        ),
        (reader("*"), reader("a"), .narrowed, ["role app can no longer read *"]),
        (reader("*"), reader("a*"), .narrowed, ["role app can no longer read *"]),
        (
            key(["app"], ["a"]), key(["app", "job"], ["a"]), .widened,
            ["role job can also decrypt a"]
        ),
        (
            key(["app"], ["a", "b"]), key(["app"], ["a"]), .narrowed,
            ["role app can no longer decrypt b"]
        ),
        (
            key(["app"], ["a"], actions: ["kms:*"]), key(["app"], ["a"]), .narrowed,
            ["role app can no longer call kms:* on a"]
        ),
        (
            key(["app"], ["a"]), key(["app"], ["a"], via: "b"), .unproven,
            ["role app can, under other conditions, decrypt a"]
        ),
        (
            reader("a"), reader("a").replacing("Allow", with: "Deny"), .narrowed,
            ["role app can no longer read a", "role app is now denied to read a"]
        ),
        ("[]", reader("a"), .unproven, ["the present policy cannot be understood"]),
    ]

    @Test("says in words who gains and who loses what", arguments: differences)
    func words(
        _ old: String, _ new: String, _ verdict: PolicyDifference.Verdict, _ lines: [String]
    ) {
        let difference = PolicyDifference(from: old, to: new, bearers: ["role app"])
        #expect(difference.verdict == verdict)
        #expect(difference.lines == lines)
    }

    @Test("tells of a role that was deleted and of whoever has a policy that nobody has")
    func whom() {
        let lost = PolicyDocument(statements: [
            PolicyStatement(
                "A", principal: .aws(["AROAEXAMPLEID1234567"]), actions: ["kms:Decrypt"],
                resources: ["*"])
        ]).text
        #expect(
            PolicyDifference(from: lost, to: Self.key(["app"], ["a"])).lines == [
                "AROAEXAMPLEID1234567, which was deleted, can no longer call kms:Decrypt",
                "role app can also decrypt a",
            ])
        #expect(
            PolicyDifference(from: Self.reader("a"), to: Self.reader("a", "b")).lines
                == ["whoever has it can also read b"])
    }

    @Test("a pattern covers what it surely matches, and nothing with a variable but itself")
    func patterns() {
        for (one, other) in [
            ("*", "${x}"), ("a*", "ab"), ("a*c", "ab*c"), ("a?", "a?"), ("?", "x"),
        ] {
            #expect(PolicyPattern(one).covers(other), "\(one) \(other)")
        }
        for (one, other) in [
            ("a", "*"), ("?", "*"), ("a*", "b"), ("a*", "a${x}"), ("a?", "a"), ("ab", "a?"),
        ] {
            #expect(!PolicyPattern(one).covers(other), "\(one) \(other)")
        }
        #expect(PolicyPattern("arn:aws:iam::1:role/*").coversARN("arn:aws:iam::1:role/a/b"))
        #expect(!PolicyPattern("arn:*").coversARN("arn:aws:iam::1:role/a"))
    }
}
