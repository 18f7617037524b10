import AWS
import GaaraPlan
import Testing

@testable import GaaraEngine

@Suite("Questions to the policy simulator")
struct QuestionTests {
    private func permission(
        _ action: String, _ resource: String, _ context: [String: [String]] = [:]
    ) -> Permission {
        Permission(action, on: resource, context: context)
    }

    @Test("resources with the same actions and conditions are asked about together")
    func together() {
        let permissions = (1...3).flatMap { number in
            [permission("a:Put", "arn:\(number)"), permission("a:Move", "arn:\(number)")]
        }
        let questions = Question.each(of: permissions)
        #expect(questions.count == 1)
        let asked = questions[0].call(about: "arn:me", in: "eu-west-1").question
        #expect(asked.actionNames == ["a:Put", "a:Move"])
        #expect(asked.resourceARNs == ["arn:1", "arn:2", "arn:3"])
        #expect(questions[0].permissions == permissions)
    }

    @Test("another set of actions or other conditions are another question")
    func apart() {
        let questions = Question.each(of: [
            permission("a:Put", "arn:1"), permission("a:Put", "arn:2"),
            permission("a:Move", "arn:2"), permission("a:Put", "arn:3", ["k": ["v"]]),
        ])
        #expect(questions.map { $0.permissions.count } == [1, 2, 1])
    }

    @Test("every permission is in exactly one question, and no question is too long")
    func large() {
        let permissions = (0..<120).map { permission("a:Put", "arn:\($0)") }
        let questions = Question.each(of: permissions)
        #expect(questions.map { $0.permissions.count } == [50, 50, 20])
        #expect(questions.flatMap(\.permissions) == permissions)
    }

    @Test("what only AWS knows is some character, and the region is among the conditions")
    func example() {
        let question = Question.each(of: [
            permission("a:Put", "secret-??????", ["aws:TagKeys": ["a", "b"], "s": ["x-??????"]])
        ])[0]
        let asked = question.call(about: "arn:me", in: "eu-west-1")
        #expect(asked.policySourceARN == "arn:me")
        #expect(asked.question.resourceARNs == ["secret-000000"])
        #expect(
            asked.question.context == [
                IAM.ContextEntry("aws:RequestedRegion", ["eu-west-1"]),
                IAM.ContextEntry("aws:TagKeys", ["a", "b"], type: "stringList"),
                IAM.ContextEntry("s", ["x-000000"]),
            ])
    }
}
