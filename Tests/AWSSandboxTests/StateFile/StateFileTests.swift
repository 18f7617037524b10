import AWS
import JSON
import POSIX
import SigV4
import Testing

@testable import AWSSandbox

@Suite struct StateFileTests {
    private let folder: TemporaryFolder
    private let path: String

    init() throws {
        folder = try TemporaryFolder()
        path = folder.file("state.json")
    }

    private static let entrance = StateFile.Entrance(
        account: "123456789012", accessKeyID: "AKIA", secretAccessKey: "secret")

    private func write(_ world: World) throws {
        try StateFile(path).write(StateFile.Content(entrance: Self.entrance, world: world))
    }

    private func fault(_ text: String) throws -> String? {
        try File.writePrivate(path, Array(text.utf8))
        do throws(StateFileError) {
            _ = try StateFile(path).read()
            return nil
        } catch {
            return error.message
        }
    }

    /// A world in which everything was used that a client can use.
    private func used() async throws -> Sandbox {
        let bench = try Bench()
        let key = try await bench.client.send(KMS.CreateKey())
        _ = try await bench.client.send(
            KMS.CreateAlias(aliasName: "alias/a", targetKeyID: key.keyID))
        _ = try await bench.client.send(
            SecretsManager.CreateSecret(
                name: "a/b", clientRequestToken: token("1"), kmsKeyID: key.arn, value: .text("x"),
                tags: [Tag("k", "v")]))
        _ = try await bench.client.send(
            SecretsManager.CreateSecret(name: "empty", clientRequestToken: token("2")))
        bench.account.addRole("app", path: "/team/")
        bench.account.addFunction("arn:aws:lambda:us-east-1:123456789012:function:f")
        bench.account.deny("kms:*", for: "role/team/app")
        _ = bench.account.accessKey(for: "role/team/app")
        return bench.sandbox
    }

    @Test("a sandbox that is read again holds what it held, and draws what it would have drawn")
    func roundTrip() async throws {
        let sandbox = try await used()
        try write(sandbox.snapshot)
        let content = try #require(try StateFile(path).read())
        #expect(content.entrance == Self.entrance)
        #expect(
            try JSON(parsing: StateEncoder.encode(content.world))
                == JSON(parsing: StateEncoder.encode(sandbox.snapshot)))
        let again = Sandbox(content.world)
        let account = again.addAccount(id: Bench.accountID)
        #expect(account.secret("a/b", in: Bench.region)?.value == .text("x"))
        #expect(account.hasFunction("arn:aws:lambda:us-east-1:123456789012:function:f"))
        #expect(
            account.accessKey(for: "user/new").accessKeyID
                == sandbox.addAccount(id: Bench.accountID).accessKey(for: "user/new").accessKeyID)
        #expect(again.calls.isEmpty)
    }

    @Test("a new file has no content, and one that is written is the owner's alone")
    func new() throws {
        #expect(try StateFile(path).read() == nil)
        try write(World(seed: 1, now: 0, faults: .none))
        #expect(try File.contents(path, maximumBytes: 1 << 20).mode == 0o600)
    }

    @Test("what is no state file is refused with the place of its fault")
    func refusals() throws {
        let cases = [
            ("{", "\(path):1:2: the JSON text ends too early"),
            ("[]", "\(path):1:1: this is no state file of a sandbox"),
            (#"{"format":"other"}"#, "\(path):1:1: this is no state file of a sandbox"),
            (
                #"{"format":"gaara-infra sandbox","version":2}"#,
                "\(path): version: 2, and 1 is what this gaara-infra reads"
            ),
            (
                #"{"format":"gaara-infra sandbox"}"#,
                "\(path): version: it is missing, and 1 is what this gaara-infra reads"
            ),
            (
                #"{"format":"gaara-infra sandbox","version":1,"note":""}"#,
                "\(path): entrance: this member is missing"
            ),
        ]
        for (text, message) in cases { #expect(try fault(text) == message) }
    }

    @Test("one fault anywhere in a world is told with its place")
    func worldFault() async throws {
        try write(try await used().snapshot)
        let text = String(decoding: try File.read(path, maximumBytes: 1 << 20), as: UTF8.self)
        let found = try fault(text.replacing(#""name":"a/b""#, with: #""name":1"#))
        #expect(
            found == "\(path): world.accounts.123456789012.regions.us-east-1.secrets.a/b.name:"
                + " a text is expected here")
    }

    @Test("a second holder of the file is refused, and a file that others may read")
    func guards() throws {
        let first = try StateFile(path)
        #expect(throws: StateFileError(POSIXError("open", path, .inUse))) { try StateFile(path) }
        withExtendedLifetime(first) {}
        let open = folder.file("open")
        try File.write(open, [], mode: 0o644)
        #expect(throws: StateFileError(POSIXError("open", open, .openToOthers))) {
            try StateFile(open)
        }
    }
}
