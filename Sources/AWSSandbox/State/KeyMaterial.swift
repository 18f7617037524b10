internal import Digest

/// A time at which a key got new key material; what was encrypted before stays readable.
struct MaterialRotation: Hashable, Sendable, Codable {
    /// Seconds since 1970.
    let date: Int
    let isOnDemand: Bool
}

extension KMSKey {
    /// The key materials: the first one and one for each rotation.
    var currentMaterial: Int { materialRotations.count }

    /// The secret bytes of a material, counted from 0.
    func bytes(ofMaterial number: Int) -> [UInt8] {
        HMACSHA256.code(key: material, message: Array("material \(number)".utf8))
    }

    /// Its name: 64 hexadecimal digits (botocore BackingKeyIdType).
    func id(ofMaterial number: Int) -> String {
        Hex.encode(HMACSHA256.code(key: material, message: Array("material id \(number)".utf8)))
    }

    /// When automatic rotation happens next, in seconds since 1970; `nil` when it is off.
    var nextRotation: Int? {
        guard let rotation else { return nil }
        let last = materialRotations.last { !$0.isOnDemand && $0.date > rotation.since }
        return (last?.date ?? rotation.since) + rotation.periodInDays * .day
    }

    /// Makes the automatic rotations that are due.
    ///
    /// A key that is not enabled waits until it is (KMS guide, "Rotate AWS KMS keys").
    mutating func rotateMaterial(now: Int) {
        guard state == .enabled else { return }
        while let next = nextRotation, next <= now {
            materialRotations.append(MaterialRotation(date: next, isOnDemand: false))
        }
    }
}
