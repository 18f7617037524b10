internal import JSON
internal import POSIX

/// A sandbox on disk: everything that it holds, secret values and the keys to it included.
///
/// Only its owner may read it, and one server at a time holds it.
package final class StateFile: Sendable {
    /// The keys that stand for the account's administrator.
    package struct Entrance: Hashable, Sendable, Codable {
        /// Twelve digits.
        package let account: String
        package let accessKeyID: String
        package let secretAccessKey: String

        package init(account: String, accessKeyID: String, secretAccessKey: String) {
            self.account = account
            self.accessKeyID = accessKeyID
            self.secretAccessKey = secretAccessKey
        }
    }

    /// The whole file.
    struct Content: Codable {
        var format = "gaara-infra sandbox"
        var version = StateFile.version
        var note = "a simulation of AWS, for made-up values only"
        var entrance: Entrance
        var world: World
    }

    /// What is written in this form and no other.
    static let version = 1

    private let file: HeldFile

    /// Opens the file, or makes an empty one.
    package init(_ path: String) throws(StateFileError) {
        do throws(POSIXError) {
            file = try HeldFile(path)
        } catch {
            throw StateFileError(error)
        }
    }

    /// What is in it; `nil` for a new file.
    func read() throws(StateFileError) -> Content? {
        let bytes: [UInt8]
        do throws(POSIXError) {
            bytes = try file.read(maximumBytes: Self.maximumBytes)
        } catch {
            throw StateFileError(error)
        }
        guard !bytes.isEmpty else { return nil }
        let json: JSON
        do throws(JSONError) {
            json = try JSON(
                parsing: bytes, limits: JSONLimits(depth: 128, bytes: Self.maximumBytes))
        } catch {
            throw StateFileError(
                "\(file.path):\(error.line):\(error.column): \(error.message)",
                hint: "this is no state file of a sandbox, or it was changed; name another")
        }
        guard json["format"] == .string("gaara-infra sandbox") else {
            throw StateFileError(
                "\(file.path):1:1: this is no state file of a sandbox", hint: "name another file")
        }
        guard let version = json["version"]?.int, version == Self.version else {
            throw StateFileError(
                "\(file.path): version: \(json["version"]?.compact ?? "it is missing"), and"
                    + " \(Self.version) is what this gaara-infra reads",
                hint: "use the gaara-infra that wrote it, or begin with a new file")
        }
        do throws(StateFault) {
            return try StateDecoder.decode(Content.self, from: json)
        } catch {
            throw StateFileError(
                "\(file.path): \(error.place): \(error.reason)",
                hint: "another gaara-infra wrote it, or it was changed; begin with a new file")
        }
    }

    /// Lets another server have the file.
    func release() { file.release() }

    /// Puts it on disk.
    func write(_ content: Content) throws(StateFileError) {
        let bytes: [UInt8]
        do {
            bytes = try StateEncoder.encode(content)
        } catch {
            throw StateFileError("\(file.path): this state cannot be written: \(error)", hint: nil)
        }
        do throws(POSIXError) {
            try file.replace(bytes)
        } catch {
            throw StateFileError(error)
        }
    }

    /// An account full of the largest secrets.
    private static let maximumBytes = 1 << 30
}

/// Why a state file cannot be used, and what to do.
package struct StateFileError: Error, Hashable, Sendable {
    package let message: String
    package let hint: String?

    init(_ message: String, hint: String?) {
        self.message = Terminal.escaped(message)
        self.hint = hint
    }

    init(_ error: POSIXError) {
        let hint: String? =
            switch error.code {
            case .openToOthers: "it holds the sandbox's keys: chmod 600 it"
            case .ownedByAnother: "name a file of your own"
            case .inUse: "another sandbox runs on it: stop that one, or name another file"
            default: nil
            }
        message = error.description
        self.hint = hint
    }
}
