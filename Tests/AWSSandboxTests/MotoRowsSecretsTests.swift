import AWSSandbox
import HTTP
import JSON
import Testing

/// One test for each row of the table of Secrets Manager in reference/moto.md: where moto is wrong,
/// the sandbox does as AWS does.
@Suite struct MotoRowsSecretsTests {
    /// The rows, by their first cell; a new one does not compile until it has its test.
    enum Row: String, CaseIterable {
        case createSecret = "CreateSecret"
        case name = "- name"
        case kmsKey = "- KMS key"
        case value = "- value"
        case tokenReuse = "- ClientRequestToken reuse"
        case nameScheduled = "- name scheduled for deletion"
        case forceDeleted = "- right after force delete"
        case values = "PutSecretValue, UpdateSecret, stages"
        case stages = "UpdateSecretVersionStage"
        case getSecretValue = "GetSecretValue"
        case batch = "BatchGetSecretValue"
        case listSecrets = "ListSecrets"
        case versionIDs = "ListSecretVersionIds"
        case deletion = "DeleteSecret / Restore"
        case rotate = "RotateSecret"
        case cancelRotate = "CancelRotateSecret"
        case policies = "Put/Get/DeleteResourcePolicy"
        case validateAndStop = "ValidateResourcePolicy, StopReplicationToReplica"
        case replicate = "ReplicateSecretToRegions / Remove"
        case password = "GetRandomPassword"
    }

    @Test(
        "a row of Secrets Manager where moto differs: the sandbox does as AWS does",
        arguments: Row.allCases)
    func row(_ row: Row) async throws {
        let bench = try Bench()
        let writing = MotoRowsOfWriting(bench: bench)
        let reading = MotoRowsOfReading(bench: bench)
        let sharing = MotoRowsOfSharing(bench: bench)
        switch row {
        case .createSecret: try await writing.createSecret()
        case .name: try await writing.name()
        case .kmsKey: try await writing.kmsKey()
        case .value: try await writing.value()
        case .tokenReuse: try await writing.tokenReuse()
        case .nameScheduled: try await writing.nameScheduled()
        case .forceDeleted: try await forceDeleted()
        case .values: try await writing.values()
        case .stages: try await writing.stages()
        case .getSecretValue: try await reading.getSecretValue()
        case .batch: try await reading.batch()
        case .listSecrets: try await reading.listSecrets()
        case .versionIDs: try await reading.versionIDs()
        case .deletion: try await writing.deletion()
        case .rotate: try await sharing.rotate()
        case .cancelRotate: try await sharing.cancelRotate()
        case .policies: try await sharing.policies()
        case .validateAndStop: try await sharing.validateAndStop()
        case .replicate: try await sharing.replicate()
        case .password: try await reading.password()
        }
    }

    private func forceDeleted() async throws {
        let sandbox = Sandbox(delays: Delays(forcedDeletion: 5...5))
        let bench = try Bench(sandbox)
        try await bench.create("a")
        try await bench.done(
            "Secrets.DeleteSecret", ["SecretId": "a", "ForceDeleteWithoutRecovery": true])
        // hashicorp/terraform-provider-aws retries on it: reference/aws-semantics.md section 3 row 2.
        try await bench.refused(
            "Secrets.CreateSecret", ["Name": "a", "ClientRequestToken": .string(token("2"))],
            "InvalidRequestException",
            "You can't perform this operation on the secret because it was deleted.")
        sandbox.advance(by: 5)
        try await bench.create("a")
    }
}

extension Bench {
    init(_ sandbox: Sandbox) throws {
        self.sandbox = sandbox
        account = sandbox.addAccount(id: Self.accountID)
        client = try account.client(as: "user/alice", in: Self.region)
    }

    /// Makes a secret with the value `one` under a token of ones.
    @discardableResult
    func create(
        _ name: String, _ more: [(String, JSON)] = [], in region: String = Bench.region
    ) async throws -> JSON {
        var input: JSON = [
            "Name": .string(name), "ClientRequestToken": .string(token("1")),
            "SecretString": "one",
        ]
        for (key, value) in more { input = input.with(key, value) }
        return try await done("Secrets.CreateSecret", input, in: region)
    }

    /// Puts a value under a token of that character.
    @discardableResult
    func put(_ name: String, _ mark: Character, _ value: String) async throws -> JSON {
        try await done(
            "Secrets.PutSecretValue",
            [
                "SecretId": .string(name), "ClientRequestToken": .string(token(mark)),
                "SecretString": .string(value),
            ])
    }
}
