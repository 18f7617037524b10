import Testing

@testable import AWSSandbox

@Suite("The place of a statement in its policy")
struct StatementPlaceTests {
    private func places(_ document: String) -> [[Int]] {
        StatementPlace.all(in: document).map {
            [$0.start.line, $0.start.column, $0.end.line, $0.end.column]
        }
    }

    // LS test_simulate_principle_policy: a document as json.dumps writes it.
    @Test("of one that stands alone begins behind its brace")
    func alone() {
        let document =
            #"{"Version": "2012-10-17", "Statement": {"Sid": "", "Effect": "Allow", "#
            + #""Action": "s3:PutObject", "Resource": "*"}}"#
        #expect(places(document) == [[1, 41, 1, 113]])
    }

    // aws-cli, the example of simulate-principal-policy.
    @Test("of the first of a list begins behind the bracket, lines counted")
    func lines() {
        let document = """
            {
                "Version": "2012-10-17",
                "Statement": [
                    {
                        "Sid": "List",
                        "Effect": "Allow",
                        "Action": "codecommit:ListRepositories",
                        "Resource": "*"
                    }
                ]
            }
            """
        #expect(places(document) == [[3, 19, 9, 10]])
    }

    @Test("is found whatever stands around it, and whatever texts hold")
    func around() {
        let document =
            #"{"Id":"\"Statement\":[{","Statement":[{"Sid":"a]}"},{"C":{"D":[1]}}],"Version":"x"}"#
        #expect(places(document) == [[1, 39, 1, 52], [1, 52, 1, 68]])
        #expect(places(#"{"Version":"2012-10-17"}"#).isEmpty)
        #expect(places(#"{"Statement":[]}"#).isEmpty)
    }
}
