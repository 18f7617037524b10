/// What Lambda refuses.
extension Refusal {
    static let noSuchFunctionPolicy = Refusal(
        "ResourceNotFoundException", 404, "The resource you requested does not exist.",
        source: "LS test_permission_exceptions")
    static let noSuchFunction = Refusal(
        "ResourceNotFoundException", 404, "Function not found: {}",
        source: "LS test_permission_exceptions")
    static let noSuchFunctionAlias = Refusal(
        "ResourceNotFoundException", 404, "Cannot find alias arn: {}",
        source: "LS test_permission_exceptions")
    static let noPolicyOfFunction = Refusal(
        "ResourceNotFoundException", 404, "No policy found for: {}",
        source: "LS test_permission_exceptions")
    static let noFunctionPolicy = Refusal(
        "ResourceNotFoundException", 404, "No policy is associated with the given resource.",
        source: "LS test_permission_exceptions")
    static let noSuchStatement = Refusal(
        "ResourceNotFoundException", 404, "Statement {} is not found in resource policy.",
        source: "LS test_remove_multi_permissions")
    static let statementExists = Refusal(
        "ResourceConflictException", 409,
        "The statement id ({}) provided already exists. Please provide a new statement id, "
            + "or remove the existing statement.", source: "LS test_permission_exceptions")
    static let functionPrincipal = Refusal(
        "InvalidParameterValueException",
        "The provided principal was invalid. Please check the principal and try again.",
        source: "LS test_permission_exceptions")
    static let latestHasNoPolicy = Refusal(
        "InvalidParameterValueException",
        "We currently do not support adding policies for $LATEST.",
        source: "LS test_permission_exceptions")
    static let qualifierMismatch = Refusal(
        "InvalidParameterValueException",
        "The derived qualifier from the function name does not match the specified qualifier.",
        source: "LS test_permission_exceptions")
    static let functionRevision = Refusal(
        "PreconditionFailedException", 412,
        "The Revision Id provided does not match the latest Revision Id. "
            + "Call the GetPolicy API to retrieve the latest Revision Id",
        source: "LS test_function_revisions_permissions")
    static let functionPolicySize = Refusal(
        "PolicyLengthExceededException", "The final policy size is bigger than the limit (20480).",
        source: "model; serverless/serverless#4459")
}
