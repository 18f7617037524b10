internal import JSON

/// Reading many values at once.
extension SandboxSecretsManager {
    /// At most 20 secrets, named or filtered; what cannot be read is told in `Errors`, and refuses
    /// nothing else.
    static func batchGetSecretValue(
        _ call: Call, _ input: Input, _ region: inout Region
    ) throws(Refused) -> JSON? {
        guard input.has("SecretIdList") != input.has("Filters") else {
            throw Refused(.batchNeedsOne)
        }
        try input.check(count: 1...20, of: "SecretIdList")
        let limit = try input.number("MaxResults", in: 1...20)
        let named = try input.texts("SecretIdList")
        guard named == nil || (limit == nil && !input.has("NextToken")) else {
            throw Refused(.batchPagesNames)
        }
        var answer = JSONObject()
        let ids: [String]
        if let named {
            ids = named
        } else {
            let filters = try SecretFilter.all(of: input)
            let pages = SecretPages(
                order: .created, isDescending: false, query: "batch \(filters)")
            let fitting = region.listedSecrets(now: call.now)
                .filter { $0.deletion == nil }
                .filter { secret in filters.allSatisfy { $0.accepts(secret) } }
            let (page, next) = try pages.page(
                of: fitting, limit: limit ?? 20,
                after: input.text("NextToken", length: 1...4096))
            ids = page.map(\.arn)
            answer.add("NextToken", next.map(JSON.string))
        }
        var values: [JSON] = []
        var errors: [JSON] = []
        for id in ids {
            do throws(Refused) {
                values.append(.object(try value(of: id, for: call, in: &region)))
            } catch {
                errors.append([
                    "SecretId": .string(id), "ErrorCode": .string(error.refusal.code),
                    "Message": .string(error.message),
                ])
            }
        }
        answer["SecretValues"] = .array(values)
        answer["Errors"] = .array(errors)
        return .object(answer)
    }

    private static func value(
        of id: String, for call: Call, in region: inout Region
    ) throws(Refused) -> JSONObject {
        guard !call.isDenied("secretsmanager:GetSecretValue") else {
            throw Refused(
                .denied, call.caller, "secretsmanager:GetSecretValue", " on resource: \(id)",
                "secretsmanager:GetSecretValue")
        }
        try call.authority?.check(
            SecretsManagerNeeds.need("secretsmanager:GetSecretValue", on: id, call, region),
            isJSON: true)
        let secret = try secret(of: Input(["SecretId": .string(id)]), in: region)
        return try read(secret, version: nil, stage: nil, for: call, in: &region)
    }
}
