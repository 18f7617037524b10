@testable import AWS

/// The text of `~/.aws/config` and `~/.aws/credentials`.
enum ProfileTarget: FuzzTarget {
    static let name = "profile"

    static func check(_ input: [UInt8]) {
        let text = String(decoding: input, as: UTF8.self)
        for kind in [ProfileParser.Kind.config, .credentials] {
            let outcome = Outcome(text, kind)
            if case .fault(let fault) = outcome {
                let lines = text.utf8.count { $0 == UInt8(ascii: "\n") } + 1
                require((1...lines).contains(fault.line), "line \(fault.line) is one of \(lines)")
            }
            if case .sections(let sections) = outcome { check(sections) }
            checkVariants(text, kind, outcome)
        }
    }

    private enum Outcome: Equatable {
        case sections(Sections)
        case fault(ProfileParser.Fault)

        init(_ text: String, _ kind: ProfileParser.Kind) {
            do throws(ProfileParser.Fault) {
                self = .sections(Sections(try ProfileParser.parse(text, as: kind)))
            } catch {
                self = .fault(error)
            }
        }
    }

    private struct Sections: Equatable {
        let tables: [[String: [String: String]]]

        init(_ read: ProfileParser.Sections) {
            tables = [read.profiles, read.ssoSessions, read.services]
        }
    }

    private static func check(_ sections: Sections) {
        for (name, properties) in sections.tables.joined() {
            require(!name.isEmpty && name.utf8.allSatisfy { $0 < 0x80 }, "a section has a name")
            for (property, value) in properties {
                require(!property.isEmpty, "a property has a name")
                require(property == property.lowercased(), "the name is in lower case")
                let isTrimmed = !" \t\r".contains(value.first ?? "x")
                require(isTrimmed, "the value has no blanks around it")
                Plant.see(value)
            }
        }
    }

    /// The same, however the lines end, and with a comment behind them.
    private static func checkVariants(
        _ text: String, _ kind: ProfileParser.Kind, _ outcome: Outcome
    ) {
        require(Outcome(text + "\n# comment", kind) == outcome, "a comment changes nothing")
        guard !text.utf8.contains(UInt8(ascii: "\r")) else { return }
        let lines = text.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        let windows = lines.map { String(Substring($0)) }.joined(separator: "\r\n")
        require(Outcome(windows, kind) == outcome, "CR LF reads as LF does")
    }
}
