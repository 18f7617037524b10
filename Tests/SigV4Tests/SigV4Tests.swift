import Digest
import JSON
import SigV4
import Testing

@Suite struct SigV4Tests {
    @Test("agrees with every public case: canonical request, string to sign, signature, header")
    func conformance() throws {
        let file = try ConformanceCase.file("sigv4.json")
        let listed = try #require(file["cases"]?.array)
        var agree = 0
        for json in listed {
            let id = json["id"]?.string ?? "?"
            guard let known = ConformanceCase(json) else {
                Issue.record("\(id): the case cannot be read")
                continue
            }
            if differences(of: known).isEmpty {
                agree += 1
            } else {
                Issue.record("\(id) differs in \(differences(of: known))")
            }
        }
        print("sigv4.json: run \(listed.count), agree \(agree), differ \(listed.count - agree)")
        #expect(listed.count == 39)
        #expect(agree == listed.count)
    }

    private func differences(of known: ConformanceCase) -> [String] {
        let signature = known.signer.signature(
            of: known.request, with: known.credential, at: known.date)
        let added = known.signer.sign(known.request, with: known.credential, at: known.date)
        let found = [
            "canonicalRequest": signature.canonicalRequest,
            "stringToSign": signature.stringToSign,
            "signature": signature.signature,
            "authorization": added.last?.value ?? "",
        ]
        return found.filter { known.expected[$0.key]?.string != $0.value }.keys.sorted()
    }

    @Test("verifies the signature of every public case, and of none when one part is changed")
    func verifiesConformance() throws {
        let file = try ConformanceCase.file("sigv4.json")
        for known in try #require(file["cases"]?.array).compactMap(ConformanceCase.init) {
            var received = known.request
            received.headers += known.signer.sign(
                known.request, with: known.credential, at: known.date)
            let verified = try SigV4.verify(received, options: known.signer.options) { _ in
                known.credential
            }
            #expect(verified.date == known.date, "\(known.id)")
            #expect(verified.scope.service == known.signer.service, "\(known.id)")

            received.body.append(0)
            #expect(throws: SignatureFault.mismatch, "\(known.id)") {
                try SigV4.verify(received, options: known.signer.options) { _ in known.credential }
            }
        }
    }

    @Test("derives the published signing keys")
    func signingKeys() throws {
        let file = try ConformanceCase.file("sigv4.json")
        let keys = try #require(file["signingKeys"]?.array)
        #expect(keys.count == 6)
        for known in keys {
            let scope = CredentialScope(
                day: try #require(known["date"]?.string),
                region: try #require(known["region"]?.string),
                service: try #require(known["service"]?.string))
            let secret = try #require(known["secretAccessKey"]?.string)
            #expect(
                Hex.encode(scope.signingKey(secretAccessKey: secret))
                    == known["signingKeyHex"]?.string)
        }
    }

    static let credential = SigningCredential(accessKeyID: "AKIDEXAMPLE", secretAccessKey: "s")
    static let request = SignableRequest(
        method: "POST", target: "/",
        headers: [("Host", "kms.us-east-1.amazonaws.com"), ("Content-Type", "text/plain")],
        body: Array("{}".utf8))
    static let signer = SigV4(region: "us-east-1", service: "kms")

    // 1767398400 is 20260103T000000Z.
    @Test(
        "keeps date and scope on one day on each side of midnight",
        arguments: [
            (1_767_398_399, "20260102T235959Z", "20260102"),
            (1_767_398_400, "20260103T000000Z", "20260103"),
        ])
    func midnight(seconds: Int, basic: String, day: String) throws {
        let date = SigningDate(secondsSince1970: seconds)
        let headers = Self.signer.sign(Self.request, with: Self.credential, at: date)
        #expect(headers.map(\.name) == ["X-Amz-Date", "Authorization"])
        #expect(headers[0].value == basic)
        #expect(
            headers[1].value.hasPrefix(
                "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/\(day)/us-east-1/kms/aws4_request, "
                    + "SignedHeaders=content-type;host;x-amz-date, Signature="))
        let signature = Self.signer.signature(of: Self.request, with: Self.credential, at: date)
        #expect(
            signature.stringToSign.hasPrefix(
                "AWS4-HMAC-SHA256\n\(basic)\n\(day)/us-east-1/kms/aws4_request\n"))
    }

    @Test("does not cover what clients and proxies change, nor what it sets itself")
    func unsignedHeaders() {
        let date = SigningDate(secondsSince1970: 1_767_398_400)
        var noisy = Self.request
        noisy.headers += [
            ("User-Agent", "x"), ("Expect", ""), ("Connection", "close"),
            ("X-Amzn-Trace-Id", "Root=1"), ("Authorization", "old"), ("X-Amz-Date", "old"),
            ("x-amz-security-token", "old"), ("TransFER-Encoding", "chunked"),
        ]
        #expect(
            Self.signer.signature(of: noisy, with: Self.credential, at: date)
                == Self.signer.signature(of: Self.request, with: Self.credential, at: date))
    }

    @Test("sorts query parameters as pairs, so that a longer key does not come before its prefix")
    func queryOrder() {
        var request = Self.request
        request.target = "/?a-b=1&a=2&a.b=3&a=1&b&&c=%zz+"
        let signature = Self.signer.signature(
            of: request, with: Self.credential, at: SigningDate(secondsSince1970: 0))
        let query = signature.canonicalRequest.split(
            separator: "\n", omittingEmptySubsequences: false)[2]
        #expect(query == "a=1&a=2&a-b=1&a.b=3&b=&c=%25zz%2B")
    }

    @Test("encodes a path that is encoded already once more, and keeps its trailing slash")
    func encodedPath() {
        var request = Self.request
        request.target = "/a%2Fb//./c/"
        let signature = Self.signer.signature(
            of: request, with: Self.credential, at: SigningDate(secondsSince1970: 0))
        #expect(signature.canonicalRequest.hasPrefix("POST\n/a%252Fb/c/\n\n"))
    }

    @Test("never leaves the root, however many segments go up")
    func aboveRoot() {
        var request = Self.request
        request.target = "/../../a"
        let signature = Self.signer.signature(
            of: request, with: Self.credential, at: SigningDate(secondsSince1970: 0))
        #expect(signature.canonicalRequest.hasPrefix("POST\n/a\n"))
    }
}
