import HTTP
import JSON
import POSIX
import Testing

@testable import AWS

@Suite("ErrorBody")
struct ErrorBodyTests {
    /// Cases of protocols that we do not speak, with the reason.
    static let notOurs = [
        "rpc-v2-cbor": "no service is called by CBOR: CloudWatch and tagging take JSON as well"
    ]

    @Test("every public case of an error's forms gives its code and message")
    func publicCases() throws {
        var tally = Tally("errors.json cases")
        for value in try CaseFile("errors.json").cases("cases") {
            let id = try #require(value["id"]?.string)
            let name = try #require(value["protocol"]?.string)
            if let reason = Self.notOurs[name] {
                tally.add(id, ["not answered"], because: reason)
                continue
            }
            let form: ServiceID.Form =
                name == "query" ? .query(version: "2010-05-08") : .json(targetPrefix: "X")
            let headers = value["headers"]?.strings ?? [:]
            let status = try #require(value["status"]?.int)
            let body = ErrorBody(
                HTTPResponse(
                    status: status, headers: headers.map { HTTPHeader($0.key, $0.value) },
                    body: Array((value["body"]?.string ?? "").utf8)), form: form)
            let expected = try #require(value["expect"])
            let members = ["code", "message", "requestId", "fault"]
            let wanted = expected.strings.filter { members.contains($0.key) }
            let found = [
                // The cases write an answer without a code as its status.
                "code": body.code ?? String(status), "message": body.message,
                "requestId": wanted["requestId"] == nil ? nil : body.requestID,
                "fault": wanted["fault"] == nil ? nil : body.fault,
            ].compactMapValues { $0 }
            tally.add(id, found == wanted ? [] : ["\(found) is not \(wanted)"])
        }
        tally.report()
        #expect(tally.differences == [:])
        #expect(tally.run == 13 + 4)
        #expect(tally.deviations.values.map(\.count) == [4])
    }

    @Test("the code is taken from the headers before the body, up to the colon, after the hash")
    func codeOrder() {
        let both = HTTPResponse(
            status: 400, headers: [HTTPHeader("X-Amzn-ErrorType", "a.b#FromHeader:http://x/")],
            body: Array(#"{"__type":"FromBody","code":"FromCode"}"#.utf8))
        #expect(ErrorBody(both, form: .json(targetPrefix: "X")).code == "FromHeader")
        var query = both
        query.headers.append(HTTPHeader("x-amzn-query-error", "FromQuery;Sender"))
        #expect(ErrorBody(query, form: .queryCompatibleJSON(targetPrefix: "X")).code == "FromQuery")
        #expect(ErrorBody(query, form: .json(targetPrefix: "X")).code == "FromHeader")
    }

    @Test("a name that is empty once it is cut does not hide the next")
    func emptyName() {
        let response = HTTPResponse(
            status: 400,
            headers: [
                HTTPHeader("x-amzn-query-error", ";Sender"),
                HTTPHeader("X-Amzn-ErrorType", ":http"),
            ], body: Array(#"{"__type":"a#","code":"FromCode"}"#.utf8))
        #expect(
            ErrorBody(response, form: .queryCompatibleJSON(targetPrefix: "X")).code == "FromCode")
    }

    @Test("the request id is taken from the header, and in XML from the body where there is none")
    func requestID() {
        let error = "<ErrorResponse><Error/><RequestId>in-error</RequestId></ErrorResponse>"
        let success = """
            <GetRoleResponse><ResponseMetadata><RequestId>in-answer</RequestId></ResponseMetadata>\
            </GetRoleResponse>
            """
        let form = ServiceID.Form.query(version: "1")
        func id(_ body: String, _ headers: [HTTPHeader] = []) -> String? {
            ErrorBody.requestID(
                of: HTTPResponse(status: 200, headers: headers, body: Array(body.utf8)), form: form)
        }
        #expect(id(error) == "in-error")
        #expect(id(success) == "in-answer")
        #expect(id(success, [HTTPHeader("x-amzn-requestid", "in-header")]) == "in-header")
        #expect(id("<html>") == nil)
    }

    @Test("Response/Errors/Error is read like ErrorResponse/Error")
    func oldForm() {
        let text = """
            <Response><Errors><Error><Code>AuthFailure</Code><Message>no</Message></Error></Errors>\
            <RequestID>r-9</RequestID></Response>
            """
        let body = ErrorBody(
            HTTPResponse(status: 401, body: Array(text.utf8)), form: .query(version: "1"))
        #expect(body.code == "AuthFailure")
        #expect(body.requestID == "r-9")
    }

    @Test("a message that repeats a secret value is withheld, in base64 too")
    func repeatedValue() {
        let secret = ProtectedBytes(Array("hunter2hunter2".utf8))
        for echo in ["Value 'hunter2hunter2' is bad", "Value 'aHVudGVyMmh1bnRlcjI=' is bad"] {
            let body = ErrorBody(
                HTTPResponse(
                    status: 400,
                    body: Array(#"{"__type":"ValidationException","message":"\#(echo)"}"#.utf8)),
                form: .json(targetPrefix: "X")
            ).withoutMessage(ifItRepeats: [secret])
            #expect(body.message == "the message is withheld, since it repeats a secret value")
            #expect(body.code == "ValidationException")
        }
    }

    @Test("a message that repeats a part of a secret value is withheld, and a word of it is not")
    func repeatedPart() {
        let secret = ProtectedBytes(Array("word \"0123456789abcdef\" word".utf8))
        func message(_ echo: String) -> String? {
            ErrorBody(
                HTTPResponse(
                    status: 400,
                    body: Array(#"{"__type":"ValidationException","message":"\#(echo)"}"#.utf8)),
                form: .json(targetPrefix: "X")
            ).withoutMessage(ifItRepeats: [secret]).message
        }
        let withheld = "the message is withheld, since it repeats a secret value"
        // As it stood in the request: the quotes still escaped.
        #expect(message(#"Value 'word \\\"0123456789abcdef\\\" word' is bad"#) == withheld)
        #expect(message("cut after 0123456789abcdef") == withheld)
        #expect(message("a word 0123456789abcde") == "a word 0123456789abcde")
        #expect(message("word") == "word")
    }
}
