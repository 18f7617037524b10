/// Why no scenario is given for recorded refusals.
struct LeftOut: Sendable {
    let reason: String
    /// Whether it speaks of that recorded refusal.
    let covers: @Sendable (RecordedAnswers.Refusal) -> Bool

    /// Refusals of operations that are simulated.
    static let refusals: [LeftOut] = [
        named("[RSA_", "keys of RSA are not simulated"),
        named("delete-user-existing-credential", "passwords of services are not simulated"),
        named("encrypt-invalid-key-id", "keys that sign are not simulated"),
        LeftOut(reason: "imported key material is not simulated") { refusal in
            [
                "import_key_symmetric", "external_key", "imported_key_material",
                "no_pending_key_material",
            ].contains(where: refusal.name.contains)
        },
        named(
            "test_invalid_generate_mac[HMAC_224-HMAC_SHA_256]",
            "HMAC keys of another length are not simulated"),
        named("encryption_context_generate_data_key_pair", "data key pairs are not simulated"),
        named("get_policy_after_publishing_new_version", "versions of functions are not simulated"),
        named("add_permission_alias_revision_exception", "aliases of functions are not simulated"),
        named(
            "test_lambda_permission_revisions",
            "the revision of a function is simulated as that of its policy only"),
        named("STSAssumeRoleTagging", "session tags that are handed on are not simulated"),
        LeftOut(reason: "CloudWatch is simulated in its JSON form only") { refusal in
            refusal.operation.hasPrefix("monitoring ")
                && ["[query]", "[smithy-rpc-v2-cbor]"].contains(where: refusal.name.contains)
        },
    ]

    /// Operations that the sandbox answers with 501.
    static let operations: [String: String] = [
        "kms Sign": "no signing keys", "kms Verify": "no signing keys",
        "kms DeriveSharedSecret": "no key agreement",
        "kms GetParametersForImport": "no imported key material",
        "kms ImportKeyMaterial": "no imported key material",
        "kms GenerateDataKeyPair": "no key pairs",
        "kms GenerateDataKeyPairWithoutPlaintext": "no key pairs",
        "kms ReplicateKey": "no multi-Region keys",
        "iam GetServerCertificate": "no certificates",
        "iam CreateServiceLinkedRole": "no roles of services",
        "iam CreateServiceSpecificCredential": "no passwords of services",
        "iam DeleteServiceSpecificCredential": "no passwords of services",
        "iam ListServiceSpecificCredentials": "no passwords of services",
        "iam ResetServiceSpecificCredential": "no passwords of services",
        "iam UpdateServiceSpecificCredential": "no passwords of services",
        "monitoring PutDashboard": "no dashboards",
        "monitoring GetMetricStatistics": "GetMetricData is what the tool reads",
    ]

    /// Operations that have scenarios and are still answered with 501.
    static let waiting: Set<String> = []

    private static func named(_ part: String, _ reason: String) -> LeftOut {
        LeftOut(reason: reason) { $0.name.contains(part) }
    }
}
