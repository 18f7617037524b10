internal import JSON

/// Resource policies of secrets.
extension SandboxSecretsManager {
    static func putResourcePolicy(
        _ call: Call, _ input: Input, _ region: inout Region
    ) throws(Refused) -> JSON? {
        let text = try policyText(of: input)
        let name = try input.text("PolicyName", length: 1...64) ?? "default"
        guard name == "default" else { throw Refused(.resourcePolicyName) }
        let blocksPublic = try input.flag("BlockPublicPolicy") ?? false
        let secret = try writableSecret(of: input, in: region)
        let policy = try ResourcePolicy(text)
        try policy.checkPrincipals(for: call)
        if blocksPublic, policy.isPublic { throw Refused(.publicPolicy) }
        region.secrets[secret.name]?.policy = text
        return .object(identity(of: secret))
    }

    /// Without a policy there is no such member in the answer (LS test_resource_policy).
    static func getResourcePolicy(
        _ call: Call, _ input: Input, _ region: inout Region
    ) throws(Refused) -> JSON? {
        let secret = try secret(of: input, in: region)
        var answer = identity(of: secret)
        answer.add("ResourcePolicy", secret.policy.map(JSON.string))
        return .object(answer)
    }

    /// Also where there is none.
    static func deleteResourcePolicy(
        _ call: Call, _ input: Input, _ region: inout Region
    ) throws(Refused) -> JSON? {
        let secret = try writableSecret(of: input, in: region)
        region.secrets[secret.name]?.policy = nil
        return .object(identity(of: secret))
    }

    /// The three checks of the model: broad access, syntax, lock-out.
    ///
    /// The names of the checks are not recorded.
    static func validateResourcePolicy(
        _ call: Call, _ input: Input, _ region: inout Region
    ) throws(Refused) -> JSON? {
        let text = try policyText(of: input)
        if input.has("SecretId") { _ = try secret(of: input, in: region) }
        let policy = try ResourcePolicy(text)
        try policy.checkPrincipals(for: call)
        var errors: [JSON] = []
        if policy.isPublic {
            errors.append([
                "CheckName": "PUBLIC_POLICY", "ErrorMessage": .string(Refusal.publicPolicy.text),
            ])
        }
        if policy.locksOut(call) {
            errors.append([
                "CheckName": "LOCKOUT_POLICY",
                "ErrorMessage": "The policy would deny the caller to change it again.",
            ])
        }
        return [
            "PolicyValidationPassed": .bool(errors.isEmpty), "ValidationErrors": .array(errors),
        ]
    }

    private static func policyText(of input: Input) throws(Refused) -> String {
        try input.required("ResourcePolicy", length: 1...20_480)
    }
}
