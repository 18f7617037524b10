/// What IAM refuses.
extension Refusal {
    static let iamName = Refusal(
        "ValidationError",
        "The specified value for {} is invalid. It must contain only alphanumeric characters "
            + "and/or the following: +=,.@_-",
        source: "aws-cloudformation/cfn-lint#996")
    static let iamPath = Refusal(
        "ValidationError",
        "The specified value for path is invalid. It must begin and end with / and contain only "
            + "alphanumeric characters and/or / characters.",
        source: "aws/aws-cli#5860, for pathPrefix")
    static let policyExists = Refusal(
        "EntityAlreadyExists", 409,
        "A policy called {} already exists. Duplicate names are not allowed.",
        source: "moto iam/models.py")
    static let noSuchPolicy = Refusal(
        "NoSuchEntity", 404, "Policy {} was not found.", source: "LS test_iam.snapshot.json")
    static let policyNotAttachable = Refusal(
        "NoSuchEntity", 404, "Policy {} does not exist or is not attachable.",
        source: "LS test_iam.snapshot.json")
    static let noSuchPolicyVersion = Refusal(
        "NoSuchEntity", 404, "Policy {} version {} does not exist or is not attachable.",
        source: "moto iam/models.py")
    static let noSuchEntity = Refusal(
        "NoSuchEntity", 404, "The {} with name {} cannot be found.",
        source: "boto/boto3#2520, for other kinds")
    static let policySize = Refusal(
        "LimitExceeded", 409, "Cannot exceed quota for PolicySize: 6144",
        source: "LBHackney-IT/Data-Platform#2116")
    static let policyVersions = Refusal(
        "LimitExceeded", 409,
        "A managed policy can have up to 5 versions. Before you create a new version, "
            + "you must delete an existing version.",
        source: "99designs/iamy#21")
    static let attachmentQuota = Refusal(
        "LimitExceeded", 409, "Cannot exceed quota for PoliciesPer{}: 10",
        source: "aws/eks-hybrid#741")
    static let defaultVersion = Refusal(
        "DeleteConflict", 409, "Cannot delete the default version of a policy.",
        source: "redradrat/aws-iam-operator#13")
    static let policyHasVersions = Refusal(
        "DeleteConflict", 409,
        "This policy has more than one version. Before you delete a policy, you must delete the "
            + "policy's versions. The default version is deleted with the policy.",
        source: "rebuy-de/aws-nuke#1")
    static let policyAttached = Refusal(
        "DeleteConflict", 409, "Cannot delete a policy attached to entities.",
        source: "99designs/iamy#22")
    static let policySyntax = Refusal(
        "MalformedPolicyDocument", "Syntax errors in policy.", source: "99designs/iamy#74")
    static let policyJSON = Refusal(
        "MalformedPolicyDocument", "This policy contains invalid Json",
        source: "LS test_iam.snapshot.json")
    static let policyVersionTooOld = Refusal(
        "MalformedPolicyDocument", "Policy document must be version 2012-10-17 or greater.",
        source: "moto iam/policy_validation.py")
    static let policyActions = Refusal(
        "MalformedPolicyDocument", "Policy statement must contain actions.",
        source: "moto iam/policy_validation.py")
    static let policyResources = Refusal(
        "MalformedPolicyDocument", "Policy statement must contain resources.",
        source: "moto iam/policy_validation.py")
    static let policyVendor = Refusal(
        "MalformedPolicyDocument",
        "Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.",
        source: "moto iam/policy_validation.py")
    static let policySIDs = Refusal(
        "MalformedPolicyDocument", "Statement IDs (SID) in a single policy must be unique.",
        source: "kubernetes/kops#4951")
    static let policySID = Refusal(
        "MalformedPolicyDocument",
        "Statement IDs (SID) must be alpha-numeric. Check that your input satisfies the regular "
            + "expression [0-9A-Za-z]*",
        source: "aws-cloudformation/cfn-lint#1376")
    static let policyPrincipal = Refusal(
        "MalformedPolicyDocument", "Policy document should not specify a principal.",
        source: "moto iam/policy_validation.py")
    static let iamDuplicateTags = Refusal(
        "InvalidInput",
        "Duplicate tag keys found. Please note that Tag keys are case insensitive.",
        source: "LS test_assume_role_tag_validation, for STS")
    static let iamReservedTag = Refusal(
        "InvalidInput", "Tag keys must not begin with aws:", source: "model; text not recorded")
}
