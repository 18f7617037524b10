internal import POSIX

/// Reads single settings from the environment and a profile, and remembers where each came from.
///
/// A text that a setting cannot have is an error with the setting's name, never with the text.
struct SettingSource {
    let environment: [String: String]
    let profile: [String: String]
    let profileName: String

    static let standard = "default"

    func value(_ variable: String) -> Setting<String>? {
        blankIsUnset(environment[variable]).map { Setting($0, source: variable) }
    }

    func property(_ name: String) -> Setting<String>? {
        blankIsUnset(profile[name]).map {
            Setting($0, source: "\(name) of profile \(profileName)")
        }
    }

    func argument(_ text: String?, _ name: String) -> Setting<String>? {
        blankIsUnset(text).map { Setting($0, source: name) }
    }

    /// `--region`, `AWS_REGION`, `AWS_DEFAULT_REGION`, the profile's `region`; `nil` where none of
    /// them is set.
    func region(argument text: String?) throws(AWSError) -> Setting<String>? {
        let found =
            argument(text, "--region") ?? value("AWS_REGION") ?? value("AWS_DEFAULT_REGION")
            ?? property("region")
        return try found.map(Self.checked)
    }

    static func checked(_ region: Setting<String>) throws(AWSError) -> Setting<String> {
        guard Region.isValid(region.value) else {
            throw AWSError(.region, "\(region.source) is not a region's name, such as us-east-1")
        }
        guard !Region.isPseudoFIPS(region.value) else {
            throw AWSError(
                .region,
                "\(region.source) is not a region's name: name the region alone, such as"
                    + " us-east-1, and set AWS_USE_FIPS_ENDPOINT=true")
        }
        return region
    }

    /// - Parameter other: one more place that was asked.
    func noRegion(_ other: String = "") -> AWSError {
        AWSError(
            .region,
            "no region is set: give --region or AWS_REGION; also looked at AWS_DEFAULT_REGION and"
                + " region of profile \(profileName)\(other)")
    }

    /// At least 1; 3 where nothing is set.
    func maximumAttempts() throws(AWSError) -> Setting<Int> {
        guard let found = value("AWS_MAX_ATTEMPTS") ?? property("max_attempts") else {
            return Setting(3, source: Self.standard)
        }
        guard let number = Int(found.value), (1...100).contains(number) else {
            throw AWSError(.configuration, "\(found.source) is not a number from 1 to 100")
        }
        return Setting(number, source: found.source)
    }

    /// A file that can be read and has certificates: else every call would fail, each with an error
    /// that does not name the setting.
    func certificateBundle() throws(AWSError) -> Setting<String>? {
        guard let found = value("AWS_CA_BUNDLE") ?? property("ca_bundle") else { return nil }
        var path = found.value
        if path.hasPrefix("~/") {
            guard let home = value("HOME") else {
                throw AWSError(
                    .configuration, "\(found.source) begins with ~/, and HOME is not set")
            }
            path = home.value + path.dropFirst()
        }
        let bytes: [UInt8]
        do {
            bytes = try File.read(path, maximumBytes: 16 << 20)
        } catch {
            throw AWSError(.configuration, "\(found.source): \(error)")
        }
        // RFC 7468 section 5.1, and OpenSSL's TRUSTED CERTIFICATE.
        guard String(decoding: bytes, as: UTF8.self).contains("CERTIFICATE-----") else {
            throw AWSError(
                .configuration, "\(found.source) names a file without a certificate in PEM form")
        }
        return Setting(path, source: found.source)
    }

    /// The name that a user gives the application, for the records of the services.
    ///
    /// Length and characters of the SDK guide's "application ID" and botocore 1.44.5
    /// `useragent.py`.
    func applicationID() throws(AWSError) -> Setting<String>? {
        guard let found = value("AWS_SDK_UA_APP_ID") ?? property("sdk_ua_app_id") else {
            return nil
        }
        let isValid =
            found.value.utf8.count <= 50
            && found.value.unicodeScalars.allSatisfy {
                $0.isASCII && ($0.properties.isAlphabetic || $0.properties.numericType != nil)
                    || "!#$%&'*+-.^_`|~,".unicodeScalars.contains($0)
            }
        guard isValid else {
            throw AWSError(
                .configuration,
                "\(found.source) is not up to 50 letters, digits and !#$%&'*+-.^_`|~,")
        }
        return found
    }

    /// `true` or `false` in any case; `false` where nothing is set.
    func flag(_ found: Setting<String>?) throws(AWSError) -> Setting<Bool> {
        guard let found else { return Setting(false, source: Self.standard) }
        switch found.value.lowercased() {
        case "true": return Setting(true, source: found.source)
        case "false": return Setting(false, source: found.source)
        default: throw AWSError(.configuration, "\(found.source) is neither true nor false")
        }
    }

    /// One of an enumeration's words, in any case; `standard` where nothing is set.
    func word<Word: RawRepresentable<String> & CaseIterable>(
        _ found: Setting<String>?, else standard: Word
    ) throws(AWSError) -> Setting<Word> {
        guard let found else { return Setting(standard, source: Self.standard) }
        guard let word = Word(rawValue: found.value.lowercased()) else {
            let words = Word.allCases.map(\.rawValue).joined(separator: ", ")
            throw AWSError(.configuration, "\(found.source) is none of \(words)")
        }
        return Setting(word, source: found.source)
    }
}
