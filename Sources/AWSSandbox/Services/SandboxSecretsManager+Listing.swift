internal import Digest
internal import JSON

/// What is known of secrets without their values.
extension SandboxSecretsManager {
    static func describeSecret(
        _ call: Call, _ input: Input, _ region: inout Region
    ) throws(Refused) -> JSON? {
        let secret = try anySecret(of: input, in: region)
        var answer = metadata(of: secret)
        answer.add("KmsKeyId", secret.keyID.map(JSON.string))
        answer.add("VersionIdsToStages", stages(of: secret))
        for member in replication(of: secret, in: region).members {
            answer[member.key] = member.value
        }
        return .object(answer)
    }

    /// By the date of creation unless asked otherwise, as it was up to the delay of lists ago.
    ///
    /// Secrets scheduled for deletion stay out unless asked for.
    static func listSecrets(
        _ call: Call, _ input: Input, _ region: inout Region
    ) throws(Refused) -> JSON? {
        let limit = try input.number("MaxResults", in: 1...100) ?? 100
        let includesDeleted = try input.flag("IncludePlannedDeletion") ?? false
        let filters = try SecretFilter.all(of: input)
        let order = try input.choice("SortBy", of: SecretPages.Order.allCases.map(\.rawValue))
        let direction = try input.choice("SortOrder", of: ["asc", "desc"])
        let pages = SecretPages(
            order: order.flatMap(SecretPages.Order.init) ?? .created,
            isDescending: direction == "desc", query: "\(includesDeleted) \(filters)")

        let secrets = region.listedSecrets(now: call.now)
            .filter { includesDeleted || $0.deletion == nil }
            .filter { secret in filters.allSatisfy { $0.accepts(secret) } }
        let (page, next) = try pages.page(
            of: secrets, limit: limit, after: input.text("NextToken", length: 1...4096))
        var answer: JSONObject = [:]
        answer["SecretList"] = .array(
            page.map { secret in
                var entry = metadata(of: secret)
                entry.add("KmsKeyId", secret.keyID.map { .string(keyARN($0, in: region)) })
                entry.add("SecretVersionsToStages", stages(of: secret))
                // ListSecrets tells nothing of copies but where the primary is (botocore
                // SecretListEntry).
                entry.add("PrimaryRegion", replication(of: secret, in: region)["PrimaryRegion"])
                return .object(entry)
            })
        answer.add("NextToken", next.map(JSON.string))
        return .object(answer)
    }

    static func offset(of input: Input, label: String) throws(Refused) -> Int {
        guard let token = try input.text("NextToken", length: 1...4096) else { return 0 }
        guard let bytes = Base64.decode(token) else { throw Refused(.invalidToken) }
        let text = String(decoding: bytes, as: UTF8.self)
        guard text.hasPrefix("\(label)|"), let number = Int(text.dropFirst(label.count + 1)) else {
            throw Refused(.invalidToken)
        }
        return number
    }

    static func token(for number: Int, label: String) -> String {
        Base64.encode(Array("\(label)|\(number)".utf8))
    }

    private static func metadata(of secret: StoredSecret) -> JSONObject {
        var members = identity(of: secret)
        members.add("Description", secret.description.map(JSON.string))
        if let rotation = secret.rotation {
            members["RotationEnabled"] = .bool(rotation.isEnabled)
            if !rotation.function.isEmpty {
                members["RotationLambdaARN"] = .string(rotation.function)
            }
            members.add("RotationRules", rotation.rules.map(rules))
            // Both are null while rotation is off (botocore DescribeSecretResponse).
            if rotation.isEnabled {
                members.add("LastRotatedDate", rotation.lastRotated.map(JSON.time))
                members.add("NextRotationDate", rotation.next.map(JSON.time))
            }
        }
        members.add("OwningService", secret.owner.map(JSON.string))
        members["LastChangedDate"] = .time(secret.changed)
        members.add("LastAccessedDate", secret.lastAccessed.map(JSON.time))
        // "The date the secret is scheduled for deletion" (botocore DescribeSecretResponse): the end
        // of the window, as DeleteSecret answered it.
        members.add("DeletedDate", secret.deletion.map { .time($0.date) })
        members.add(
            "Tags",
            secret.tags.map { tags in
                .array(
                    tags.all.map { ["Key": .string($0.key), "Value": .string($0.value)] })
            })
        members["CreatedDate"] = .time(secret.created)
        return members
    }

    private static func rules(_ rules: RotationRules) -> JSON {
        var members = JSONObject()
        members.add("AutomaticallyAfterDays", rules.days.map { JSON($0) })
        members.add("Duration", rules.duration.map(JSON.string))
        members.add("ScheduleExpression", rules.schedule.map(JSON.string))
        return .object(members)
    }

    /// Labelled versions only; left out when there are none (LS test_secret_version_not_found).
    private static func stages(of secret: StoredSecret) -> JSON? {
        let labelled = secret.versions.filter { !$0.stages.isEmpty }
        guard !labelled.isEmpty else { return nil }
        return .object(JSONObject(labelled.map { ($0.id, .list($0.stages)) }))
    }

    /// ListSecrets answers an ARN where DescribeSecret answers what was given (botocore
    /// SecretListEntry).
    private static func keyARN(_ id: String, in region: Region) -> String {
        if id.hasPrefix("arn:") { return id }
        return region.arn("kms", id.hasPrefix("alias/") ? id : "key/\(id)")
    }
}
