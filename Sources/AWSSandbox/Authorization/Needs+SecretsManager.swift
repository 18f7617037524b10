/// What each call of Secrets Manager needs (service authorization reference, "AWS Secrets
/// Manager"); what it does with a key in the caller's name is asked where it does it.
enum SecretsManagerNeeds {
    typealias Row = @Sendable (Call, Input, Region) -> [AccessNeed]

    static let rows: [String: Row] = [
        "CreateSecret": create, "ListSecrets": anywhere, "GetRandomPassword": anywhere,
        "BatchGetSecretValue": batch, "RotateSecret": rotate,
        "UpdateSecret": secret, "DescribeSecret": secret, "ListSecretVersionIds": secret,
        "GetSecretValue": secret, "PutSecretValue": secret, "UpdateSecretVersionStage": secret,
        "DeleteSecret": secret, "RestoreSecret": secret, "CancelRotateSecret": secret,
        "TagResource": secret, "UntagResource": secret, "GetResourcePolicy": secret,
        "PutResourcePolicy": secret, "DeleteResourcePolicy": secret,
        "ValidateResourcePolicy": secret, "ReplicateSecretToRegions": secret,
        "RemoveRegionsFromReplication": secret, "StopReplicationToReplica": secret,
    ]

    private static let anywhere: Row = { call, _, _ in
        [AccessNeed("secretsmanager:\(call.operation)")]
    }

    /// The suffix is part of the ARN that is asked about (reference/iam.md section A1.3).
    private static let create: Row = { call, input, region in
        guard let name = text("Name", of: input) else { return [] }
        var context = AccessNeed.requested(tags(of: input))
        context["secretsmanager:Name"] = [name]
        context.add("secretsmanager:Description", text("Description", of: input))
        context.add("secretsmanager:KmsKeyArn", keyARN(of: input, region))
        let regions = ((try? input.objects("AddReplicaRegions")).flatMap(\.self) ?? [])
            .compactMap { text("Region", of: $0) }
        if !regions.isEmpty { context["secretsmanager:AddReplicaRegions"] = regions }
        let arn = region.arn("secretsmanager", "secret:\(name)-000000")
        var needs = [AccessNeed("secretsmanager:CreateSecret", on: arn, context: context)]
        if context["aws:TagKeys"] != nil {
            needs.append(AccessNeed("secretsmanager:TagResource", on: arn, context: context))
        }
        if !regions.isEmpty {
            needs.append(
                AccessNeed("secretsmanager:ReplicateSecretToRegions", on: arn, context: context))
        }
        return needs.map { need in
            var need = need
            need.name = name
            return need
        }
    }

    /// Each value is asked about when it is read; filters list (botocore BatchGetSecretValue).
    private static let batch: Row = { call, input, _ in
        [AccessNeed("secretsmanager:BatchGetSecretValue")]
            + (input.has("Filters") ? [AccessNeed("secretsmanager:ListSecrets")] : [])
    }

    private static let rotate: Row = { call, input, region in
        var needs = secret(call, input, region)
        if let function = text("RotationLambdaARN", of: input) {
            needs.append(AccessNeed("lambda:InvokeFunction", on: function))
        }
        return needs
    }

    private static let secret: Row = { call, input, region in
        guard let id = text("SecretId", of: input) else { return [] }
        var need = need("secretsmanager:\(call.operation)", on: id, call, region)
        switch call.operation {
        case "TagResource": need.context.merge(AccessNeed.requested(tags(of: input))) { $1 }
        case "UntagResource":
            need.context["aws:TagKeys"] = (try? input.texts("TagKeys")).flatMap(\.self)
        case "GetSecretValue":
            need.context.add("secretsmanager:VersionId", text("VersionId", of: input))
            let standard = input.has("VersionId") ? nil : Stage.current
            need.context.add(
                "secretsmanager:VersionStage", text("VersionStage", of: input) ?? standard)
        case "UpdateSecretVersionStage":
            need.context.add("secretsmanager:VersionStage", text("VersionStage", of: input))
        case "UpdateSecret":
            need.context.add("secretsmanager:KmsKeyArn", keyARN(of: input, region))
            need.context.add("secretsmanager:Description", text("Description", of: input))
        case "DeleteSecret":
            need.context.add(
                "secretsmanager:RecoveryWindowInDays",
                (try? input.number("RecoveryWindowInDays")).flatMap(\.self).map { String($0) })
            need.context.add(
                "secretsmanager:ForceDeleteWithoutRecovery",
                flag("ForceDeleteWithoutRecovery", of: input))
        case "RotateSecret":
            need.context.add(
                "secretsmanager:RotationLambdaARN", text("RotationLambdaARN", of: input))
            need.context["secretsmanager:ModifyRotationRules"] = [
                String(input.has("RotationRules"))
            ]
            need.context["secretsmanager:RotateImmediately"] = [
                flag("RotateImmediately", of: input) ?? "true"
            ]
        case "PutResourcePolicy":
            need.context["secretsmanager:BlockPublicPolicy"] = [
                flag("BlockPublicPolicy", of: input) ?? "false"
            ]
        case "ReplicateSecretToRegions":
            need.context["secretsmanager:AddReplicaRegions"] =
                ((try? input.objects("AddReplicaRegions")).flatMap(\.self) ?? [])
                .compactMap { text("Region", of: $0) }
        default: break
        }
        return [need]
    }

