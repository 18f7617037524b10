/// A key's ARN, or the promise of one that an earlier step makes.
///
/// In a fingerprint and in a policy's text the promise stands as `key#arn`; the applier puts the
/// ARN in its place.
package enum KeyReference: Hashable, Sendable, CustomStringConvertible {
    case known(arn: String)
    case made(Key.Role)

    package var description: String {
        switch self {
        case .known(let arn): arn
        case .made(let role): "\(Address.key(role))#arn"
        }
    }
}
