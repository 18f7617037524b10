/// What IAM refuses of roles, users, groups and access keys.
extension Refusal {
    static let entityExists = Refusal(
        "EntityAlreadyExists", 409, "{} with name {} already exists.",
        source: "port-labs/ocean#854, for a role")
    static let entityHasPolicies = Refusal(
        "DeleteConflict", 409, "Cannot delete entity, must detach all policies first.",
        source: "ansible/ansible#22832, for users, groups and roles")
    static let entityHasInlinePolicies = Refusal(
        "DeleteConflict", 409, "Cannot delete entity, must delete policies first.",
        source: "rebuy-de/aws-nuke#294")
    static let userHasKeys = Refusal(
        "DeleteConflict", 409, "Cannot delete entity, must delete access keys first.",
        source: "aws-controllers-k8s/community#2229")
    static let groupHasUsers = Refusal(
        "DeleteConflict", 409, "Cannot delete entity, must remove users from group first.",
        source: "mozilla-services/userplex#17 for the user, hashicorp/terraform#29147 for the group"
    )
    static let noSuchInlinePolicy = Refusal(
        "NoSuchEntity", 404, "The {} policy with name {} cannot be found.",
        source: "aws/aws-cli#6139, for a role")
    static let noSuchAccessKey = Refusal(
        "NoSuchEntity", 404, "The Access Key with id {} cannot be found.",
        source: "paws-r-sdk.com, iam_delete_access_key")
    static let notAMember = Refusal(
        "NoSuchEntity", 404, "User {} not in group {}", source: "moto iam/models.py")
    static let noSuchBoundary = Refusal(
        "NoSuchEntity", 404, "Scope ARN: {} does not exist or is not attachable.",
        source: "openshift/rosa documentation, error of the operator roles")
    static let inlineQuota = Refusal(
        "LimitExceeded", 409, "Maximum policy size of {} bytes exceeded for {} {}",
        source: "serverless/serverless#2508 for a role, HumanCellAtlas/data-store#1963 for a group")
    static let trustQuota = Refusal(
        "LimitExceeded", 409, "Cannot exceed quota for ACLSizePerRole: 2048",
        source: "kubeflow/kubeflow#6687")
    static let keyQuota = Refusal(
        "LimitExceeded", 409, "Cannot exceed quota for AccessKeysPerUser: 2",
        source: "simonw/s3-credentials#64")
    static let groupQuota = Refusal(
        "LimitExceeded", 409, "Cannot exceed quota for GroupsPerUser: 10",
        source: "IAM guide, IAM quotas; text by analogy with AccessKeysPerUser")
    static let tagQuota = Refusal(
        "LimitExceeded", 409, "The number of tags has reached the maximum limit.",
        source: "model of TagRole: LimitExceeded; text not recorded")
    static let protectedRole = Refusal(
        "UnmodifiableEntity",
        "Cannot perform the operation on the protected role '{}' - "
            + "this role is only modifiable by AWS",
        source: "rebuy-de/aws-nuke#441")
    static let userNameNeeded = Refusal(
        "ValidationError", "Must specify userName when calling with non-User credentials",
        source: "hashicorp/terraform-provider-aws, comment in service/iam/access_key.go")
    static let policyARN = Refusal(
        "ValidationError", "Invalid ARN:  Could not be parsed!",
        source: "LS test_role_attach_policy, test_user_attach_policy")
}

/// What IAM refuses of a trust policy.
extension Refusal {
    static let trustPrincipal = Refusal(
        "MalformedPolicyDocument", "Invalid principal in policy: \"{}\":\"{}\"",
        source: "opstrace/opstrace#88 for AWS, hashicorp/terraform#35086 for SERVICE")
    static let trustFederation = Refusal(
        "MalformedPolicyDocument",
        "Federated principals must be valid domain names or SAML metadata ARNs",
        source: "terraform-aws-modules/terraform-aws-eks, karpenter; quoted by several users")
    static let trustWithoutPrincipal = Refusal(
        "MalformedPolicyDocument", "Missing required field Principal",
        source: "versity/versitygw, tests of CreateRole")
    static let trustWithoutAction = Refusal(
        "MalformedPolicyDocument", "Missing required field Action",
        source: "versity/versitygw, tests of CreateRole")
    static let trustNotPrincipal = Refusal(
        "MalformedPolicyDocument", "AssumeRole policy must not contain NotPrincipal field.",
        source: "versity/versitygw, tests of CreateRole")
    static let trustAction = Refusal(
        "MalformedPolicyDocument", "AssumeRole policy may only specify STS AssumeRole actions.",
        source: "versity/versitygw, tests of CreateRole")
    static let trustResource = Refusal(
        "MalformedPolicyDocument", "Has prohibited field Resource",
        source: "kubernetes-sigs/external-dns#3085")
}
