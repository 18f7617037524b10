/// What KMS refuses.
extension Refusal {
    static let invalidKeyID = Refusal(
        "NotFoundException", "Invalid keyId '{}'", source: "LS test_get_key_invalid_uuid")
    static let noSuchKey = Refusal(
        "NotFoundException", "Key '{}' does not exist", source: "LS test_get_key_does_not_exist")
    static let keyElsewhere = Refusal(
        "NotFoundException", "Invalid arn {}", source: "LS test_get_key_in_different_region")
    static let noSuchAlias = Refusal(
        "NotFoundException", "Alias {} is not found.", source: "moto kms/responses.py")
    static let aliasExists = Refusal(
        "AlreadyExistsException", "An alias with the name {} already exists",
        source: "crossplane-contrib/provider-aws#1741")
    static let aliasPrefix = Refusal(
        "ValidationException",
        "Alias must start with the prefix \"alias/\". Please see "
            + "https://docs.aws.amazon.com/kms/latest/developerguide/kms-alias.html",
        source: "LS test_create_alias")
    static let aliasReserved = Refusal(
        "NotAuthorizedException", "", source: "moto kms/responses.py; text not recorded")
    static let aliasOfAlias = Refusal(
        "ValidationException", "Aliases must refer to keys. Not aliases",
        source: "moto kms/responses.py")
    static let aliasBetweenKinds = Refusal(
        "ValidationException", "Alias {} and key {} are of different type or usage",
        source: "model UpdateAlias; text not recorded")
    static let aliasQuota = Refusal(
        "LimitExceededException", "The alias quota of {} is reached",
        source: "KMS resource quotas: 50 aliases a key; text not recorded")
    static let keyDisabled = Refusal(
        "DisabledException", "{} is disabled.",
        source: "LS test_rotate_key_on_demand_raises_error_given_key_is_disabled")
    static let keyPendingDeletion = Refusal(
        "KMSInvalidStateException", "{} is pending deletion.",
        source: "hashicorp/terraform-provider-aws#17889")
    static let keyNotPendingDeletion = Refusal(
        "KMSInvalidStateException", "{} is not pending deletion.",
        source: "model CancelKeyDeletion; text by analogy")
    static let deletionWindow = Refusal(
        "ValidationException", "PendingWindowInDays must be between 7 and 30 (inclusive).",
        source: "reference/moto.md row ScheduleKeyDeletion; text not recorded")
    static let rotationUnsupported = Refusal(
        "UnsupportedOperationException", "",
        source: "LS test_rotate_key_on_demand_raises_error_given_non_symmetric_key")
    static let keyUsageRequired = Refusal(
        "ValidationException",
        "You must specify a KeyUsage value for all KMS keys except for symmetric encryption keys.",
        source: "LS test_hmac_create_key_invalid_operations")
    static let keyUsageMismatch = Refusal(
        "ValidationException", "KeyUsage {} is not compatible with KeySpec {}",
        source: "LS test_derive_shared_secret")
    static let wrongKeyUsage = Refusal(
        "InvalidKeyUsageException", "{} key usage is {} which is not valid for {}.",
        source: "LS test_error_messaging_for_invalid_keys")
    static let macAlgorithmMismatch = Refusal(
        "InvalidKeyUsageException", "Algorithm {} is incompatible with key spec {}.",
        source: "LS test_invalid_generate_mac")
    static let policyNotJSON = Refusal(
        "MalformedPolicyDocumentException", "Policy is not valid JSON",
        source: "reference/aws-semantics.md section 4 row 4; text not recorded")
    static let policyPrincipals = Refusal(
        "MalformedPolicyDocumentException",
        "Policy contains a statement with one or more invalid principals.",
        source: "awslabs/minimum-viable-dataspace-on-aws#6")
    static let policyLocksOut = Refusal(
        "MalformedPolicyDocumentException",
        "The new key policy will not allow you to update the key policy in the future.",
        source: "trussworks/terraform-aws-cloudtrail#178")
    static let noSuchKeyPolicy = Refusal(
        "NotFoundException", "No such policy exists",
        source: "model GetKeyPolicy: PolicyName is default; text not recorded")
    static let duplicateTags = Refusal(
        "TagException", "Duplicate tag keys",
        source: "LS test_tag_key_with_duplicate_tag_keys_raises_error")
    static let reservedTag = Refusal(
        "TagException", "Tags beginning with aws: are reserved",
        source: "LS test_tag_existing_key_with_invalid_tag_key")
    static let tooManyTags = Refusal(
        "TagException", "Too many tags",
        source: "LS test_create_key_with_too_many_tags_raises_error")
    static let invalidCiphertext = Refusal(
        "InvalidCiphertextException", "",
        source: "LS test_encrypt_decrypt_encryption_context")
    static let incorrectKey = Refusal(
        "IncorrectKeyException",
        "The key ID in the request does not identify a CMK that can perform this operation.",
        source: "LS test_error_messaging_for_invalid_keys")
    static let ciphertextOfUnknownKey = Refusal(
        "AccessDeniedException",
        "The ciphertext refers to a customer master key that does not exist, "
            + "does not exist in this region, or you are not allowed to access.",
        source: "aceew/aws-lambda-env-vars#7")
    static let algorithmMismatch = Refusal(
        "InvalidKeyUsageException", "Algorithm {} is incompatible with key spec {}.",
        source: "LS test_invalid_generate_mac, by analogy")
    static let dryRun = Refusal(
        "DryRunOperationException",
        "The request would have succeeded, but the DryRun option is set.",
        source: "LS test_generate_data_key_pair_dry_run")
    static let dataKeyLength = Refusal(
        "ValidationException", "Please specify either number of bytes or key spec.",
        source: "moto kms/responses.py")
    static let randomLengthMissing = Refusal(
        "ValidationException", "NumberOfBytes is required.",
        source: "LS test_generate_random_invalid_number_of_bytes[None]")
    static let invalidMac = Refusal(
        "KMSInvalidMacException", "", source: "LS test_invalid_verify_mac")
    static let onDemandRotations = Refusal(
        "LimitExceededException",
        "The on-demand rotations limit has been reached for the given keyId. "
            + "No more on-demand rotations can be performed for this key: {}",
        source: "LS test_key_rotations_limits")
    static let invalidMarker = Refusal(
        "InvalidMarkerException", "Invalid marker", source: "model; text not recorded")
}
