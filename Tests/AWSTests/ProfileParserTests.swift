import JSON
import Testing

@testable import AWS

@Suite("ProfileParser")
struct ProfileParserTests {
    @Test("every public case of the shared files gives its profiles, sessions or error")
    func publicCases() throws {
        let cases = try CaseFile("credentials.json").cases("profileParser")
        #expect(cases.count == 65)
        var tally = Tally("credentials.json profileParser")
        for value in cases {
            tally.add(try #require(value["id"]?.string), try differences(value))
        }
        tally.report()
        #expect(tally.differences == [:])
    }

    private func differences(_ value: JSON) throws -> [String] {
        let expected = try #require(value["expect"])
        let wanted = expected["error"]?.string
        do {
            let found = try parse(value)
            if let wanted { return ["there is no \(wanted)"] }
            return [
                found.profiles == sections(expected["profiles"]) ? nil : "\(found.profiles)",
                found.ssoSessions == sections(expected["ssoSessions"])
                    ? nil : "\(found.ssoSessions)",
            ].compactMap { $0 }
        } catch let fault as ProfileParser.Fault {
            return fault.code.rawValue == wanted ? [] : [fault.code.rawValue]
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
