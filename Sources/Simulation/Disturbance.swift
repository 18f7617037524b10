internal import AWS
internal import AWSSandbox
internal import GaaraPlan
internal import GaaraStore
internal import POSIX

/// What somebody else did to the account before the plan is applied again.
struct Disturbance {
    let rig: Rig
    let shape: PlanShape

    /// Makes the policies that serve as boundaries.
    func prepare() async throws {
        let client = try rig.client()
        for name in ["limits", "narrow"] {
            _ = try await client.send(
                IAM.CreatePolicy(
                    policyName: name, policyDocument: Self.document, path: "/", tags: []))
        }
    }

    static let document =
        #"{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"sqs:*","Resource":"*"}}"#

    /// A few things, drawn; what cannot be done as things are, is left.
    func disturb(_ dice: inout Dice) async throws {
        let client = try rig.client()
        for _ in 0..<dice.below(12) {
            do throws(AWSError) {
                if dice.one(in: 3) {
                    try await disturbKey(client, &dice)
                } else if dice.one(in: 2) {
                    try await disturbSecret(client, &dice)
                } else {
                    try await disturbIAM(client, &dice)
                }
            } catch {
                // What is gone or refused was no disturbance.
                continue
            }
        }
    }

    private func disturbKey(_ client: AWSClient, _ dice: inout Dice) async throws(AWSError) {
        guard let key = rig.account.key("alias/gaara-store/staging", in: Rig.region) else { return }
        switch dice.below(6) {
        case 0:
            try await client.send(KMS.UpdateKeyDescription(keyID: key.id, description: "other"))
        case 1: try await client.send(KMS.DisableKeyRotation(keyID: key.id))
        case 2:
            try await client.send(
                KMS.TagResource(keyID: key.id, tags: [Tag("gaara:protect", "true")]))
        case 3: try await client.send(KMS.TagResource(keyID: key.id, tags: [Tag("team", "other")]))
        case 4:
            _ = try await client.send(
                KMS.ScheduleKeyDeletion(keyID: key.id, pendingWindowInDays: 30))
        default:
            let policy = key.policy.replacing("kms:UntagResource", with: "kms:TagResource")
            try await client.send(KMS.PutKeyPolicy(keyID: key.id, policy: policy))
        }
    }

    private func disturbSecret(_ client: AWSClient, _ dice: inout Dice) async throws(AWSError) {
        guard let secret = dice.pick(shape.secrets), let live = rig.secret(secret.name) else {
            return
        }
        let path = Rig.prefix + secret.name
        switch dice.below(9) {
        case 0:
            _ = try await client.send(
                SecretsManager.UpdateSecret(
                    secretID: path, clientRequestToken: Self.token(&dice), description: "other"))
        case 1:
            try await client.send(
                SecretsManager.TagResource(secretID: path, tags: [Tag("team", "other")]))
        case 2:
            guard !secret.isProtected, secret.replicas?.isEmpty ?? true else { return }
            _ = try await client.send(
                SecretsManager.DeleteSecret(secretID: path, recoveryWindowInDays: 30))
        case 3:
            guard secret.version != nil else { return }
            _ = try await client.send(
                SecretsManager.PutSecretValue(
                    secretID: path, clientRequestToken: Self.token(&dice),
                    value: .string(ProtectedBytes(Array("canary-foreign".utf8))),
                    versionStages: nil))
        case 4: _ = try await client.send(SecretsManager.CancelRotateSecret(secretID: path))
        case 5: _ = try await client.send(SecretsManager.DeleteResourcePolicy(secretID: path))
        case 6:
            try await client.send(
                SecretsManager.TagResource(secretID: path, tags: [Tag("gaara:protect", "true")]))
        case 7:
            guard let region = secret.replicas?.first else { return }
            _ = try await client.send(
                SecretsManager.RemoveRegionsFromReplication(secretID: path, regions: [region]))
        default:
            // As an apply leaves it that was killed between its second call and its third.
            guard let version = live.versionID else { return }
            _ = try await client.send(
                SecretsManager.UpdateSecretVersionStage(
                    secretID: path, versionStage: "GAARA-STAGED", moveToVersionID: version))
        }
    }

    private func disturbIAM(_ client: AWSClient, _ dice: inout Dice) async throws(AWSError) {
        guard let entry = dice.pick(shape.entries),
            let policy = rig.account.policy("gaara-store-staging-\(entry.name)")
        else { return }
        let role = "made-\(entry.name)"
        switch dice.below(8) {
        case 0:
            for _ in 0...dice.below(5) {
                _ = try await client.send(
                    IAM.CreatePolicyVersion(
                        policyARN: policy.arn, policyDocument: Self.document, setAsDefault: true))
            }
        case 1:
            try await client.send(IAM.TagPolicy(policyARN: policy.arn, tags: [Tag("team", "x")]))
        case 2:
            try await client.send(
                IAM.TagPolicy(policyARN: policy.arn, tags: [Tag("gaara:protect", "true")]))
        case 3:
            try await client.send(IAM.AttachRolePolicy(roleName: "ops", policyARN: policy.arn))
        case 4:
            let holder = entry.trusts == nil ? entry.roles.first ?? "app" : role
            try await client.send(IAM.DetachRolePolicy(roleName: holder, policyARN: policy.arn))
        case 5:
            let trust =
                #"{"Version":"2012-10-17","Statement":{"Effect":"Allow","#
                + #""Principal":{"Service":"ec2.amazonaws.com"},"Action":"sts:AssumeRole"}}"#
            try await client.send(
                IAM.UpdateAssumeRolePolicy(roleName: role, policyDocument: trust))
        case 6:
            try await client.send(
                IAM.TagRole(roleName: role, tags: [Tag("gaara:protect", "true"), Tag("team", "x")]))
        default:
            let boundary = "arn:aws:iam::\(Rig.accountID):policy/narrow"
            try await client.send(
                IAM.PutRolePermissionsBoundary(roleName: role, policyARN: boundary))
        }
    }

    static func token(_ dice: inout Dice) -> String {
        "foreign-" + (0..<32).map { _ in String(dice.below(10)) }.joined()
    }
}
