extension Operation {
    /// Every operation that the client can make, in the order of the services' files.
    package static let all: [Operation] = [
        KMS.CreateKey.operation, KMS.DescribeKey.operation, KMS.ListKeys.operation,
        KMS.UpdateKeyDescription.operation, KMS.EnableKey.operation,
        KMS.ScheduleKeyDeletion.operation, KMS.CancelKeyDeletion.operation,
        KMS.CreateAlias.operation, KMS.UpdateAlias.operation, KMS.DeleteAlias.operation,
        KMS.ListAliases.operation,
        KMS.EnableKeyRotation.operation, KMS.DisableKeyRotation.operation,
        KMS.GetKeyRotationStatus.operation,
        KMS.GetKeyPolicy.operation, KMS.PutKeyPolicy.operation,
        KMS.TagResource.operation, KMS.UntagResource.operation, KMS.ListResourceTags.operation,
        KMS.GenerateMac.operation, KMS.GenerateDataKey.operation, KMS.Decrypt.operation,

        SecretsManager.CreateSecret.operation, SecretsManager.DescribeSecret.operation,
        SecretsManager.ListSecrets.operation, SecretsManager.UpdateSecret.operation,
        SecretsManager.DeleteSecret.operation, SecretsManager.RestoreSecret.operation,
        SecretsManager.GetResourcePolicy.operation, SecretsManager.PutResourcePolicy.operation,
        SecretsManager.DeleteResourcePolicy.operation,
        SecretsManager.ValidateResourcePolicy.operation,
        SecretsManager.ReplicateSecretToRegions.operation,
        SecretsManager.RemoveRegionsFromReplication.operation,
        SecretsManager.BatchGetSecretValue.operation, SecretsManager.GetSecretValue.operation,
        SecretsManager.PutSecretValue.operation,
        SecretsManager.UpdateSecretVersionStage.operation,
        SecretsManager.ListSecretVersionIds.operation,
        SecretsManager.RotateSecret.operation, SecretsManager.CancelRotateSecret.operation,
        SecretsManager.TagResource.operation, SecretsManager.UntagResource.operation,

        IAM.CreatePolicy.operation, IAM.GetPolicy.operation, IAM.ListPolicies.operation,
        IAM.DeletePolicy.operation, IAM.TagPolicy.operation, IAM.UntagPolicy.operation,
        IAM.CreatePolicyVersion.operation, IAM.GetPolicyVersion.operation,
        IAM.ListPolicyVersions.operation, IAM.SetDefaultPolicyVersion.operation,
        IAM.DeletePolicyVersion.operation,
        IAM.AttachRolePolicy.operation, IAM.DetachRolePolicy.operation,
        IAM.AttachUserPolicy.operation, IAM.DetachUserPolicy.operation,
        IAM.AttachGroupPolicy.operation, IAM.DetachGroupPolicy.operation,
        IAM.ListEntitiesForPolicy.operation, IAM.ListAttachedRolePolicies.operation,
        IAM.GetRole.operation, IAM.GetUser.operation, IAM.GetGroup.operation,
        IAM.CreateRole.operation, IAM.DeleteRole.operation, IAM.UpdateAssumeRolePolicy.operation,
        IAM.PutRolePermissionsBoundary.operation, IAM.DeleteRolePermissionsBoundary.operation,
        IAM.TagRole.operation, IAM.UntagRole.operation,
        IAM.ListRolePolicies.operation, IAM.GetRolePolicy.operation,
        IAM.GetAccountAuthorizationDetails.operation, IAM.SimulatePrincipalPolicy.operation,
        IAM.SimulateCustomPolicy.operation,

        STS.GetCallerIdentity.operation, STS.AssumeRole.operation,
        STS.AssumeRoleWithWebIdentity.operation,

        SSO.GetRoleCredentials.operation, SSOOIDC.CreateToken.operation,

        CloudWatch.PutMetricAlarm.operation, CloudWatch.DescribeAlarms.operation,
        CloudWatch.DeleteAlarms.operation, CloudWatch.ListTagsForResource.operation,
        CloudWatch.TagResource.operation, CloudWatch.UntagResource.operation,
        CloudWatch.PutMetricData.operation, CloudWatch.GetMetricData.operation,

        Tagging.GetResources.operation,

        Lambda.GetPolicy.operation,
    ]
}
