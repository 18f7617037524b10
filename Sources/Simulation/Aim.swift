internal import AWS
internal import AWSSandbox
internal import GaaraPlan

/// Which call a process is to die at, and what brings that call about: drawn plans alone would come
/// upon some of them once in a thousand seeds.
struct Aim {
    /// A case of `Call`, such as `role.untag`.
    let name: String

    init(seed: UInt64) {
        let names = Call.caseNames.sorted()
        name = names[Int(seed % UInt64(names.count))]
    }

    /// Whether the account has to be empty.
    var needsNothing: Bool { name == "key.create" || name == "key.createAlias" }

    /// Gives the plan that stands first what the call needs.
    func arm(_ shape: inout PlanShape, _ dice: inout Dice) {
        switch name {
        case "key.disableRotation": shape.keyDays = 365
        case "key.enableRotation": shape.keyDays = nil
        case "key.untag":
            for index in shape.secrets.indices { shape.secrets[index].isProtected = false }
        case let name where name.hasPrefix("role."): shape.require(role: true, &dice)
        case let name where name.hasPrefix("policy."): shape.require(role: false, &dice)
        case "secret.rotate": shape.rotates(nil)
        case "secret.cancelRotation": shape.rotates(30)
        case "secret.removePolicy": shape.guards(true)
        case "secret.putPolicy": shape.guards(nil)
        case "secret.removeReplica": shape.secrets[0].replicas = ["eu-west-1"]
        case "secret.replicate": shape.secrets[0].replicas = nil
        case "secret.untag", "secret.restore", "secret.delete":
            shape.secrets[0].isProtected = false
            shape.secrets[0].replicas = nil
        case let name where name.hasPrefix("secret."):
            shape.secrets[0].version = 1
            shape.secrets[0].rotation = nil
        default: return
        }
    }

    /// Changes the plan so that the call is one of its steps.
    func bend(_ shape: inout PlanShape, _ dice: inout Dice) {
        switch name {
        case "key.disableRotation": shape.keyDays = nil
        case "key.enableRotation": shape.keyDays = 100
        case "key.updateDescription": shape.description += 1
        case "key.tag", "policy.tag", "role.tag", "secret.tag": shape.team += "y"
        case "key.putPolicy", "secret.create": shape.addSecret(&dice)
        case "policy.create", "role.create", "policy.attach": shape.addMaker()
        case "policy.delete", "policy.detach", "role.delete": shape.entries = []
        case "role.putBoundary":
            for index in shape.entries.indices where shape.entries[index].trusts != nil {
                shape.entries[index].boundary = "policy/narrow"
            }
        case "secret.rotate": shape.rotates(20)
        case "secret.cancelRotation": shape.rotates(nil)
        case "secret.removePolicy": shape.guards(false)
        case "secret.putPolicy": shape.guards(true)
        case "secret.removeReplica": shape.secrets[0].replicas = []
        case "secret.replicate": shape.secrets[0].replicas = ["eu-west-1"]
        case "secret.update": shape.secrets[0].description += 1
        case "secret.putValue", "secret.moveCurrent", "secret.removeStagedLabel":
            if let version = shape.secrets[0].version { shape.secrets[0].version = version + 1 }
        case "secret.delete":
            guard shape.secrets.count > 1 else { return }
            shape.remove(shape.secrets[0].name)
        default: return
        }
    }

    /// Does to the account what only somebody else does.
    func provoke(_ shape: PlanShape, on rig: Rig, _ dice: inout Dice) async throws {
        let client = try rig.client()
        let path = Rig.prefix + shape.secrets[0].name
        let entry = shape.entries.first { $0.trusts != nil } ?? shape.entries.first
        let policy =
            entry.map {
                "arn:aws:iam::\(Rig.accountID):policy/\(Rig.prefix)"
                    + "gaara-store-staging-\($0.name)"
            } ?? ""
        let role = "made-\(entry?.name ?? "")"
        let protection = [Tag("gaara:protect", "true")]
        let key = rig.account.key("alias/gaara-store/staging", in: Rig.region)?.id ?? ""
        do throws(AWSError) {
            switch name {
            case "key.cancelDeletion", "key.enable":
                _ = try await client.send(
                    KMS.ScheduleKeyDeletion(keyID: key, pendingWindowInDays: 30))
            case "key.untag": try await client.send(KMS.TagResource(keyID: key, tags: protection))
            case "secret.untag":
                try await client.send(
                    SecretsManager.TagResource(secretID: path, tags: protection))
            case "secret.restore":
                _ = try await client.send(
                    SecretsManager.DeleteSecret(secretID: path, recoveryWindowInDays: 30))
            case "secret.removeLabel":
                guard let version = rig.secret(shape.secrets[0].name)?.versionID else { return }
                _ = try await client.send(
                    SecretsManager.UpdateSecretVersionStage(
                        secretID: path, versionStage: "GAARA-STAGED", moveToVersionID: version))
            case "policy.untag":
                try await client.send(IAM.TagPolicy(policyARN: policy, tags: protection))
            case "policy.createVersion", "policy.deleteVersion":
                for _ in 0..<4 {
                    _ = try await client.send(
                        IAM.CreatePolicyVersion(
                            policyARN: policy, policyDocument: Disturbance.document,
                            setAsDefault: true))
                }
            case "role.untag": try await client.send(IAM.TagRole(roleName: role, tags: protection))
            case "role.putTrust":
                let trust =
                    #"{"Version":"2012-10-17","Statement":{"Effect":"Allow","#
                    + #""Principal":{"Service":"glue.amazonaws.com"},"Action":"sts:AssumeRole"}}"#
                try await client.send(
                    IAM.UpdateAssumeRolePolicy(roleName: role, policyDocument: trust))
            default: return
            }
        } catch {
            // What a drawn disturbance has taken away cannot be provoked.
            return
        }
    }
}
