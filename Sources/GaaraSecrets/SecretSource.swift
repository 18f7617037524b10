/// A place that the resolver reads secrets from; nothing is remembered here.
package protocol SecretSource: Sendable {
    /// The current value of `name`, read now.
    ///
    /// Throws `notFound` with every place that was looked at.
    func fetch(_ name: SecretName) async throws(SecretError) -> Secret

    /// Whether it reads Secrets Manager.
    var usesAWS: Bool { get }
}
