import GaaraPlan
import JSON
import Testing

@Suite struct PolicyMeaningTests {
    private static let root = "arn:aws:iam::123456789012:root"
    private static let declared = PolicyDocument(
        id: "id",
        statements: [
            PolicyStatement(
                "One", principal: .aws([root]), actions: ["kms:Decrypt", "kms:Encrypt"],
                resources: ["arn:a", "arn:b"],
                conditions: [
                    PolicyCondition(.arnLike, "aws:PrincipalArn", ["arn:x"]),
                    PolicyCondition(.stringEquals, "aws:SecureTransport", ["true", "7"]),
                ]),
            PolicyStatement("Two", principal: .aws(["*"]), actions: ["s:Get"], resources: ["*"]),
        ])

    private static let one =
        #""Principal":{"AWS":"\#(root)"},"Action":["kms:Decrypt","kms:Encrypt"],"Resource":["arn:a","arn:b"]"#
    private static let when =
        #""Condition":{"ArnLike":{"aws:PrincipalArn":"arn:x"},"#
        + #""StringEquals":{"aws:SecureTransport":["true","7"]}}"#
    private static let two =
        #"{"Effect":"Allow","Principal":{"AWS":"*"},"Action":"s:Get","Resource":"*"}"#

    private static func policy(_ statements: String...) -> String {
        #"{"Version":"2012-10-17","Statement":[\#(statements.joined(separator: ","))]}"#
    }

    private static func first(
        principal: String = #"{"AWS":"\#(root)"}"#,
        action: String = #"["kms:Decrypt","kms:Encrypt"]"#,
        resource: String = #"["arn:a","arn:b"]"#, condition: String = when
    ) -> String {
        #"{"Effect":"Allow","Principal":\#(principal),"Action":\#(action),"#
            + #""Resource":\#(resource),\#(condition)}"#
    }

