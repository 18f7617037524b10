import Testing

@testable import AWS

@Suite("PercentCoding")
struct PercentCodingTests {
    @Test("a form escapes all but the unreserved characters, and space is a plus sign")
    func form() {
        #expect(PercentCoding.form("aZ09-._~ +*/=&%ü") == "aZ09-._~+%2B%2A%2F%3D%26%25%C3%BC")
    }

    @Test("RFC 3986 decoding leaves the plus sign alone")
    func decoding() {
        #expect(PercentCoding.decode("%7B%22a%22%3a+1%7D") == "{\"a\":+1}")
        for text in ["%", "%4", "%4g", "%ff", "a%"] {
            #expect(PercentCoding.decode(text) == nil)
        }
    }

    @Test("a form is read back as it was written, in its order")
    func roundTrip() throws {
        var request = QueryRequest(action: "A", version: "1")
        request.set("Document", #"{"a": "b+c"}"#)
        request.set("Empty", [String]())
        request.set("List", ["x", "y z"])
        request.set("Absent", String?.none)
        let members = try #require(PercentCoding.formMembers(request.bytes))
        #expect(
            members.map(\.name) == [
                "Action", "Version", "Document", "Empty", "List.member.1", "List.member.2",
            ])
        #expect(members.map(\.value) == ["A", "1", #"{"a": "b+c"}"#, "", "x", "y z"])
        #expect(PercentCoding.formMembers(Array("a=%zz".utf8)) == nil)
    }
}
