/// What STS refuses.
extension Refusal {
    static let stsARN = Refusal(
        "ValidationError", "{} is invalid", source: "LS test_sts_invalid_parameters")
    static let notTrusted = Refusal(
        "AccessDenied", 403, "User: {} is not authorized to perform: {} on resource: {}",
        source: "basefarm/aws-session-tool#1")
    static let webIdentityNotTrusted = Refusal(
        "AccessDenied", 403, "Not authorized to perform sts:AssumeRoleWithWebIdentity",
        source: "aws-actions/configure-aws-credentials#318; aws-amplify/aws-sdk-android#9: 403")
    static let rootAssumes = Refusal(
        "AccessDenied", 403, "Roles may not be assumed by root accounts.",
        source: "kubeflow/testing#961")
    static let noSuchDevice = Refusal(
        "AccessDenied", 403,
        "MultiFactorAuthentication failed with invalid MFA one time pass code.",
        source: "text not recorded; the sandbox has no devices")
    static let sessionTooLong = Refusal(
        "ValidationError",
        "The requested DurationSeconds exceeds the MaxSessionDuration set for this role.",
        source: "aws-azure-login/aws-azure-login#93")
    static let chainTooLong = Refusal(
        "ValidationError",
        "The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by "
            + "role chaining.",
        source: "aws/eks-anywhere#9485")
    static let sessionPolicySize = Refusal(
        "PackedPolicyTooLarge",
        "Packed size of session policy and tags consumes {}% of the allotted space.",
        source: "model; text not recorded")
    static let sessionDuplicateTags = Refusal(
        "InvalidParameterValue",
        "Duplicate tag keys found. Please note that Tag keys are case insensitive.",
        source: "LS test_assume_role_tag_validation")
    static let transitiveNotATag = Refusal(
        "InvalidParameterValue",
        "The specified transitive tag key must be included in the requested tags.",
        source: "LS test_assume_role_tag_validation")
    static let transitiveConflict = Refusal(
        "InvalidParameterValue",
        "One of the specified transitive tag keys can't be set because it conflicts with a "
            + "transitive tag key from the calling session.",
        source: "LS test_iam_role_chaining_override_transitive_tags")
    static let sessionInSession = Refusal(
        "AccessDenied", 403, "Cannot call {} with session credentials",
        source: "aws/aws-sdk-net#1704, hashicorp/vault#4108")
    static let invalidIdentity = Refusal(
        "InvalidIdentityToken",
        "The ID Token provided is not a valid JWT. "
            + "(You may see this error if you sent an Access Token)",
        source: "Amazon Cognito's notes on AssumeRoleWithWebIdentity; quoted by several users")
    static let noProvider = Refusal(
        "InvalidIdentityToken", "No OpenIDConnect provider found in your account for {}",
        source: "aws-actions/configure-aws-credentials#280")
    static let wrongAudience = Refusal(
        "InvalidIdentityToken", "Incorrect token audience",
        source: "awslabs/amazon-eks-irsa-cfn#18")
    static let expiredIdentity = Refusal(
        "ExpiredTokenException",
        "Token expired: current date/time {} must be before the expiration date/time {}",
        source: "aws/aws-sdk-java-v2#5709")
    static let noSuchKeyID = Refusal(
        "ValidationError", "The access key {} is not known to the sandbox",
        source: "text not recorded: AWS reads the account from the id")
    static let undecodable = Refusal(
        "InvalidAuthorizationMessageException", "Message is not valid",
        source: "model; text not recorded")
}

/// What IAM Identity Center refuses: its portal, and the service where tokens are renewed.
extension Refusal {
    static let notSignedIn = Refusal(
        "UnauthorizedException", 401, "Session token not found or invalid",
        source: "aws/aws-cli#7340, fwdcloudsec/granted#715: 401")
    static let noAccess = Refusal(
        "ForbiddenException", 403, "No access", source: "aws/aws-sam-cli#2129")
    static let incompleteSignIn = Refusal(
        "InvalidRequestException", "{} is missing", source: "model; text not recorded")
    static let unknownClient = Refusal(
        "InvalidClientException", 401, "Invalid client provided", source: "model; text not recorded"
    )
    static let unknownGrant = Refusal(
        "UnsupportedGrantTypeException", "Unsupported grant type",
        source: "model; text not recorded")
    static let wrongRefreshToken = Refusal(
        "InvalidGrantException", "Invalid refresh token provided", source: "aws/aws-cli#8561")
}
