internal import POSIX

/// What `~/.aws/config` and `~/.aws/credentials` say, merged: of a property in both, the
/// credentials file's counts.
///
/// Property names are lower case. It holds secrets: print what was looked for, never this.
package struct SharedConfiguration: Sendable {
    package private(set) var profiles: [String: [String: String]] = [:]
    package private(set) var ssoSessions: [String: [String: String]] = [:]
    package private(set) var services: [String: [String: String]] = [:]
    /// The two files, for messages.
    package private(set) var places: String
    /// What somebody should know about the files, one clause each.
    package private(set) var warnings: [String] = []

    /// From the texts of the files; `nil` is a file that does not exist.
    ///
    /// Throws `configuration` with file and line, `~/.aws/config:12: a property has no equals sign`,
    /// never with the line's text.
    package init(config: String?, credentials: String?, locations: Locations) throws(AWSError) {
        places = "\(locations.config.shown) or \(locations.credentials.shown)"
        do {
            if let config { merge(try ProfileParser.parse(config, as: .config)) }
        } catch {
            throw AWSError(
                .configuration, "\(locations.config.shown):\(error.line): \(error.reason)")
        }
        do {
            if let credentials { merge(try ProfileParser.parse(credentials, as: .credentials)) }
        } catch {
            throw AWSError(
                .configuration, "\(locations.credentials.shown):\(error.line): \(error.reason)")
        }
    }

    /// Reads the files where `environment` has them; one that does not exist is empty.
    package static func load(_ environment: [String: String]) throws(AWSError)
        -> SharedConfiguration
    {
        let locations = Locations(environment)
        let credentials = try contents(of: locations.credentials)
        var configuration = try SharedConfiguration(
            config: try contents(of: locations.config)?.text, credentials: credentials?.text,
            locations: locations)
        // Keys stand in it; the config file alone is often for all to read.
        if credentials?.isReadableByOthers ?? false {
            let file = locations.credentials.shown
            configuration.warnings = ["other users can read \(file): chmod 600 \(file)"]
        }
        return configuration
    }

    private static func contents(
        of file: Locations.File
    ) throws(AWSError) -> (text: String, isReadableByOthers: Bool)? {
        guard let path = file.path else { return nil }
        let contents: File.Contents
        do {
            contents = try File.contents(
                path, maximumBytes: 1 << 20, options: [.followLinks, .pipes])
        } catch {
            if error.isNotFound { return nil }
            throw AWSError(.configuration, "\(error)")
        }
        guard let text = String(validating: contents.bytes, as: UTF8.self) else {
            throw AWSError(.configuration, "\(file.shown):1: the file is not UTF-8")
        }
        return (text, contents.isReadableByOthers)
    }

    private mutating func merge(_ sections: ProfileParser.Sections) {
        profiles.merge(sections.profiles) { $0.merging($1) { $1 } }
        ssoSessions.merge(sections.ssoSessions) { $0.merging($1) { $1 } }
        services.merge(sections.services) { $0.merging($1) { $1 } }
    }
}

extension SharedConfiguration: CustomStringConvertible, CustomReflectable {
    package var description: String { "\(profiles.count) profiles of \(places)" }
    package var customMirror: Mirror { Mirror(self, children: []) }
}

extension SharedConfiguration {
    /// The profile that is used, and whether somebody asked for it by name.
    package struct Selection: Hashable, Sendable {
        package let name: String
        package let isExplicit: Bool
    }

    /// `--profile`, else `AWS_PROFILE`, else `default`.
    package func selection(argument: String?, environment: [String: String]) -> Selection {
        let asked = blankIsUnset(argument) ?? blankIsUnset(environment["AWS_PROFILE"])
        return Selection(name: asked ?? "default", isExplicit: asked != nil)
    }

    /// Where the two files are.
    package struct Locations: Hashable, Sendable {
        package struct File: Hashable, Sendable {
            /// `nil` when it would be in the home folder and there is none.
            package let path: String?
            /// As people write it: `~/.aws/config`.
            package let shown: String
        }

        package let config: File
        package let credentials: File

        package init(_ environment: [String: String]) {
            let home = blankIsUnset(environment["HOME"])
            func file(_ variable: String, _ standard: String) -> File {
                let shown = blankIsUnset(environment[variable]) ?? standard
                guard shown.hasPrefix("~/") else { return File(path: shown, shown: shown) }
                return File(path: home.map { $0 + shown.dropFirst() }, shown: shown)
            }
            config = file("AWS_CONFIG_FILE", "~/.aws/config")
            credentials = file("AWS_SHARED_CREDENTIALS_FILE", "~/.aws/credentials")
        }
    }
}