    /// A secret that is not there is asked about, and refused, by the name that the call gave
    /// (jenkinsci/aws-secrets-manager-credentials-provider-plugin#65).
    static func need(
        _ action: String, on id: String, _ call: Call, _ region: Region
    ) -> AccessNeed {
        guard let secret = try? SandboxSecretsManager.secret(id, in: region) else {
            let isARN = id.hasPrefix("arn:")
            var need = AccessNeed(
                action, on: isARN ? id : region.arn("secretsmanager", "secret:\(id)"),
                context: ["secretsmanager:SecretId": [id]])
            need.name = id
            return need
        }
        var need = AccessNeed(action, on: secret.arn)
        need.policy = secret.policy
        let tags = region.tagsBefore(of: secret.arn, now: call.now) ?? secret.tags ?? Tags()
        need.context = AccessNeed.carried(
            tags, as: ["aws:ResourceTag", "secretsmanager:ResourceTag"])
        need.context["secretsmanager:SecretId"] = [secret.arn]
        need.context["secretsmanager:SecretPrimaryRegion"] = [
            secret.primaryRegion ?? region.name
        ]
        need.context.add(
            "secretsmanager:resource/AllowRotationLambdaArn", secret.rotation?.function)
        return need
    }

    private static func keyARN(of input: Input, _ region: Region) -> String? {
        text("KmsKeyId", of: input).flatMap {
            try? SandboxKMS.key($0, in: region, allowsAlias: true).arn
        }
    }

    private static func text(_ key: String, of input: Input) -> String? {
        (try? input.text(key)).flatMap(\.self)
    }

    private static func flag(_ key: String, of input: Input) -> String? {
        (try? input.flag(key)).flatMap(\.self).map { String($0) }
    }

    private static func tags(of input: Input) -> [Tags.Tag] {
        (try? input.tags(key: "Key", value: "Value")).flatMap(\.self) ?? []
    }
}

extension Call {
    /// Refused where the caller may not do this with a key through Secrets Manager (Secrets Manager
    /// User Guide, "Secret encryption and decryption").
    ///
    /// - Parameter version: what is encrypted, or `RequestToValidateKeyAccess`.
    func checkKey(
        _ arn: String, _ actions: [String], for secret: String,
        version: String = "RequestToValidateKeyAccess", in region: Region
    ) throws(Refused) {
        guard mayUse(arn, actions, for: secret, version: version, in: region) else {
            throw Refused(.kmsDenied)
        }
    }

    func mayUse(
        _ arn: String, _ actions: [String], for secret: String,
        version: String = "RequestToValidateKeyAccess", in region: Region
    ) -> Bool {
        guard !actions.contains(where: isDenied) else { return false }
        guard let authority, let key = try? SandboxKMS.key(arn, in: region) else { return true }
        return actions.allSatisfy { action in
            var need = KMSNeeds.need(action, on: key, in: region, now: now)
            need.context.merge(
                KMSNeeds.encryption(["SecretARN": secret, "SecretVersionId": version])
            ) { $1 }
            need.context["kms:ViaService"] = ["secretsmanager.\(region.name).amazonaws.com"]
            need.context["aws:ViaAWSService"] = ["true"]
            return authority.decision(on: need) == .allowed
        }
    }
}
