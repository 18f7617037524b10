import JSON

extension KnownDifference {
    static let ofIAM: [KnownDifference] = [
        refusal("policy-name", "moto.md, IAM row CreatePolicy") { step, ours, motos in
            step["PolicyName"] == "no name" && ours.code == "ValidationError" && motos.isDone
        },
        refusal(
            "policy-name-taken", "botocore CreatePolicy: names differ in more than path and case"
        ) {
            step, ours, motos in
            step.operation == "iam CreatePolicy" && ours.code == "EntityAlreadyExists"
                && motos.isDone
        },
        refusal("policy-in-use", "moto.md, IAM row DeletePolicy") { step, ours, motos in
            step.operation == "iam DeletePolicy" && ours.code == "DeleteConflict" && motos.isDone
        },
        KnownDifference(
            id: "default-loses-mark", source: "run: moto, once the default is made it again"
        ) { step, ours, motos in
            guard step.operation == "iam ListPolicyVersions", let mine = ours.answer,
                let theirs = motos.answer,
                theirs["Versions"]?.array?.allSatisfy({ $0["IsDefaultVersion"] == "false" }) == true
            else { return }
            var (a, b) = (mine, theirs)
            a.agree(with: &b) { name, _, _ in name == "IsDefaultVersion" }
            (ours, motos) = (.answer(a), .answer(b))
        },
        values(
            "attached-twice", "botocore Policy, AttachmentCount: of entities; moto counts calls",
            of: ["iam GetPolicy", "iam ListPolicies"], ["AttachmentCount"]),
        members(
            "version-document", "botocore PolicyVersion: Document is in GetPolicyVersion only",
            of: ["iam CreatePolicyVersion", "iam ListPolicyVersions"], ["Document"]),
        members(
            "version-page", "botocore ListPolicyVersionsResponse", of: ["iam ListPolicyVersions"],
            ["IsTruncated"]),
        members(
            "boundary-count", "LS CreatePolicy: a member of every recorded answer",
            of: ["iam CreatePolicy", "iam GetPolicy", "iam ListPolicies"],
            ["PermissionsBoundaryUsageCount"]),
        members(
            "group-page", "botocore GetGroupResponse", of: ["iam GetGroup"], ["IsTruncated"]),
        refusal("entities-of-no-policy", "botocore ListEntitiesForPolicy: NoSuchEntity") {
            step, ours, motos in
            step.operation == "iam ListEntitiesForPolicy" && ours.code == "NoSuchEntity"
                && motos.isDone
        },
    ]
}
