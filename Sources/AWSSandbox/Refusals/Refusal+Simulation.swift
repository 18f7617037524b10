/// What IAM's policy simulator refuses.
extension Refusal {
    static let simulatedEntity = Refusal(
        "InvalidInput", "Invalid Entity Arn: {} does not clearly define entity type and name.",
        source: "newrelic/newrelic-lambda-cli#96")
    static let simulatedResource = Refusal(
        "InvalidInput", "ResourceNames are not in a valid ARN format: {}.",
        source: "aws-containers/amazon-ecs-exec-checker#35")
    static let simulatedCaller = Refusal(
        "InvalidInput", "Invalid caller - Caller cannot be null or empty.",
        source: "model, CallerArn; text not recorded")
    static let simulatedRolePolicy = Refusal(
        "InvalidInput", "Simulation of resource-based policies isn't supported for IAM roles.",
        source: "model, ResourcePolicy; text not recorded")
    static let simulatedAction = Refusal(
        "InvalidInput", "Invalid action name: {}.", source: "model; text not recorded")
    static let simulatedPolicy = Refusal(
        "InvalidInput", "The policy {} is not valid.", source: "model; text not recorded")
    static let simulatedBoundaries = Refusal(
        "InvalidInput", "Only one permissions boundary policy can be simulated.",
        source: "model, PermissionsBoundaryPolicyInputList; text not recorded")
}
