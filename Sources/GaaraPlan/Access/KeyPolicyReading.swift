internal import JSON

/// Who acts on an application, as the policies of its keys tell: `KeyPolicy` read backwards.
struct KeyPolicyReading {
    private(set) var operators = Operators()
    private(set) var administrators: [String] = []
    /// The roles of rotation functions that the policy names.
    private(set) var rotationRoles: [String] = []
    /// Whether nothing tells appliers, migrators and the roles of rotation functions apart.
    private(set) var isAmbiguous = false
    /// ARN patterns of the secrets that a role rotates which the plan did not name.
    private(set) var rotatedByUnnamed: Set<String> = []

    /// - Parameter tokens: the policy of the value tokens' key, where there is one.
    init(data: String, tokens: String?, identity: Identity) {
        let data = Self.statements(of: data)
        let prefix = identity.iamARN("")
        func named(_ sid: String, _ statements: [String: JSONObject]) -> [String] {
            Self.values("ArnLike", "aws:PrincipalArn", of: statements[sid])
                .filter { $0.hasPrefix(prefix) }.map { String($0.dropFirst(prefix.count)) }
        }
        administrators = named("AdministratorsAdministerButDoNotUse", data)
        let writers = named("WritersMayBeAllowedEncryptThroughSecretsManager", data)
        let tokenWriters =
            tokens.map { named("WritersMayBeAllowedValueTokens", Self.statements(of: $0)) }
            ?? writers
        let managers = named("ApplierManages", data)
        operators.planner = named("PlannerLooks", data)
        operators.applier = managers.isEmpty ? tokenWriters : managers
        operators.migrator = tokenWriters.filter { !operators.applier.contains($0) }
        isAmbiguous = tokens == nil && !writers.isEmpty
        rotationRoles =
            isAmbiguous
            ? Array(writers.suffix(1)) : writers.filter { !tokenWriters.contains($0) }
        rotatedByUnnamed = Set(
            Self.values(
                "StringLike", "kms:EncryptionContext:SecretARN",
                of: data["UnnamedRotationMayBeAllowedEncryptThroughSecretsManager"]))
        // Whoever has a policy attached stands there twice: with and without a path.
        let readers = named("ReadersMayBeAllowedDecryptThroughSecretsManager", data)
        operators.breakGlass = readers.filter { reader in
            let parts = reader.split(separator: "/")
            guard let kind = parts.first, let name = parts.last, !parts.contains("*") else {
                return false
            }
            return !readers.contains("\(kind)/*/\(name)")
        }
    }

    private static func statements(of text: String) -> [String: JSONObject] {
        let statements = (try? JSON(parsing: text))?.object?["Statement"]
        var bySid: [String: JSONObject] = [:]
        for case let statement? in (statements.map { $0.array ?? [$0] } ?? []).map(\.object) {
            if let sid = statement["Sid"]?.string { bySid[sid] = statement }
        }
        return bySid
    }

    private static func values(
        _ test: String, _ key: String, of statement: JSONObject?
    ) -> [String] {
        statement?["Condition"]?.object?[test]?.object?[key]?.policyStrings ?? []
    }
}
