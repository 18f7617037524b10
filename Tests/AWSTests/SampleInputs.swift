import POSIX

@testable import AWS

/// One input for each operation, the same as those of `Cases/requests.json`.
enum SampleInputs {
    static let key = "1234abcd-12ab-34cd-56ef-1234567890ab"
    static let alias = "alias/gaara-store/staging"
    static let secret = "gaara-store/staging/database-url"
    static let token =
        "gaara1-00112233-" + String(repeating: "0123456789abcdef", count: 3)
    static let policy =
        "arn:aws:iam::123456789012:policy/gaara-store/staging/gaara-store-staging-app"
    static let document = """
        {"Version":"2012-10-17","Statement":[{"Effect":"Allow",\
        "Action":"secretsmanager:GetSecretValue",\
        "Resource":"arn:aws:secretsmanager:*:123456789012:secret:a+b ~c-??????"}]}
        """
    static let tags = [Tag("gaara:application", "gaara-store"), Tag("team", "a b+c/ü")]

    static var all: [any AWSOperation] {
        kms + secretsManager + iam + roles + identity + cloudWatch + others
    }

    static var kms: [any AWSOperation] {
        var keys = KMS.ListKeys()
        keys.marker = "m/1="
        return [
            KMS.CreateKey(
                description: "Gaara Store \"encryption\" key", keySpec: .hmac256,
                keyUsage: .generateVerifyMAC, policy: document, tags: tags),
            KMS.DescribeKey(keyID: alias), keys,
            KMS.UpdateKeyDescription(keyID: key, description: ""), KMS.EnableKey(keyID: key),
            KMS.ScheduleKeyDeletion(keyID: key, pendingWindowInDays: 30),
            KMS.CancelKeyDeletion(keyID: key),
            KMS.CreateAlias(aliasName: alias, targetKeyID: key),
            KMS.UpdateAlias(aliasName: alias, targetKeyID: key),
            KMS.DeleteAlias(aliasName: alias), KMS.ListAliases(keyID: key),
            KMS.EnableKeyRotation(keyID: key, rotationPeriodInDays: 180),
            KMS.DisableKeyRotation(keyID: key), KMS.GetKeyRotationStatus(keyID: key),
            KMS.GetKeyPolicy(keyID: key), KMS.PutKeyPolicy(keyID: key, policy: document),
            KMS.TagResource(keyID: key, tags: tags),
            KMS.UntagResource(keyID: key, tagKeys: ["team", "x y"]),
            KMS.ListResourceTags(keyID: key),
            KMS.GenerateMac(
                keyID: alias + "/value-tokens", message: Array("gaara-infra".utf8) + [0, 0xff]),
            KMS.GenerateDataKey(keyID: alias, encryptionContext: context),
            KMS.Decrypt(ciphertext: [1, 2, 0xfe], keyID: alias, encryptionContext: context),
        ]
    }

    static var secretsManager: [any AWSOperation] {
        var list = SecretsManager.ListSecrets(
            namePrefix: "gaara-store/staging/", includePlannedDeletion: true)
        list.marker = "t1"
        var batch = SecretsManager.BatchGetSecretValue(
            secretIDs: [secret, "gaara-store/staging/b"])
        batch.marker = "t1"
        let password = "p\"a\\ss\n\twörd\u{1}\u{1F511}/"
        return [
            SecretsManager.CreateSecret(
                name: secret, clientRequestToken: token, description: "Primary connection",
                kmsKeyID: alias, value: .string(ProtectedBytes(Array(password.utf8))), tags: tags),
            SecretsManager.DescribeSecret(secretID: secret), list,
            SecretsManager.UpdateSecret(
                secretID: secret, clientRequestToken: token, description: "x", kmsKeyID: ""),
            SecretsManager.DeleteSecret(secretID: secret, recoveryWindowInDays: 7),
            SecretsManager.RestoreSecret(secretID: secret),
            SecretsManager.GetResourcePolicy(secretID: secret),
            SecretsManager.PutResourcePolicy(secretID: secret, resourcePolicy: document),
            SecretsManager.DeleteResourcePolicy(secretID: secret),
            SecretsManager.ValidateResourcePolicy(secretID: secret, resourcePolicy: document),
            SecretsManager.ReplicateSecretToRegions(
                secretID: secret,
                replicas: [
                    .init(region: "eu-central-1", kmsKeyID: alias), .init(region: "us-west-2"),
                ]),
            SecretsManager.RemoveRegionsFromReplication(
                secretID: secret, regions: ["eu-central-1"]),
            batch,
            SecretsManager.GetSecretValue(
                secretID: secret, versionID: token, versionStage: "AWSCURRENT"),
            SecretsManager.PutSecretValue(
                secretID: secret, clientRequestToken: token,
                value: .binary(ProtectedBytes([0, 1, 0xfe, 0xff])), versionStages: ["GAARA-STAGED"]),
            SecretsManager.UpdateSecretVersionStage(
                secretID: secret, versionStage: "AWSCURRENT",
                removeFromVersionID: String(repeating: "a", count: 32), moveToVersionID: token),
            SecretsManager.ListSecretVersionIds(secretID: secret, includeDeprecated: true),
            SecretsManager.RotateSecret(
                secretID: secret, clientRequestToken: token,
                rotationLambdaARN: "arn:aws:lambda:us-east-1:123456789012:function:R",
                rotationRules: SecretsManager.RotationRules(
                    duration: "2h", scheduleExpression: "cron(0 4 1 * ? *)"),
                rotateImmediately: false),
            SecretsManager.CancelRotateSecret(secretID: secret),
            SecretsManager.TagResource(secretID: secret, tags: tags),
            SecretsManager.UntagResource(secretID: secret, tagKeys: ["team"]),
        ]
    }

    static var iam: [any AWSOperation] {
        let name = "gaara-store-app"
        var policies = IAM.ListPolicies(pathPrefix: "/gaara-store/")
        policies.marker = "m&1"
        return [
            IAM.CreatePolicy(
                policyName: "gaara-store-staging-app", policyDocument: document,
                path: "/gaara-store/staging/", description: "read", tags: tags),
            IAM.GetPolicy(policyARN: policy), policies, IAM.DeletePolicy(policyARN: policy),
            IAM.TagPolicy(policyARN: policy, tags: tags),
            IAM.UntagPolicy(policyARN: policy, tagKeys: ["team", "x y"]),
            IAM.CreatePolicyVersion(
                policyARN: policy, policyDocument: document, setAsDefault: true),
            IAM.GetPolicyVersion(policyARN: policy, versionID: "v3"),
            IAM.ListPolicyVersions(policyARN: policy),
            IAM.SetDefaultPolicyVersion(policyARN: policy, versionID: "v2"),
            IAM.DeletePolicyVersion(policyARN: policy, versionID: "v1"),
            IAM.AttachRolePolicy(roleName: name, policyARN: policy),
            IAM.DetachRolePolicy(roleName: name, policyARN: policy),
            IAM.AttachUserPolicy(userName: name, policyARN: policy),
            IAM.DetachUserPolicy(userName: name, policyARN: policy),
            IAM.AttachGroupPolicy(groupName: name, policyARN: policy),
            IAM.DetachGroupPolicy(groupName: name, policyARN: policy),
            IAM.ListEntitiesForPolicy(policyARN: policy),
            IAM.ListAttachedRolePolicies(roleName: name),
            IAM.GetRole(roleName: name), IAM.GetUser(userName: name),
            IAM.GetGroup(groupName: name),
        ]
    }
}
