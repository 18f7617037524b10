internal import JSON

extension SecretsManager {
    /// Copies a secret to other regions, and keeps the copies as it is.
    ///
    /// It answers before the copies are made: DescribeSecret tells how far they are.
    package struct ReplicateSecretToRegions: JSONOperation {
        package typealias Output = [Replica]
        package static let operation = Operation(
            .secretsManager, "ReplicateSecretToRegions", .answers("InvalidParameterException"))

        package var secretID: String
        package var replicas: [Target]

        package init(secretID: String, replicas: [Target]) {
            self.secretID = secretID
            self.replicas = replicas
        }

        package func encode(into request: inout JSONRequest) {
            request.set("SecretId", secretID)
            let regions = replicas.map { replica in
                var target: JSONObject = ["Region": .string(replica.region)]
                target["KmsKeyId"] = replica.kmsKeyID.map(JSON.string)
                return JSON.object(target)
            }
            request.set("AddReplicaRegions", .array(regions))
            // A secret of that name over there stays as it is, and the copy fails.
            request.set("ForceOverwriteReplicaSecret", false)
        }

        package static func decode(_ answer: JSONAnswer) throws(MalformedAnswer) -> [Replica] {
            try SecretsManager.replicas(answer)
        }

        /// Where a copy goes.
        package struct Target: Hashable, Sendable {
            package let region: String
            /// A key of that region; `nil` is its key `aws/secretsmanager`.
            package let kmsKeyID: String?

            package init(region: String, kmsKeyID: String? = nil) {
                self.region = region
                self.kmsKeyID = kmsKeyID
            }
        }
    }

    /// Deletes a secret's copies in other regions, at once and without a recovery window.
    package struct RemoveRegionsFromReplication: JSONOperation {
        package typealias Output = [Replica]
        package static let operation = Operation(
            .secretsManager, "RemoveRegionsFromReplication", .answers("InvalidParameterException"))

        package var secretID: String
        package var regions: [String]

        package init(secretID: String, regions: [String]) {
            self.secretID = secretID
            self.regions = regions
        }

        package func encode(into request: inout JSONRequest) {
            request.set("SecretId", secretID)
            request.set("RemoveReplicaRegions", regions)
        }

        package static func decode(_ answer: JSONAnswer) throws(MalformedAnswer) -> [Replica] {
            try SecretsManager.replicas(answer)
        }
    }

    /// The copies that are left, or on their way.
    private static func replicas(_ answer: JSONAnswer) throws(MalformedAnswer) -> [Replica] {
        _ = try answer.string("ARN")
        return try answer.listIfPresent("ReplicationStatus") { (replica) throws(MalformedAnswer) in
            try Replica(replica)
        } ?? []
    }
}
