import SigV4
import Testing

@Suite struct SigV4VerifyTests {
    static let date = SigningDate(secondsSince1970: 1_767_398_400)
    static let permanent = SigningCredential(accessKeyID: "AKID", secretAccessKey: "secret")
    static let temporary = SigningCredential(
        accessKeyID: "ASIA", secretAccessKey: "secret", sessionToken: "token")

    private func signed(
        with credential: SigningCredential = permanent,
        change: (inout SignableRequest) -> Void = { _ in }
    ) -> SignableRequest {
        var request = SignableRequest(
            method: "POST", target: "/path?a=1",
            headers: [("Host", "h"), ("X-Amz-Target", "T.Op")],
            body: [1, 2, 3])
        request.headers += SigV4(region: "us-east-1", service: "kms").sign(
            request, with: credential, at: Self.date)
        change(&request)
        return request
    }

    private func verify(_ request: SignableRequest) throws(SignatureFault) -> SigV4.Verified {
        try SigV4.verify(request) { id in
            [Self.permanent, Self.temporary].first { $0.accessKeyID == id }
        }
    }

    private func set(_ name: String, _ value: String?, in request: inout SignableRequest) {
        request.headers.removeAll { $0.name.lowercased() == name.lowercased() }
        if let value { request.headers.append((name, value)) }
    }

    @Test("tells who signed, for which scope and when")
    func accepts() throws {
        let verified = try verify(signed())
        #expect(verified.credential == Self.permanent)
        #expect(
            verified.scope == CredentialScope(day: "20260103", region: "us-east-1", service: "kms"))
        #expect(verified.date == Self.date)
        #expect(try verify(signed(with: Self.temporary)).credential == Self.temporary)
    }

    @Test("takes headers in another order and with names in another case")
    func acceptsReordered() throws {
        let request = signed { request in
            request.headers = request.headers.reversed().map { ($0.name.uppercased(), $0.value) }
        }
        #expect(try verify(request).credential == Self.permanent)
    }

    @Test("refuses a request of which any covered part was changed")
    func refusesChanges() {
        let changes: [(inout SignableRequest) -> Void] = [
            { $0.method = "GET" }, { $0.target = "/path?a=2" }, { $0.target = "/other?a=1" },
            { $0.body = [1, 2] }, { set("Host", "other", in: &$0) },
            { set("X-Amz-Target", "T.Other", in: &$0) },
            { set("X-Amz-Date", "20260103T000001Z", in: &$0) },
        ]
        for (position, change) in changes.enumerated() {
            #expect(throws: SignatureFault.mismatch, "change \(position)") {
                try verify(signed(change: change))
            }
        }
    }

    @Test("names the fault of a request that cannot be verified")
    func faults() {
        let faults: [(SignatureFault, (inout SignableRequest) -> Void)] = [
            (.missing, { set("Authorization", nil, in: &$0) }),
            (.missing, { $0.headers.append(("authorization", "second")) }),
            (.malformed, { set("Authorization", "Basic x", in: &$0) }),
            (.malformed, { set("X-Amz-Date", nil, in: &$0) }),
            (.malformed, { set("X-Amz-Date", "yesterday", in: &$0) }),
            (.malformed, { set("X-Amz-Target", nil, in: &$0) }),
            (.wrongDay, { set("X-Amz-Date", "20260104T000000Z", in: &$0) }),
            (.wrongSessionToken, { set("X-Amz-Security-Token", "token", in: &$0) }),
        ]
        for (position, (fault, change)) in faults.enumerated() {
            #expect(throws: fault, "fault \(position)") { try verify(signed(change: change)) }
        }
        #expect(throws: SignatureFault.unknownAccessKey) {
            try SigV4.verify(signed()) { _ in nil }
        }
        #expect(throws: SignatureFault.mismatch) {
            try SigV4.verify(signed()) { id in
                SigningCredential(accessKeyID: id, secretAccessKey: "other")
            }
        }
    }

    @Test("refuses a temporary key without its token or with another one")
    func tokens() {
        for token in [nil, "other"] {
            #expect(throws: SignatureFault.wrongSessionToken) {
                try verify(
                    signed(with: Self.temporary) { set("X-Amz-Security-Token", token, in: &$0) })
            }
        }
    }

    @Test("refuses a signature that leaves the host or the date uncovered")
    func mustCoverHostAndDate() {
        for list in ["x-amz-date;x-amz-target", "host;x-amz-target", ""] {
            #expect(throws: SignatureFault.malformed) {
                try verify(
                    signed { request in
                        let value = request.headers.last?.value ?? ""
                        set(
                            "Authorization",
                            value.replacing("host;x-amz-date;x-amz-target", with: list),
                            in: &request)
                    })
            }
        }
    }
}
