/// What Secrets Manager refuses.
extension Refusal {
    static let secretName = Refusal(
        "ValidationException",
        "Invalid name. Must be a valid name containing alphanumeric characters, "
            + "or any of the following: -/_+=.@!",
        source: "LS test_invalid_secret_name")
    static let tokenMissing = Refusal(
        "InvalidRequestException",
        "You must provide a ClientRequestToken value. We recommend a UUID-type value.",
        source: "LS test_no_client_request_token")
    static let tokenMissingForRotation = Refusal(
        "InvalidParameterException", tokenMissing.text,
        source: "LS test_no_client_request_token[RotateSecret]")
    static let tokenInUse = Refusal(
        "ResourceExistsException",
        "You can't use ClientRequestToken {} because that value is already in use "
            + "for a version of secret {}.",
        source: "moto test_create_different_secret_with_same_token, verified against AWS")
    static let secretExists = Refusal(
        "ResourceExistsException", "The operation failed because the secret {} already exists.",
        source: "LS test_secret_exists_snapshots")
    static let nameScheduledForDeletion = Refusal(
        "InvalidRequestException",
        "You can't create this secret because a secret with this name "
            + "is already scheduled for deletion.",
        source: "LS test_exp_raised_on_creation_of_secret_scheduled_for_deletion")
    static let markedForDeletion = Refusal(
        "InvalidRequestException",
        "You can't perform this operation on the secret because it was marked for deletion.",
        source: "LS test_tag_untag_resource_on_deleted_secret")
    static let noSuchSecret = Refusal(
        "ResourceNotFoundException", "Secrets Manager can't find the specified secret.",
        source: "LS test_secret_not_found")
    static let noSuchStage = Refusal(
        "ResourceNotFoundException",
        "Secrets Manager can't find the specified secret value for staging label: {}",
        source: "LS test_secret_version_not_found")
    static let noSuchVersion = Refusal(
        "ResourceNotFoundException",
        "Secrets Manager can't find the specified secret value for VersionId: {}",
        source: "LS test_secret_version_not_found")
    static let versionWithoutStage = Refusal(
        "InvalidRequestException",
        "You provided a VersionStage that is not associated to the provided VersionId.",
        source: "LS test_get_secret_value_errors")
    static let valueMissing = Refusal(
        "InvalidRequestException", "You must provide either SecretString or SecretBinary.",
        source: "moto; text not recorded")
    static let valueTwice = Refusal(
        "InvalidParameterException",
        "You can't specify both a binary secret value and a string secret value "
            + "in the same secret.",
        source: "model CreateSecret: SecretString or SecretBinary; text not recorded")
    static let invalidKMSKey = Refusal(
        "InvalidParameterException",
        "The operation failed because of an invalid KMS key: {}",
        source: "hashicorp/terraform-provider-aws#13303")
    static let decryptionFailure = Refusal(
        "DecryptionFailure",
        "Secrets Manager can't decrypt the protected secret text using the provided KMS key.",
        source: "model DecryptionFailure")
    static let kmsDenied = Refusal(
        "AccessDeniedException", "Access to KMS is not allowed",
        source: "external-secrets/kubernetes-external-secrets#838")
    static let tagSecretDuplicate = Refusal(
        "InvalidParameterException", "Duplicate tag keys found.",
        source: "reference/moto.md row value; text not recorded")
    static let tagSecretReserved = Refusal(
        "InvalidParameterException", "Tag keys and values must not begin with aws:",
        source: "model CreateSecret.Tags; text not recorded")
    static let tagSecretQuota = Refusal(
        "InvalidParameterException", "A secret has at most 50 tags.",
        source: "Secrets Manager quotas; text not recorded")
    static let recoveryWindow = Refusal(
        "InvalidParameterException",
        "The RecoveryWindowInDays value must be between 7 and 30 days (inclusive).",
        source: "moto DeleteSecret")
    static let recoveryWindowAndForce = Refusal(
        "InvalidParameterException",
        "You can't use ForceDeleteWithoutRecovery in conjunction with RecoveryWindowInDays.",
        source: "moto DeleteSecret")
    static let moveWithoutRemove = Refusal(
        "InvalidParameterException",
        "The parameter RemoveFromVersionId can't be empty. Staging label {} is currently attached "
            + "to version {}, so you must explicitly reference that version "
            + "in RemoveFromVersionId.",
        source: "floci-io/floci#3247, after AWS")
    static let moveFromOther = Refusal(
        "InvalidParameterException",
        "When you move staging label {}, if you specify RemoveFromVersionId, it must be set to "
            + "the version that currently has the staging label {}.",
        source: "floci-io/floci#3247; model UpdateSecretVersionStage")
    static let currentCannotGo = Refusal(
        "InvalidParameterException",
        "You can only move staging label AWSCURRENT to a different secret version. "
            + "It can't be completely removed.",
        source: "reference/aws-semantics.md section 3 row 9; text not recorded")
    static let stageNeedsVersion = Refusal(
        "InvalidParameterException",
        "You must provide MoveToVersionId, RemoveFromVersionId or both.",
        source: "model UpdateSecretVersionStage; text not recorded")
    static let tooManyStages = Refusal(
        "LimitExceededException", "A secret has at most 20 staging labels.",
        source: "Secrets Manager quotas; text not recorded")
    static let invalidToken = Refusal(
        "InvalidNextTokenException", "The NextToken value is invalid.", source: "model")
    static let batchNeedsOne = Refusal(
        "InvalidParameterException",
        "Either 'SecretIdList' or 'Filters' must be provided, but not both.",
        source: "moto BatchGetSecretValue")
    static let noRotationFunction = Refusal(
        "InvalidRequestException",
        "No Lambda rotation function ARN is associated with this secret.",
        source: "LS test_first_rotate_secret_with_missing_lambda_arn")
    static let functionNotInvokable = Refusal(
        "AccessDeniedException",
        "Secrets Manager cannot invoke the specified Lambda function. Ensure that the function "
            + "policy grants access to the principal secretsmanager.amazonaws.com.",
        source: "LS test_rotate_secret_invalid_lambda_arn")
    static let rotationUnderWay = Refusal(
        "InvalidRequestException",
        "A previous rotation isn't complete. That rotation will be reattempted.",
        source: "hashicorp/terraform-provider-aws#35023")
    static let twoSchedules = Refusal(
        "InvalidParameterException",
        "You cannot specify both rotation frequency and schedule expression together.",
        source: "hashicorp/terraform-provider-aws#33329")
    static let rotationRules = Refusal(
        "InvalidParameterException", "The rotation rules are not valid: {}",
        source: "model RotationRulesType; text not recorded")
}
