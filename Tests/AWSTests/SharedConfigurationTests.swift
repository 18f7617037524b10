import JSON
import POSIX
import SigV4
import Testing

@testable import AWS

@Suite("SharedConfiguration")
struct SharedConfigurationTests {
    @Test("every public case of where the files are gives its paths and profile")
    func locations() throws {
        let cases = try CaseFile("credentials.json").cases("fileLocation")
        #expect(cases.count == 4)
        var tally = Tally("credentials.json fileLocation")
        for (index, value) in cases.enumerated() {
            let environment = value["env"]?.strings ?? [:]
            let locations = SharedConfiguration.Locations(environment)
            let configuration = try SharedConfiguration(
                config: nil, credentials: nil, locations: locations)
            let selection = configuration.selection(argument: nil, environment: environment)
            let found = [locations.config.path, locations.credentials.path, selection.name]
            let wanted = ["config", "credentials", "profile"].map { value["expect"]?[$0]?.string }
            tally.add("\(index + 1)", found == wanted ? [] : ["\(found) is not \(wanted)"])
        }
        tally.report()
        #expect(tally.differences == [:])
    }

    @Test("a tilde in a path is the home folder, and without one there is no path")
    func tilde() {
        let file = "AWS_CONFIG_FILE"
        let here = SharedConfiguration.Locations(["HOME": "/h", file: "~/x"])
        #expect(here.config.path == "/h/x")
        #expect(SharedConfiguration.Locations([file: "~/x"]).config.path == nil)
        #expect(SharedConfiguration.Locations([:]).credentials.path == nil)
    }

    @Test("a fault names file and line, and never the line's text")
    func fault() {
        let fault = AWSError(
            .configuration, "~/.aws/credentials:2: a property has no equals sign")
        #expect(throws: fault) {
            try SharedConfiguration(
                config: nil, credentials: "[default]\nhunter2\n",
                locations: SharedConfiguration.Locations([:]))
        }
    }

    @Test("files that do not exist are empty; a folder in their place is an error")
    func files() throws {
        let folder = try TemporaryFolder()
        let missing = try SharedConfiguration.load(["HOME": folder.path])
        #expect(missing.profiles.isEmpty)
        #expect(throws: AWSError.self) {
            try SharedConfiguration.load(["AWS_CONFIG_FILE": folder.path])
        }
    }

    @Test(
        "a credentials file that others can read is a warning with the command that mends it",
        arguments: [
            (0o600, false), (0o400, false), (0o640, true), (0o604, true), (0o644, true),
            (0o611, false),
        ] as [(UInt32, Bool)])
    func modes(mode: UInt32, isWarned: Bool) async throws {
        let folder = try TemporaryFolder()
        let path = folder.file("credentials")
        let keys = "[default]\naws_access_key_id = AKIDFILE\naws_secret_access_key = canary\n"
        try File.writePrivate(path, Array(keys.utf8))
        try File.write(folder.file("config"), Array("[default]\nregion = eu-west-1\n".utf8))
        let modeText = String(mode, radix: 8)
        #expect(try ChildProcess(["/bin/chmod", modeText, path], environment: [:]).run().isSuccess)
        let environment = [
            "AWS_SHARED_CREDENTIALS_FILE": path, "AWS_CONFIG_FILE": folder.file("config"),
        ]
        var context = try CredentialBench(environment: environment).context()
        context.configuration = try SharedConfiguration.load(environment)
        let found = try await CredentialChain.standard(context).credentials()
        #expect(found.signing.accessKeyID == "AKIDFILE")
        #expect(
            found.warnings
                == (isWarned ? ["other users can read \(path): chmod 600 \(path)"] : []))
        context.environment["AWS_ACCESS_KEY_ID"] = "AKIDENV"
        context.environment["AWS_SECRET_ACCESS_KEY"] = "s"
        #expect(try await CredentialChain.standard(context).credentials().warnings == [])
    }

    @Test("it prints and dumps nothing of what it holds")
    func redaction() throws {
        let configuration = try SharedConfiguration(
            config: nil, credentials: "[default]\naws_secret_access_key = hunter2\n",
            locations: SharedConfiguration.Locations([:]))
        var dumped = ""
        dump(configuration, to: &dumped)
        #expect(
            !"\(configuration) \(String(reflecting: configuration)) \(dumped)".contains("hunter2"))
    }
}
