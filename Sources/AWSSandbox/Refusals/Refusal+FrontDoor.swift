/// What is refused before a service sees the call: signatures, names of operations, permissions,
/// and the constraints that the models state.
extension Refusal {
    // Signatures. JSON services answer 400, IAM and STS 403.

    static let unsigned = Refusal(
        "MissingAuthenticationTokenException", "Missing Authentication Token",
        source: "reference/moto.md, wire level: unsigned call to Secrets Manager")
    static let unsignedQuery = Refusal(
        "MissingAuthenticationToken", 403, "Request is missing Authentication Token",
        source: "IAM API reference, common errors")
    static let incompleteSignature = Refusal(
        "IncompleteSignatureException", "Authorization header requires {}.",
        source: "IAM API reference, common errors; text not recorded")
    static let incompleteSignatureQuery = Refusal(
        "IncompleteSignature", "Authorization header requires {}.",
        source: "IAM API reference, common errors; text not recorded")
    static let unknownKey = Refusal(
        "UnrecognizedClientException", "The security token included in the request is invalid.",
        source: "ArranJacques/laravel-aws-cognito-auth#25")
    static let unknownKeyQuery = Refusal(
        "InvalidClientTokenId", 403, "The security token included in the request is invalid.",
        source: "evanshortiss/sns-mobile#14")
    static let expiredToken = Refusal(
        "ExpiredTokenException", "The security token included in the request is expired",
        source: "aws/aws-sdk-php#1307")
    static let expiredTokenQuery = Refusal(
        "ExpiredToken", 403, "The security token included in the request is expired",
        source: "cfn-sphere/cfn-sphere#55")
    static let wrongScope = Refusal(
        "InvalidSignatureException", "Credential should be scoped to {}.",
        source: "SigV4 troubleshooting page; text not recorded")
    static let wrongScopeQuery = Refusal(
        "SignatureDoesNotMatch", 403, "Credential should be scoped to {}.",
        source: "SigV4 troubleshooting page; text not recorded")
    static let expired = Refusal(
        "InvalidSignatureException",
        "Signature expired: {} is now earlier than {} ({} - 5 min.)",
        source: "hassy/artillery-dino#2")
    static let notYetCurrent = Refusal(
        "InvalidSignatureException",
        "Signature not yet current: {} is still later than {} ({} + 5 min.)",
        source: "s12v/awsbeats#48")
    static let expiredQuery = Refusal(
        "SignatureDoesNotMatch", 403,
        "Signature expired: {} is now earlier than {} ({} - 15 min.)",
        source: "aws/aws-cli#6676: STS allows 15 minutes")
    static let notYetCurrentQuery = Refusal(
        "SignatureDoesNotMatch", 403,
        "Signature not yet current: {} is still later than {} ({} + 15 min.)",
        source: "aws/aws-cli#6676, by analogy")
    static let wrongSignature = Refusal(
        "InvalidSignatureException",
        "The request signature we calculated does not match the signature you provided. "
            + "Check your AWS Secret Access Key and signing method. "
            + "Consult the service documentation for details.",
        source: "SigV4 troubleshooting page")
    static let wrongSignatureQuery = Refusal(
        "SignatureDoesNotMatch", 403, wrongSignature.text, source: "SigV4 troubleshooting page")

    // Permissions.

    static let denied = Refusal(
        "AccessDeniedException",
        "User: {} is not authorized to perform: {}{} "
            + "because no identity-based policy allows the {} action",
        source: "binbashar/le-tf-infra-aws#874")
    static let deniedQuery = Refusal(
        "AccessDenied", 403, denied.text, source: "binbashar/le-tf-infra-aws#874, IAM's code")

    static let notAuthorized = Refusal(
        "AccessDeniedException", "User: {} is not authorized to perform: {}{} {}",
        source: "IAM User Guide, \"Troubleshoot access denied error messages\"")
    static let notAuthorizedQuery = Refusal(
        "AccessDenied", 403, notAuthorized.text, source: notAuthorized.source)

    // Requests that no service can read.

    static let unreadable = Refusal(
        "SerializationException", "", source: "reference/moto.md, wire level: malformed JSON")
    static let unknownOperation = Refusal(
        "NotImplemented", 501, "the sandbox does not know {}",
        source: "the sandbox's own: AWS never answers this")

    // Constraints of the models.

    static let constraint = Refusal(
        "ValidationException",
        "1 validation error detected: Value{} at '{}' failed to satisfy constraint: {}",
        source: "LS test_generate_random_invalid_number_of_bytes, test_plaintext_size_for_encrypt")
    static let constraintQuery = Refusal(
        "ValidationError", constraint.text, source: "LS test_sts_invalid_parameters")

    // What a fault makes of a call.

    static let throttled = Refusal(
        "ThrottlingException", "Rate exceeded", source: "reference/aws-semantics.md section 8")
    static let throttledTagging = Refusal(
        "ThrottledException", "Rate exceeded", source: "model; text by analogy")
    static let throttledLambda = Refusal(
        "TooManyRequestsException", 429, "Rate Exceeded.",
        source: "model: status 429; serverless/serverless#3339")
    static let throttledQuery = Refusal(
        "Throttling", "Rate exceeded", source: "reference/aws-semantics.md section 8")
}
