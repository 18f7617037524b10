import Testing

@testable import AWS

@Suite("ARN")
struct ARNTests {
    @Test("an ARN is read into its parts and printed as it was")
    func parts() throws {
        let text = "arn:aws-cn:lambda:cn-north-1:123456789012:function:rotate:live"
        let arn = try #require(ARN(text))
        #expect(arn.partition == "aws-cn")
        #expect(arn.service == "lambda")
        #expect(arn.region == "cn-north-1")
        #expect(arn.account == "123456789012")
        #expect(arn.resource == "function:rotate:live")
        #expect(arn.description == text)
        #expect(ARN("arn:aws:iam::aws:policy/ReadOnlyAccess")?.account == "aws")
    }

    @Test(
        "what is not an ARN gives nil",
        arguments: [
            "", "arn", "arn:aws:kms:eu-west-1:123456789012", "arn:aws:kms:eu-west-1:123456789012:",
            "urn:aws:kms:eu-west-1:123456789012:key/x", "arn:gcp:kms:eu-west-1:123456789012:key/x",
            "arn:aws:kms:eu-west-1:12345678901:key/x", "arn:aws:kms:eu-west-1:12345678901a:key/x",
            "arn:aws:kms:EU:123456789012:key/x", "arn:aws:kms:e/:123456789012:key/x",
            "arn:aws:kms:eu-west-1:123456789012:key/x y", "arn:aws:kms:eu-west-1:123456789012:k\n",
            "arn:aws::eu-west-1:123456789012:key/x",
        ])
    func notARNs(text: String) {
        #expect(ARN(text) == nil)
    }
}
