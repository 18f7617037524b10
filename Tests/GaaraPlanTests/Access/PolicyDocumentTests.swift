import GaaraPlan
import JSON
import Testing

@Suite struct PolicyDocumentTests {
    @Test("has one spelling, whatever the order and the repeats it was made with")
    func deterministic() {
        let tests = [
            PolicyCondition(.stringLike, "b", ["y", "x", "y"]),
            PolicyCondition(.stringEquals, "c", ["z"]), PolicyCondition(.stringEquals, "a", ["z"]),
        ]
        func document(_ conditions: [PolicyCondition], _ names: [String]) -> PolicyDocument {
            PolicyDocument(
                id: "id",
                statements: [
                    PolicyStatement(
                        "Sid", effect: .deny, principal: .aws(names), actions: names,
                        resources: names, conditions: conditions)
                ])
        }
        let one = document(tests, ["b", "a", "b"])
        let other = document(tests.reversed(), ["a", "b"])
        #expect(one.text == other.text)
        #expect(
            one.text
                == #"{"Version":"2012-10-17","Id":"id","Statement":[{"Sid":"Sid","Effect":"Deny","#
                + #""Principal":{"AWS":["a","b"]},"Action":["a","b"],"Resource":["a","b"],"#
                + #""Condition":{"StringEquals":{"a":"z","c":"z"},"StringLike":{"b":["x","y"]}}}]}"#
        )
    }

    @Test("leaves out what a statement does not have, and knows each kind of principal")
    func optional() {
        func text(_ principal: PolicyPrincipal) -> String {
            PolicyDocument(
                statements: [
                    PolicyStatement(
                        "S", principal: principal, actions: ["sts:AssumeRole"], resources: [])
                ]
            ).text
        }
        #expect(
            text(.service(["lambda.amazonaws.com"]))
                == #"{"Version":"2012-10-17","Statement":[{"Sid":"S","Effect":"Allow","#
                + #""Principal":{"Service":"lambda.amazonaws.com"},"Action":"sts:AssumeRole"}]}"#)
        #expect(text(.federated(["arn"])).contains(#""Principal":{"Federated":"arn"}"#))
        #expect(text(.aws(["arn"])).contains(#""Principal":{"AWS":"arn"}"#))
    }

    @Test("counts the characters as IAM does, without white space")
    func counts() throws {
        let plan = try PolicyFixture.plan()
        let document = plan.readerPolicy(of: plan.access[0]).document(keyARN: PolicyFixture.keyARN)
        #expect(document.nonSpaceCount == document.text.utf8.count)
        let spaced = PolicyDocument(
            statements: [PolicyStatement("S", actions: ["a b"], resources: ["é\tü"])])
        #expect(spaced.nonSpaceCount == spaced.text.unicodeScalars.count - 1)
    }
}
