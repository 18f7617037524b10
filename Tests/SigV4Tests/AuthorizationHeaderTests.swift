import SigV4
import Testing

@Suite struct AuthorizationHeaderTests {
    static let signature = String(repeating: "0a", count: 32)
    static let valid =
        "AWS4-HMAC-SHA256 Credential=AKID/20150830/us-east-1/iam/aws4_request, "
        + "SignedHeaders=host;x-amz-date, Signature=\(signature)"

    @Test("reads the parts, in any order and with or without spaces after the commas")
    func reads() throws {
        let header = try AuthorizationHeader(parsing: Self.valid)
        #expect(header.accessKeyID == "AKID")
        #expect(
            header.scope == CredentialScope(day: "20150830", region: "us-east-1", service: "iam"))
        #expect(header.signedHeaders == ["host", "x-amz-date"])
        #expect(header.signature == Self.signature)
        let turned =
            "AWS4-HMAC-SHA256 Signature=\(Self.signature),SignedHeaders=host;x-amz-date,"
            + "Credential=AKID/20150830/us-east-1/iam/aws4_request"
        #expect(try AuthorizationHeader(parsing: turned) == header)
    }

    static let malformed = [
        "", "AWS4-HMAC-SHA256", "AWS4-HMAC-SHA256 ", "Basic YTpi",
        valid.replacing("SHA256", with: "SHA1"), valid.replacing("aws4_request", with: "aws4"),
        valid.replacing("/iam", with: ""), valid.replacing("AKID", with: ""),
        valid.replacing("/iam", with: "/iam/x"), valid.replacing("0a0a", with: "0a"),
        valid.replacing("Signature=", with: "Sig="), valid + ", Signature=\(signature)",
        valid + ", X=1", valid.replacing("Credential=", with: "Credential "),
    ]

    @Test("refuses every other form", arguments: malformed)
    func refuses(_ value: String) {
        #expect(throws: SignatureFault.malformed) { try AuthorizationHeader(parsing: value) }
    }
}
