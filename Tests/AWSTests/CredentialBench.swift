import HTTP
import POSIX
import Synchronization

@testable import AWS

/// Files that are in no folder.
final class TableFiles: CredentialFiles {
    private let files: Mutex<[String: [UInt8]]>

    init(_ files: [String: String] = [:]) { self.files = Mutex(files.mapValues { Array($0.utf8) }) }

    func text(_ path: String) -> String? {
        files.withLock { $0[path] }.map { String(decoding: $0, as: UTF8.self) }
    }

    func write(_ path: String, _ text: String) {
        files.withLock { $0[path] = Array(text.utf8) }
    }

    func read(_ path: String, maximumBytes: Int) throws(POSIXError) -> [UInt8]? {
        let bytes = files.withLock { $0[path] }
        if let bytes, bytes.count > maximumBytes {
            throw POSIXError("read", path, .largerThan(maximumBytes))
        }
        return bytes
    }

    func writePrivate(_ path: String, _ bytes: [UInt8]) throws(POSIXError) {
        files.withLock { $0[path] = bytes }
    }
}

/// A world to search credentials in: variables, files, answers, a clock.
struct CredentialBench {
    var arguments = Settings.Arguments()
    var environment = ["HOME": "/home"]
    var files = TableFiles()
    var transport: any HTTPTransport = ScriptedTransport([])
    var time = ManualTime()
    var traffic = Traffic()
    var run: @Sendable (ChildProcess) async throws(POSIXError) -> ChildProcess.Outcome = {
        (child) async throws(POSIXError) in
        throw POSIXError("start", child.arguments.first, .containsNUL)
    }
    var mfaCode: (@Sendable (_ serial: String) async throws(CredentialError) -> String)?

    /// With the shared files where `environment` has them.
    func context() throws -> CredentialContext {
        let locations = SharedConfiguration.Locations(environment)
        let configuration = try SharedConfiguration(
            config: locations.config.path.flatMap(files.text),
            credentials: locations.credentials.path.flatMap(files.text), locations: locations)
        return CredentialContext(
            arguments: arguments, environment: environment, configuration: configuration,
            transport: transport, time: time, traffic: traffic, random: { 0 }, files: files,
            run: run, addresses: { [$0] }, mfaCode: mfaCode)
    }
}

extension CredentialProvider {
    /// What comes of asking, as a value.
    func outcome() async -> Result<Credentials, CredentialError> {
        do throws(CredentialError) {
            return .success(try await credentials())
        } catch {
            return .failure(error)
        }
    }

    /// The words of the error; empty where there is none.
    func complaint() async -> String {
        switch await outcome() {
        case .success: ""
        case .failure(.absent(let reasons)): "absent: " + reasons.joined(separator: "; ")
        case .failure(.unusable(let reason)): reason
        case .failure(.cancelled): "cancelled"
        }
    }
}

/// Answers of STS.
enum STSAnswer {
    static func roleSession(
        of operation: String, id: String = "ASIAROLE", end: String = "2015-08-30T13:36:00Z",
        name: String = "role"
    ) -> String {
        """
        <\(operation)Response xmlns="https://sts.amazonaws.com/doc/2011-06-15/">
        <\(operation)Result><AssumedRoleUser><AssumedRoleId>AROA:s</AssumedRoleId>
        <Arn>arn:aws:sts::123456789012:assumed-role/\(name)/s</Arn></AssumedRoleUser>
        <Credentials><AccessKeyId>\(id)</AccessKeyId><SecretAccessKey>secret</SecretAccessKey>
        <SessionToken>token</SessionToken><Expiration>\(end)</Expiration></Credentials>
        </\(operation)Result></\(operation)Response>
        """
    }
}

/// Credentials or errors from a list, one each time; the last one for ever.
final class ScriptedProvider: CredentialProvider {
    private let state: Mutex<(script: [Result<Credentials, CredentialError>], count: Int)>

    init(_ script: [Result<Credentials, CredentialError>]) { state = Mutex((script, 0)) }

    /// How often it was asked.
    var count: Int { state.withLock { $0.count } }

    func credentials() async throws(CredentialError) -> Credentials {
        let next = state.withLock { state in
            defer { state.count += 1 }
            return state.script[min(state.count, state.script.count - 1)]
        }
        return try next.get()
    }
}

extension Credentials {
    /// Some that end so many seconds after `time`'s now, or never.
    static func test(_ source: String, endsIn seconds: Int64?, _ time: ManualTime) -> Credentials {
        Credentials(
            accessKeyID: "ASIA\(source)", secretAccessKey: "secret", sessionToken: "token",
            expiration: seconds.map { time.secondsSince1970() + $0 }, source: source)
    }
}
