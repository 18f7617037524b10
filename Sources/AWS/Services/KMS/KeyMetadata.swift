extension KMS {
    /// What KMS tells of a key, its policy, tags and rotation apart.
    package struct KeyMetadata: Hashable, Sendable {
        package let keyID: String
        package let arn: String
        package let keyState: KeyState
        package let keyUsage: KeyUsage
        package let keySpec: KeySpec
        /// `AWS_KMS`, or where else its material comes from.
        package let origin: String
        /// `CUSTOMER`, or `AWS` for a key that a service manages.
        package let keyManager: String
        package let description: String
        /// Seconds since 1970.
        package let creationDate: Int?
        /// Seconds since 1970; only while the key is pending deletion.
        package let deletionDate: Int?
        package let isMultiRegion: Bool

        package var isCustomerManaged: Bool { keyManager == "CUSTOMER" }

        init(_ answer: JSONAnswer) throws(MalformedAnswer) {
            keyID = try answer.string("KeyId")
            arn = try answer.string("Arn")
            keyState = KeyState(rawValue: try answer.string("KeyState"))
            keyUsage = KeyUsage(rawValue: try answer.string("KeyUsage"))
            keySpec = KeySpec(rawValue: try answer.string("KeySpec"))
            origin = try answer.string("Origin")
            keyManager = try answer.string("KeyManager")
            description = try answer.stringIfPresent("Description") ?? ""
            creationDate = try answer.timeIfPresent("CreationDate")
            deletionDate = try answer.timeIfPresent("DeletionDate")
            isMultiRegion = try answer.boolIfPresent("MultiRegion") ?? false
        }
    }

    /// Whether a key can be used; AWS may add states.
    package struct KeyState: RawRepresentable, Hashable, Sendable {
        package let rawValue: String
        package init(rawValue: String) { self.rawValue = rawValue }

        package static let enabled = KeyState(rawValue: "Enabled")
        package static let disabled = KeyState(rawValue: "Disabled")
        package static let creating = KeyState(rawValue: "Creating")
        package static let pendingDeletion = KeyState(rawValue: "PendingDeletion")
        package static let pendingReplicaDeletion = KeyState(rawValue: "PendingReplicaDeletion")
    }

    /// What a key is for; AWS may add uses.
    package struct KeyUsage: RawRepresentable, Hashable, Sendable {
        package let rawValue: String
        package init(rawValue: String) { self.rawValue = rawValue }

        package static let encryptDecrypt = KeyUsage(rawValue: "ENCRYPT_DECRYPT")
        package static let generateVerifyMAC = KeyUsage(rawValue: "GENERATE_VERIFY_MAC")
    }

    /// The kind of a key's material; AWS may add kinds.
    package struct KeySpec: RawRepresentable, Hashable, Sendable {
        package let rawValue: String
        package init(rawValue: String) { self.rawValue = rawValue }

        package static let symmetricDefault = KeySpec(rawValue: "SYMMETRIC_DEFAULT")
        package static let hmac256 = KeySpec(rawValue: "HMAC_256")
    }
}
