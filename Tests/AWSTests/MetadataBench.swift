import HTTP
import POSIX
import Synchronization

@testable import AWS

/// The world that a provider of temporary credentials sees: scripted answers, files in a table,
/// names with fixed addresses, a clock that moves only when somebody sleeps.
struct MetadataBench {
    let transport: ScriptedTransport
    let time = ManualTime()
    let files: MetadataFiles
    let context: CredentialContext

    /// - Parameter names: of each name the addresses; each look takes the next list, the last stays.
    init(
        _ environment: [String: String] = [:], config: String? = nil, files: [String: String] = [:],
        names: [String: [[String]]] = [:], answers: [Result<HTTPResponse, HTTPError>] = []
    ) throws {
        transport = ScriptedTransport(answers)
        self.files = MetadataFiles(files)
        let resolver = MetadataNames(names)
        context = CredentialContext(
            arguments: Settings.Arguments(), environment: environment,
            configuration: try SharedConfiguration(
                config: config, credentials: nil,
                locations: SharedConfiguration.Locations(environment)),
            transport: transport, time: time, traffic: Traffic(), random: { 0 }, files: self.files,
            run: { (_) throws(POSIXError) in
                throw POSIXError("run", nil, .notRegularFile)
            },
            addresses: { resolver.addresses(of: $0) })
    }

    /// Each request as `PUT http://169.254.169.254/latest/api/token`.
    var sent: [String] { transport.sent.map { "\($0.method) \(Self.url($0))" } }

    static func url(_ request: HTTPRequest) -> String {
        let host = request.host.contains(":") ? "[\(request.host)]" : request.host
        return "\(request.scheme.rawValue)://\(host)\(request.port.map { ":\($0)" } ?? "")"
            + request.target
    }

    /// Why there are no credentials; `nil` when there are some.
    static func failure(_ provider: any CredentialProvider) async -> CredentialError? {
        do {
            _ = try await provider.credentials()
            return nil
        } catch {
            return error
        }
    }
}

extension HTTPRequest {
    func value(_ name: String) -> String? {
        headers.first { $0.name.lowercased() == name.lowercased() }?.value
    }
}

extension CredentialError {
    var text: String {
        switch self {
        case .absent(let reasons): reasons.joined(separator: "; ")
        case .unusable(let reason): reason
        case .cancelled: "cancelled"
        }
    }

    var isAbsent: Bool {
        if case .absent = self { true } else { false }
    }
}

/// Files in memory, and what was written to them.
final class MetadataFiles: CredentialFiles {
    private let table: Mutex<[String: [UInt8]]>
    private let written = Mutex<[String]>([])
    private let isReadOnly: Bool

    init(_ files: [String: String], isReadOnly: Bool = false) {
        table = Mutex(files.mapValues { Array($0.utf8) })
        self.isReadOnly = isReadOnly
    }

    /// The paths that were written, in order.
    var writes: [String] { written.withLock { $0 } }

    subscript(path: String) -> String? {
        get { table.withLock { $0[path] }.map { String(decoding: $0, as: UTF8.self) } }
        set { table.withLock { $0[path] = newValue.map { Array($0.utf8) } } }
    }

    func read(_ path: String, maximumBytes: Int) throws(POSIXError) -> [UInt8]? {
        guard let bytes = table.withLock({ $0[path] }) else { return nil }
        guard bytes.count <= maximumBytes else {
            throw POSIXError("read", path, .largerThan(maximumBytes))
        }
        return bytes
    }

    func writePrivate(_ path: String, _ bytes: [UInt8]) throws(POSIXError) {
        guard !isReadOnly else { throw POSIXError("write", path, .notRegularFile) }
        written.withLock { $0.append(path) }
        table.withLock { $0[path] = bytes }
    }
}

/// Names with the addresses that a test gives them.
private final class MetadataNames: Sendable {
    private let names: Mutex<[String: [[String]]]>

    init(_ names: [String: [[String]]]) { self.names = Mutex(names) }

    func addresses(of name: String) -> [String] {
        names.withLock { names in
            guard let lists = names[name], let first = lists.first else { return [] }
            if lists.count > 1 { names[name]?.removeFirst() }
            return first
        }
    }
}
