extension SandboxAccount {
    /// Whether that Lambda function is there.
    package func hasFunction(_ arn: String) -> Bool {
        let parts = arn.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count >= 7 else { return false }
        return read(in: String(parts[3])) { $0.functions[arn] != nil }
    }
}
