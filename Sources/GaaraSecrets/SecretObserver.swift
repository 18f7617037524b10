/// Somebody who is told what a resolver meets and its callers do not see: a log, for one.
///
/// It is called by the task that asks for a secret, which goes on when it returns. Nothing that it
/// is told holds a value.
public protocol SecretObserver: Sendable {
    /// Something works and should be mended all the same; each such thing is told once.
    func observe(_ warning: SecretWarning)
}
