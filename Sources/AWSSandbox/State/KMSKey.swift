/// A KMS key as the service keeps it.
struct KMSKey: Sendable, Codable {
    /// The specs that the sandbox knows; AWS has more.
    enum Spec: String, CaseIterable, Sendable, Codable {
        case symmetric = "SYMMETRIC_DEFAULT"
        case hmac256 = "HMAC_256"
    }

    enum State: Hashable, Sendable, Codable {
        case enabled, disabled
        /// Gone at `date`, in seconds since 1970. `window` is in days.
        case pendingDeletion(date: Int, window: Int)

        var name: String {
            switch self {
            case .enabled: "Enabled"
            case .disabled: "Disabled"
            case .pendingDeletion: "PendingDeletion"
            }
        }
    }

    struct Rotation: Hashable, Sendable, Codable {
        /// 90 to 2560.
        let periodInDays: Int
        /// When it was turned on, in seconds since 1970.
        let since: Int
    }

    let id: String
    let arn: String
    let spec: Spec
    /// What all its key materials come from; an HMAC key has this one and no other.
    let material: [UInt8]
    /// Seconds since 1970.
    let created: Int
    var description: String
    var policy: String
    var tags: Tags
    var state = State.enabled
    var rotation: Rotation?
    /// The rotations of its key material, oldest first.
    var materialRotations: [MaterialRotation] = []

    var usage: String {
        switch spec {
        case .symmetric: "ENCRYPT_DECRYPT"
        case .hmac256: "GENERATE_VERIFY_MAC"
        }
    }
}

/// A name for a key.
///
/// It blocks the name even while its key waits for deletion.
struct KMSAlias: Sendable, Codable {
    let name: String
    var keyID: String
    /// Seconds since 1970.
    let created: Int
    var updated: Int
}
