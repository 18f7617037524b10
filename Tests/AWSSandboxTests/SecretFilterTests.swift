import AWSSandbox
import JSON
import Testing

@Suite struct SecretFilterTests {
    let bench: Bench

    init() async throws {
        bench = try Bench()
        try await bench.create(
            "app/one",
            [("Description", "First Words"), ("Tags", [["Key": "Stage", "Value": "prod"]])])
        try await bench.create("app/two", [("Tags", [["Key": "stage", "Value": "test"]])])
        try await bench.create("App/three", [("Description", "third words")])
    }

    private func names(_ key: String, _ values: JSON...) async throws -> [String] {
        let input: JSON = ["Filters": [["Key": .string(key), "Values": .array(values)]]]
        return try await bench.done("Secrets.ListSecrets", input)["SecretList"]?.array?
            .compactMap { $0["Name"]?.string } ?? []
    }

    // botocore Filter.Key.
    @Test("names and tags begin with the value as written, descriptions in any case")
    func prefixes() async throws {
        #expect(try await names("name", "app") == ["app/one", "app/two"])
        #expect(try await names("name", "!app") == ["App/three"])
        #expect(try await names("name", "app/o", "App") == ["app/one", "App/three"])
        #expect(try await names("tag-key", "sta") == ["app/two"])
        #expect(try await names("tag-value", "pr") == ["app/one"])
        #expect(try await names("description", "first") == ["app/one"])
        #expect(try await names("description", "words").isEmpty)
        #expect(try await names("owning-service", "rds").isEmpty)
        #expect(try await names("primary-region", "us").isEmpty)
    }

    @Test("`all` looks for each word anywhere, in any case")
    func everything() async throws {
        #expect(try await names("all", "WORDS") == ["app/one", "App/three"])
        #expect(try await names("all", "words prod") == ["app/one"])
        #expect(try await names("all", "!words") == ["app/two"])
    }

    @Test("filters that the model does not allow are refused")
    func refused() async throws {
        let filter: JSON = ["Key": "name", "Values": ["a"]]
        for filters: JSON in [
            [["Key": "colour", "Values": ["a"]]], [["Key": "name", "Values": []]],
            [["Key": "name"]], [["Key": "name", "Values": ["a*"]]],
            .array(Array(repeating: filter, count: 11)),
            [["Key": "name", "Values": .array(Array(repeating: "a", count: 11))]],
        ] {
            try await bench.refused(
                "Secrets.ListSecrets", ["Filters": filters], "ValidationException")
        }
    }

    @Test("lists are sorted as asked, and paged in that order")
    func sorted() async throws {
        var names: [String] = []
        var input: JSON = ["SortBy": "name", "SortOrder": "desc", "MaxResults": 1]
        for _ in 1...3 {
            let page = try await bench.done("Secrets.ListSecrets", input)
            names += page["SecretList"]?.array?.compactMap { $0["Name"]?.string } ?? []
            guard let next = page["NextToken"] else { break }
            input = input.with("NextToken", next)
        }
        #expect(names == ["app/two", "app/one", "App/three"])
        try await bench.refused(
            "Secrets.ListSecrets", ["SortBy": "colour"], "ValidationException")
    }
}
