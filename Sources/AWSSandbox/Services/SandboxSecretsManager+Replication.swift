internal import JSON

/// Copies of a secret in other regions; what becomes of them, `Account.replicate` decides later.
extension SandboxSecretsManager {
    static func replicateSecretToRegions(
        _ call: Call, _ input: Input, _ region: inout Region
    ) throws(Refused) -> JSON? {
        let secret = try writableSecret(of: input, in: region)
        guard input.has("AddReplicaRegions") else {
            throw Refused(.constraint, " null", "addReplicaRegions", "Member must not be null")
        }
        let replicas = try replicas(of: input, for: call, &region)
        for replica in replicas where isCopied(secret, to: replica.region) {
            throw Refused(.replicaExists, secret.arn, replica.region)
        }
        add(replicas, to: secret.name, &region)
        return .object(status(of: secret.name, in: region))
    }

    /// The copies go at once; one that failed is only forgotten.
    static func removeRegionsFromReplication(
        _ call: Call, _ input: Input, _ region: inout Region
    ) throws(Refused) -> JSON? {
        let secret = try writableSecret(of: input, in: region)
        guard let names = try input.texts("RemoveReplicaRegions") else {
            throw Refused(.constraint, " null", "removeReplicaRegions", "Member must not be null")
        }
        guard !names.isEmpty else {
            throw Refused(
                .constraint, "", "removeReplicaRegions",
                "Member must have length greater than or equal to 1")
        }
        for name in names where !secret.replicas.contains(where: { $0.region == name }) {
            throw Refused(.replicaRegion)
        }
        for replica in secret.replicas where names.contains(replica.region) {
            if replica.status == .inSync {
                region.orders.append(.remove(name: secret.name, region: replica.region))
            }
        }
        region.secrets[secret.name]?.replicas.removeAll { names.contains($0.region) }
        if region.secrets[secret.name]?.replicas.isEmpty ?? true {
            region.primaries.remove(secret.name)
        }
        return .object(status(of: secret.name, in: region))
    }

    /// The copy becomes a secret of its own, and its primary forgets it.
    static func stopReplicationToReplica(
        _ call: Call, _ input: Input, _ region: inout Region
    ) throws(Refused) -> JSON? {
        let secret = try secret(of: input, in: region)
        guard let primary = secret.primaryRegion else { throw Refused(.noReplica) }
        region.secrets[secret.name]?.primaryRegion = nil
        region.orders.append(.forget(name: secret.name, primary: primary))
        return ["ARN": .string(secret.arn)]
    }

    /// The copies that a request asks for; none without the member.
    static func replicas(
        of input: Input, for call: Call, _ region: inout Region
    ) throws(Refused) -> [Replica] {
        guard let entries = try input.objects("AddReplicaRegions") else { return [] }
        try input.check(count: 1...Int.max, of: "AddReplicaRegions")
        let overwrites = try input.flag("ForceOverwriteReplicaSecret") ?? false
        var replicas: [Replica] = []
        for entry in entries {
            let name = try entry.required("Region", length: 1...128)
            let keyID = try entry.text("KmsKeyId", length: 0...2048)
            guard regions.contains(name), name != region.name,
                !replicas.contains(where: { $0.region == name })
            else { throw Refused(.replicaRegion) }
            let end = call.now + max(1, region.random.draw(call.delays.replication))
            replicas.append(
                Replica(
                    region: name, keyID: isDefaultKey(keyID) ? nil : keyID,
                    overwrites: overwrites, status: .inProgress(end: end)))
        }
        return replicas
    }

    /// Notes copies on their way; one that failed before is tried again.
    static func add(_ replicas: [Replica], to name: String, _ region: inout Region) {
        guard !replicas.isEmpty else { return }
        let added = Set(replicas.map(\.region))
        region.secrets[name]?.replicas.removeAll { added.contains($0.region) }
        region.secrets[name]?.replicas += replicas
        region.primaries.insert(name)
    }

    /// The members that tell of copies; none for a secret without any.
    static func replication(of secret: StoredSecret, in region: Region) -> JSONObject {
        var members = JSONObject()
        if let primary = secret.primaryRegion {
            members["PrimaryRegion"] = .string(primary)
        } else if !secret.replicas.isEmpty {
            members["PrimaryRegion"] = .string(region.name)
            members["ReplicationStatus"] = status(of: secret)
        }
        return members
    }

    private static func status(of name: String, in region: Region) -> JSONObject {
        guard let secret = region.secrets[name] else { return [:] }
        return ["ARN": .string(secret.arn), "ReplicationStatus": status(of: secret)]
    }

    static func status(of secret: StoredSecret) -> JSON {
        .array(
            secret.replicas.map { replica in
                var entry: JSONObject = [
                    "Region": .string(replica.region),
                    "KmsKeyId": .string(replica.keyID ?? "alias/aws/secretsmanager"),
                    "Status": .string(replica.status.name),
                ]
                switch replica.status {
                case .inProgress: break
                case .inSync: entry["StatusMessage"] = "Replication succeeded"
                case .failed(let reason): entry["StatusMessage"] = .string(reason)
                }
                entry.add("LastAccessedDate", replica.lastAccessed.map(JSON.time))
                return .object(entry)
            })
    }

    private static func isCopied(_ secret: StoredSecret, to region: String) -> Bool {
        secret.replicas.contains { replica in
            if case .failed = replica.status { return false }
            return replica.region == region
        }
    }

    /// The regions of the partition `aws` that have Secrets Manager (botocore endpoints.json).
    private static let regions: Set<String> = [
        "af-south-1", "ap-east-1", "ap-east-2", "ap-northeast-1", "ap-northeast-2",
        "ap-northeast-3", "ap-south-1", "ap-south-2", "ap-southeast-1", "ap-southeast-2",
        "ap-southeast-3", "ap-southeast-4", "ap-southeast-5", "ap-southeast-6", "ap-southeast-7",
        "ca-central-1", "ca-west-1", "eu-central-1", "eu-central-2", "eu-north-1", "eu-south-1",
        "eu-south-2", "eu-west-1", "eu-west-2", "eu-west-3", "il-central-1", "me-central-1",
        "me-south-1", "mx-central-1", "sa-east-1", "us-east-1", "us-east-2", "us-west-1",
        "us-west-2",
    ]
}
