import AWSSandbox
import JSON
import Testing

/// The rows of reference/moto.md about reading and listing secrets.
struct MotoRowsOfReading {
    let bench: Bench

    func getSecretValue() async throws {
        let arn = try await bench.create("a")["ARN"]?.string ?? ""
        for id in ["a", arn, String(arn.dropLast(7))] {
            let value = try await bench.done("Secrets.GetSecretValue", ["SecretId": .string(id)])
            #expect(value["SecretString"] == "one")
        }
        // LS test_secret_not_found, test_secret_version_not_found.
        try await bench.refused(
            "Secrets.GetSecretValue", ["SecretId": "b"], "ResourceNotFoundException",
            "Secrets Manager can't find the specified secret.", status: 400)
        try await bench.refused(
            "Secrets.GetSecretValue", ["SecretId": "a", "VersionStage": "AWSPENDING"],
            "ResourceNotFoundException",
            "Secrets Manager can't find the specified secret value for staging label: AWSPENDING")
    }

    func batch() async throws {
        try await bench.create("a")
        try await bench.done(
            "Secrets.CreateSecret",
            ["Name": "empty", "ClientRequestToken": .string(token("1"))])
        let many = JSON.array((1...21).map { .string("s\($0)") })
        try await bench.refused(
            "Secrets.BatchGetSecretValue", ["SecretIdList": many], "ValidationException")
        for input: JSON in [
            [:], ["SecretIdList": ["a"], "Filters": [["Key": "name", "Values": ["a"]]]],
            ["SecretIdList": ["a"], "MaxResults": 1],
        ] {
            try await bench.refused(
                "Secrets.BatchGetSecretValue", input, "InvalidParameterException")
        }
        let answer = try await bench.done(
            "Secrets.BatchGetSecretValue", ["SecretIdList": ["a", "empty", "nobody"]])
        #expect(answer["SecretValues"]?.array?.count == 1)
        #expect(
            answer["Errors"]?.array?.map { $0["SecretId"]?.string } == ["empty", "nobody"])
        #expect(
            answer["Errors"]?.array?.map { $0["ErrorCode"]?.string }
                == ["ResourceNotFoundException", "ResourceNotFoundException"])
        let filtered = try await bench.done(
            "Secrets.BatchGetSecretValue",
            ["Filters": [["Key": "name", "Values": ["a", "e"]]], "MaxResults": 1])
        #expect(filtered["SecretValues"]?.array?.count == 1 && filtered["NextToken"] != nil)
    }

    func listSecrets() async throws {
        for name in ["a", "b", "c"] { try await bench.create(name) }
        func names(_ input: JSON) async throws -> [String] {
            try await bench.done("Secrets.ListSecrets", input)["SecretList"]?.array?
                .compactMap { $0["Name"]?.string } ?? []
        }
        for limit in [0, 101] {
            try await bench.refused(
                "Secrets.ListSecrets", ["MaxResults": JSON(limit)], "ValidationException")
        }
        #expect(try await names(["SortOrder": "asc"]) == ["a", "b", "c"])
        #expect(try await names(["SortOrder": "desc"]) == ["c", "b", "a"])
        try await bench.refused("Secrets.ListSecrets", ["SortOrder": "up"], "ValidationException")
        try await bench.refused(
            "Secrets.ListSecrets", ["NextToken": "nonsense"], "InvalidNextTokenException",
            "The NextToken value is invalid.")
        let first = try await bench.done("Secrets.ListSecrets", ["MaxResults": 1])
        let next = first["NextToken"] ?? ""
        // What goes between two pages moves nothing else.
        try await bench.done(
            "Secrets.DeleteSecret", ["SecretId": "a", "ForceDeleteWithoutRecovery": true])
        #expect(try await names(["NextToken": next]) == ["b", "c"])
        // A token belongs to its query.
        try await bench.refused(
            "Secrets.ListSecrets", ["NextToken": next, "SortOrder": "desc"],
            "InvalidNextTokenException")
    }

    func versionIDs() async throws {
        let arn = try await bench.create("a")["ARN"]
        bench.sandbox.advance(by: 60)
        try await bench.put("a", "2", "two")
        try await bench.put("a", "3", "three")
        func versions(_ input: JSON) async throws -> JSON {
            try await bench.done(
                "Secrets.ListSecretVersionIds", input.with("SecretId", "a"))
        }
        let labelled = try await versions([:])
        #expect(labelled["ARN"] == arn && labelled["Name"] == "a")
        #expect(labelled["Versions"]?.array?.count == 2)
        let all = try await versions(["IncludeDeprecated": true])["Versions"]
        #expect(
            all?.array?.map { $0["VersionId"]?.string } == [token("1"), token("2"), token("3")])
        #expect(all?[0]?["KmsKeyIds"] == ["DefaultEncryptionKey"])
        #expect(all?[0]?["VersionStages"] == nil)
        #expect(all?[0]?["CreatedDate"]?.double == Double(bench.sandbox.now - 60))
        #expect(all?[1]?["CreatedDate"]?.double == Double(bench.sandbox.now))
    }

    func password() async throws {
        try await bench.refused(
            "Secrets.GetRandomPassword", ["PasswordLength": 4097], "ValidationException")
        func password(_ input: JSON) async throws -> String {
            try await bench.done("Secrets.GetRandomPassword", input)["RandomPassword"]?.string
                ?? ""
        }
        let usual = try await password([:])
        #expect(
            usual.count == 32 && usual.contains { $0.isNumber }
                && usual.contains { $0.isPunctuation || $0.isSymbol })
        let digits = try await password([
            "PasswordLength": 4, "ExcludeLowercase": true, "ExcludeUppercase": true,
            "ExcludePunctuation": true, "ExcludeCharacters": "012345678",
        ])
        #expect(digits == "9999")
        try await bench.refused(
            "Secrets.GetRandomPassword", ["PasswordLength": 3], "InvalidParameterException")
        #expect(
            try await password(["PasswordLength": 3, "RequireEachIncludedType": false]).count == 3)
        try await bench.refused(
            "Secrets.GetRandomPassword",
            [
                "ExcludeLowercase": true, "ExcludeUppercase": true, "ExcludePunctuation": true,
                "ExcludeNumbers": true,
            ], "InvalidParameterException")
    }
}
