import JSON

extension KnownDifference {
    static let ofSecretsManager: [KnownDifference] = [
        KnownDifference(
            id: "deprecated-versions",
            source: "botocore DescribeSecretResponse: versions without labels are not included"
        ) { step, ours, motos in
            guard step.operation == "secretsmanager DescribeSecret", let answer = motos.answer,
                let stages = answer["VersionIdsToStages"]?.object
            else { return }
            let kept = stages.members.filter { $0.value.array?.isEmpty == false }
            guard kept.count < stages.members.count else { return }
            var object = answer.object ?? JSONObject()
            object["VersionIdsToStages"] = .object(
                JSONObject(kept.map { ($0.key, $0.value) }))
            motos = .answer(.object(object))
        },
        refusal("created-otherwise", "botocore CreateSecret: another value under the token") {
            step, ours, motos in
            step.operation == "secretsmanager CreateSecret" && step["SecretString"] == nil
                && ours.code == "ResourceExistsException" && motos.isDone
        },
        refusal(
            "name-scheduled", "reference/aws-semantics.md section 2: the name stays taken"
        ) { step, ours, motos in
            step.operation == "secretsmanager CreateSecret"
                && ours.code == "InvalidRequestException" && motos.isDone
        },
        members(
            "no-stages", "LS ListSecretVersionIds: a version without labels has no such member",
            of: ["secretsmanager ListSecretVersionIds"], ["VersionStages"]),
        refusal("secret-name", "moto.md, Secrets Manager row name") { step, ours, motos in
            step["Name"] == "no name" && ours.code == "ValidationException" && motos.isDone
        },
        refusal("secret-key", "moto.md, Secrets Manager row KMS key") { step, ours, motos in
            step["KmsKeyId"] != nil && ours.code == "InvalidParameterException" && motos.isDone
        },
        values(
            "listed-key", "botocore SecretListEntry: KmsKeyId is an ARN",
            of: ["secretsmanager ListSecrets"], ["KmsKeyId"]),
        members(
            "listed-versions", "botocore SecretListEntry has SecretVersionsToStages",
            of: ["secretsmanager ListSecrets"], ["VersionIdsToStages"]),
        members(
            "described-versions", "LS DescribeSecret has VersionIdsToStages only",
            of: ["secretsmanager DescribeSecret"], ["SecretVersionsToStages"]),
        members(
            "listed-access", "botocore SecretListEntry has LastAccessedDate",
            of: ["secretsmanager ListSecrets"], ["LastAccessedDate"]),
        members(
            "version-members", "LS ListSecretVersionIds",
            of: ["secretsmanager ListSecretVersionIds"],
            ["KmsKeyIds", "LastAccessedDate", "NextToken"]),
        values(
            "versions-arn", "moto.md, row ListSecretVersionIds",
            of: ["secretsmanager ListSecretVersionIds"], ["ARN"]),
        members(
            "read-in-batch", "botocore DescribeSecret: LastAccessedDate; a batch reads too",
            of: ["secretsmanager DescribeSecret", "secretsmanager ListSecretVersionIds"],
            ["LastAccessedDate"]),
        refusal("current-goes", "reference/aws-semantics.md section 3 row 9") { step, ours, motos in
            step["VersionStage"] == "AWSCURRENT" && step["MoveToVersionId"] == nil
                && ours.code == "InvalidParameterException" && motos.isDone
        },
        refusal("stage-of-nothing", "botocore UpdateSecretVersionStage: one of the two versions") {
            step, ours, motos in
            step.operation == "secretsmanager UpdateSecretVersionStage"
                && step["MoveToVersionId"] == nil && step["RemoveFromVersionId"] == nil
                && ours.code == "InvalidParameterException" && motos.isDone
        },
        refusal("cancel-nothing", "moto's own: no rotation was ever set up") { step, ours, motos in
            step.operation == "secretsmanager CancelRotateSecret" && ours.isDone
                && motos.code == "InvalidRequestException"
        },
        refusal(
            "deleted-secret", "moto.md, row PutSecretValue; reference/aws-semantics.md section 2"
        ) { step, ours, motos in
            step["SecretId"] != nil && ours.code == "InvalidRequestException"
                && (motos.isDone
                    || ["ResourceNotFoundException", "ResourceExistsException"].contains(motos.code))
        },
        values(
            "batch-text", "moto.md, row DeleteSecret: texts embed another",
            of: ["secretsmanager BatchGetSecretValue"], ["Message"]),
        KnownDifference(id: "sort-order", source: "moto.md, row ListSecrets") { step, _, motos in
            guard step["SortOrder"] == "desc", var answer = motos.answer?.object,
                let list = answer["SecretList"]?.array
            else { return }
            answer["SecretList"] = .array(list.reversed())
            motos = .answer(.object(answer))
        },
        refusal("batch-of-one-bad", "moto.md, row BatchGetSecretValue") { step, ours, motos in
            step.operation == "secretsmanager BatchGetSecretValue" && ours.isDone
                && motos.code == "ResourceNotFoundException"
        },
        members(
            "description-stays", "moto.md, row UpdateSecret",
            of: ["secretsmanager DescribeSecret", "secretsmanager ListSecrets"], ["Description"]),
        refusal("stage-without-version", "run: moto crashes on a secret without a version") {
            step, ours, motos in
            step.operation == "secretsmanager UpdateSecretVersionStage"
                && ours.code == "ResourceNotFoundException" && motos == .nonsense(status: 500)
        },
        values(
            "created-again", "botocore CreateSecret: the token is the version's id",
            of: ["secretsmanager CreateSecret"], ["VersionId"]),
        refusal("stage-stays", "botocore UpdateSecretVersionStage: the label is there already") {
            step, ours, motos in
            step.operation == "secretsmanager UpdateSecretVersionStage" && ours.isDone
                && motos.code == "InvalidParameterException" && step["RemoveFromVersionId"] == nil
        },
        refusal("update-token-in-use", "reference/aws-semantics.md section 3 row 7") {
            step, ours, motos in
            step.operation == "secretsmanager UpdateSecret" && step["SecretString"] != nil
                && ours.code == "ResourceExistsException" && motos.isDone
        },
        refusal("token-without-value", "botocore UpdateSecret: a token is a new version's id") {
            step, ours, motos in
            step.operation == "secretsmanager UpdateSecret" && step["SecretString"] == nil
                && ours.isDone && motos.code == "ResourceExistsException"
        },
        refusal("list-versions-crash", "moto.md, row ListSecretVersionIds, by a run") {
            step, ours, motos in
            step.operation == "secretsmanager ListSecretVersionIds"
                && ours.code == "ResourceNotFoundException" && motos == .nonsense(status: 500)
        },
        refusal("deleted-name", "moto.md, row name scheduled for deletion") { step, ours, motos in
            step.operation == "secretsmanager CreateSecret"
                && ours.code == "InvalidRequestException"
                && motos.code == "ResourceExistsException"
        },
    ]
}
