/// What Secrets Manager refuses of resource policies, copies in other regions and what else is
/// shared or drawn.
extension Refusal {
    static let resourcePolicySyntax = Refusal(
        "MalformedPolicyDocumentException", "This policy has invalid syntax.",
        source: "awsdocs/aws-cloudformation-user-guide#623")
    static let resourcePolicyPrincipal = Refusal(
        "MalformedPolicyDocumentException",
        "This resource policy contains an unsupported principal.",
        source: "model MalformedPolicyDocumentException; text not recorded")
    static let resourcePolicyName = Refusal(
        "InvalidParameterException", "The only policy of a secret is called default.",
        source: "model PutResourcePolicyRequest.PolicyName; text not recorded")
    static let publicPolicy = Refusal(
        "PublicPolicyException",
        "The BlockPublicPolicy parameter is set to true, and the resource policy did not prevent "
            + "broad access to the secret.",
        source: "model PublicPolicyException; text not recorded")

    static let replicaIsReadOnly = Refusal(
        "InvalidParameterException",
        "Operation not permitted on a replica secret. "
            + "Call must be made in primary secret's region.",
        source: "lgallard/terraform-aws-secrets-manager#188, gruntwork-io/cloud-nuke#435")
    static let hasReplicas = Refusal(
        "InvalidParameterException",
        "You can't delete secret {} that still has replica regions [{}].",
        source: "gruntwork-io/cloud-nuke#435")
    static let replicaRegion = Refusal(
        "InvalidParameterException", "Invalid replica region.",
        source: "aws-samples/aws-health-aware#32")
    static let replicaExists = Refusal(
        "InvalidParameterException", "Secret {} has a replica in {} already.",
        source: "model ReplicateSecretToRegions; text not recorded")
    static let noReplica = Refusal(
        "InvalidParameterException", "Operation not permitted on a secret that is no replica.",
        source: "model StopReplicationToReplica; text not recorded")

    static let nameBeingDeleted = Refusal(
        "InvalidRequestException",
        "You can't perform this operation on the secret because it was deleted.",
        source: "reference/aws-semantics.md section 3 row 2: retry \"was deleted\"")
    static let batchPagesNames = Refusal(
        "InvalidParameterException",
        "MaxResults and NextToken go with Filters only.",
        source: "model BatchGetSecretValueRequest; text not recorded")
    static let passwordOfNothing = Refusal(
        "InvalidParameterException", "Every type of character is excluded.",
        source: "model GetRandomPassword; text not recorded")
    static let passwordTooShort = Refusal(
        "InvalidParameterException",
        "The password length is too short for one character of each required type.",
        source: "moto GetRandomPassword; text not recorded")
}