    // The rules of the IAM User Guide's pages on the policy elements and on the grammar.
    static let equivalent: [(String, String)] = [
        ("its own text", declared.text),
        ("white space", declared.json.text(indent: 4) + "\n"),
        ("no Sid and no Id", policy(first(), two)),
        // Variables are all that the later version adds, and there are none.
        ("no Version", declared.text.replacing(#""Version":"2012-10-17","#, with: "")),
        ("the older Version", declared.text.replacing("2012-10-17", with: "2008-10-17")),
        ("another order of statements", policy(two, first())),
        ("a repeated statement", policy(first(), two, two)),
        (
            "another order and repeats",
            policy(
                first(
                    action: #"["kms:Encrypt","kms:Decrypt","kms:Encrypt"]"#,
                    resource: #"["arn:b","arn:a","arn:a"]"#), two)
        ),
        (
            "a list of one",
            policy(
                first(principal: #"{"AWS":["\#(root)"]}"#),
                #"{"Effect":"Allow","Principal":{"AWS":["*"]},"Action":["s:Get"],"Resource":["*"]}"#
            )
        ),
        (
            "actions in another case",
            policy(
                first(action: #"["KMS:decrypt","kms:ENCRYPT"]"#), two)
        ),
        (
            "the account's id for its root",
            policy(first(principal: #"{"AWS":"123456789012"}"#), two)
        ),
        (
            "everyone as a bare star",
            policy(
                first(), #"{"Effect":"Allow","Principal":"*","Action":"s:Get","Resource":"*"}"#)
        ),
        (
            "condition keys in another case",
            policy(
                first(
                    condition: #""Condition":{"ArnLike":{"AWS:principalARN":"arn:x"},"#
                        + #""StringEquals":{"aws:securetransport":["7","true"]}}"#), two)
        ),
        (
            "values without quotation marks",
            policy(
                first(condition: when.replacing(#"["true","7"]"#, with: "[true,7,true]")), two)
        ),
        (
            "ArnEquals for ArnLike",
            policy(
                first(condition: when.replacing("ArnLike", with: "ArnEquals")), two)
        ),
        (
            "an empty Condition",
            policy(
                first(),
                #"{"Effect":"Allow","Principal":"*","Action":"s:Get","Resource":"*","Condition":{}}"#
            )
        ),
        (
            "statements split by action and by resource",
            policy(
                first(action: #""kms:Decrypt""#),
                first(action: #""kms:Encrypt""#, resource: #""arn:a""#),
                first(action: #""kms:Encrypt""#, resource: #""arn:b""#), two)
        ),
    ]

    @Test("is the same for every way to say it", arguments: equivalent)
    func same(_ way: String, _ text: String) {
        #expect(Self.declared.isEquivalent(to: text), "\(way)")
    }

    static let different: [(String, String)] = [
        ("no text", ""), ("no object", "[]"), ("no JSON", declared.text + "x"),
        ("no statements", #"{"Version":"2012-10-17"}"#),
        (
            "a key that stands twice",
            policy(
                first().replacing(
                    #""Effect":"Allow","#, with: #""Effect":"Deny","Effect":"Allow","#),
                two)
        ),
        ("a statement less", policy(first())),
        (
            "a statement more",
            policy(
                first(), two, #"{"Effect":"Allow","Principal":"*","Action":"s:Put","Resource":"*"}"#
            )
        ),
        ("a denial", policy(first().replacing("Allow", with: "Deny"), two)),
        ("an effect in another case", policy(first().replacing("Allow", with: "allow"), two)),
        ("an action less", policy(first(action: #""kms:Decrypt""#), two)),
        (
            "an action more",
            policy(
                first(action: #"["kms:Decrypt","kms:Encrypt","kms:*"]"#), two)
        ),
        ("a resource less", policy(first(resource: #""arn:a""#), two)),
        ("a resource in another case", policy(first(resource: #"["arn:a","arn:B"]"#), two)),
        (
            "NotAction for Action",
            policy(first().replacing(#""Action""#, with: #""NotAction""#), two)
        ),
        (
            "NotResource for Resource",
            policy(
                first().replacing(#""Resource""#, with: #""NotResource""#), two)
        ),
        (
            "NotPrincipal for Principal",
            policy(
                first().replacing(#""Principal""#, with: #""NotPrincipal""#), two)
        ),
        (
            "both Action and NotAction",
            policy(
                first().replacing(#""Resource""#, with: #""NotAction":"a:b","Resource""#), two)
        ),
        (
            "no principal",
            policy(
                first().replacing(#""Principal":{"AWS":"\#(root)"},"#, with: ""), two)
        ),
        (
            "no resource",
            policy(
                first().replacing(#""Resource":["arn:a","arn:b"],"#, with: ""), two)
        ),
        ("another account", policy(first(principal: #"{"AWS":"123456789013"}"#), two)),
        ("a deleted role", policy(first(principal: #"{"AWS":"AROAEXAMPLEID1234567"}"#), two)),
        ("a principal of another kind", policy(first(principal: #"{"Service":"\#(root)"}"#), two)),
        ("a principal more", policy(first(principal: #"{"AWS":["\#(root)","*"]}"#), two)),
        ("no condition", policy(first(condition: #""Condition":{}"#), two)),
        (
            "a condition less",
            policy(
                first(condition: #""Condition":{"ArnLike":{"aws:PrincipalArn":"arn:x"}}"#), two)
        ),
        (
            "a condition's value in another case",
            policy(
                first(condition: when.replacing("arn:x", with: "arn:X")), two)
        ),
        (
            "a value more",
            policy(
                first(condition: when.replacing(#""arn:x""#, with: #"["arn:x","arn:y"]"#)), two)
        ),
        (
            "a negated condition",
            policy(
                first(condition: when.replacing("ArnLike", with: "ArnNotLike")), two)
        ),
        (
            "a condition that is skipped when absent",
            policy(
                first(condition: when.replacing("ArnLike", with: "ArnLikeIfExists")), two)
        ),
        (
            "StringLike for ArnLike",
            policy(
                first(condition: when.replacing("ArnLike", with: "StringLike")), two)
        ),
        (
            "a condition key twice in different case",
            policy(
                first(
                    condition: when.replacing(
                        #""aws:PrincipalArn":"arn:x""#,
                        with: #""aws:PrincipalArn":"arn:x","AWS:PrincipalArn":"arn:x""#)), two)
        ),
        (
            "a condition of null",
            policy(
                first(condition: when.replacing(#""arn:x""#, with: "null")), two)
        ),
        (
            "an unknown element",
            policy(first().replacing(#""Effect""#, with: #""X":1,"Effect""#), two)
        ),
        ("an unknown member of the document", declared.text.replacing(#""Id""#, with: #""ID""#)),
        ("still percent-encoded", declared.text.replacing("{", with: "%7B")),
    ]

    @Test(
        "differs when it allows or denies anything else, or cannot be understood",
        arguments: different)
    func other(_ way: String, _ text: String) {
        #expect(text != Self.declared.text, "\(way)")
        #expect(!Self.declared.isEquivalent(to: text), "\(way)")
    }

    @Test("differs in its Version where a resource or a condition has a variable")
    func variables() {
        let resource = PolicyDocument(statements: [
            PolicyStatement("A", actions: ["s:Get"], resources: ["arn:${aws:username}"])
        ])
        let condition = PolicyDocument(statements: [
            PolicyStatement(
                "A", actions: ["s:Get"], resources: ["*"],
                conditions: [PolicyCondition(.stringLike, "s:k", ["${aws:username}"])])
        ])
        for document in [resource, condition] {
            #expect(document.isEquivalent(to: document.text))
            for older in ["", #""Version":"2008-10-17","#] {
                let text = document.text.replacing(#""Version":"2012-10-17","#, with: older)
                #expect(!document.isEquivalent(to: text))
            }
        }
    }

    @Test("differs where a role or user was deleted, even from a document with the same id")
    func deleted() {
        let id = "AROAEXAMPLEID1234567"
        let document = PolicyDocument(statements: [
            PolicyStatement("A", principal: .aws([id]), actions: ["s:Get"], resources: ["*"])
        ])
        #expect(!document.isEquivalent(to: document.text))
        #expect(PolicyDocument.deletedPrincipals(in: document.text) == [id])
        #expect(
            PolicyDocument.deletion(in: document.text)
                == "role \(id) was deleted: the policy keeps only the id")
        #expect(PolicyDocument.deletion(in: Self.declared.text) == nil)
    }

    @Test("is the same for every document that a plan gives")
    func plans() throws {
        let plan = try PolicyFixture.plan()
        let documents =
            plan.keys.map(plan.keyPolicy)
            + plan.access.map { plan.readerPolicy(of: $0).document(keyARN: PolicyFixture.keyARN) }
        for one in documents {
            for other in documents {
                #expect(one.isEquivalent(to: other.json.text(indent: 2)) == (one == other))
            }
        }
    }

    @Test("refuses a document of more combinations than memory should hold")
    func tooMany() {
        let many = (0..<2000).map { #""a:\#($0)""# }.joined(separator: ",")
        let text = Self.policy(
            #"{"Effect":"Allow","Action":[\#(many)],"Resource":[\#(many)]}"#)
        #expect(!Self.declared.isEquivalent(to: text))
    }
}
