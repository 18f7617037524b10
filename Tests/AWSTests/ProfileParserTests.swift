import JSON
import Testing

@testable import AWS

@Suite("ProfileParser")
struct ProfileParserTests {
    @Test("every public case of the shared files gives its profiles, sessions or error")
    func publicCases() throws {
        let cases = try CaseFile("credentials.json").cases("profileParser")
        #expect(cases.count == 65)
        for value in cases {
            let id = try #require(value["id"]?.string)
            let expected = try #require(value["expect"])
            do {
                let found = try parse(value)
                #expect(expected["error"] == nil, "\(id)")
                #expect(found.profiles == sections(expected["profiles"]), "\(id)")
                #expect(found.ssoSessions == sections(expected["ssoSessions"]), "\(id)")
            } catch let fault as ProfileParser.Fault {
                #expect(fault.code.rawValue == expected["error"]?.string, "\(id)")
            }
        }
    }

    /// Both files merged as `SharedConfiguration` merges them, with the parser's own error.
    private func parse(_ value: JSON) throws -> SharedConfiguration {
        let (config, credentials) = (value["config"]?.string, value["credentials"]?.string)
        _ = try config.map { try ProfileParser.parse($0, as: .config) }
        _ = try credentials.map { try ProfileParser.parse($0, as: .credentials) }
        return try SharedConfiguration(
            config: config, credentials: credentials, locations: SharedConfiguration.Locations([:]))
    }

    private func sections(_ value: JSON?) -> [String: [String: String]] {
        var sections: [String: [String: String]] = [:]
        for member in value?.object?.members ?? [] { sections[member.key] = member.value.strings }
        return sections
    }

    @Test("a fault names its line")
    func line() {
        #expect(throws: ProfileParser.Fault(line: 3, code: .propertyNoEquals)) {
            try ProfileParser.parse("[profile a]\r\n\r\nkey : value\r\n", as: .config)
        }
    }
}
