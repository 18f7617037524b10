/// What a plan file declares for one environment, checked and with every default filled in.
///
/// The first of the four nouns: a `Plan` says what should be, a `Snapshot` what is, a `Changeset`
/// the steps between them, a `Receipt` what was done.
package struct Plan: Sendable {
    package var identity: Identity
    /// The plan's own tags, without the ones that mark ownership.
    package var tags: [String: String]
    package var operators: Operators
    /// The data key, then the HMAC key of the value tokens where they are on.
    package var keys: [Key]
    /// In the order of their names.
    package var secrets: [Secret]
    /// In the order of their names.
    package var access: [Access]
    package var alarms: Alarms?
    /// SHA-256, in hex, over the content with includes and variables, whatever its layout, comments
    /// and order of keys.
    package var digest: String
    /// The path of the file, as it was given.
    package var file: String
    /// Where each key stands, by its dotted path: `secrets.database-url.rotation`.
    package var places: [String: Place]

    package init(
        identity: Identity, tags: [String: String] = [:], operators: Operators = Operators(),
        keys: [Key], secrets: [Secret], access: [Access], alarms: Alarms? = nil, digest: String,
        file: String, places: [String: Place] = [:]
    ) {
        self.identity = identity
        self.tags = tags
        self.operators = operators
        self.keys = keys
        self.secrets = secrets
        self.access = access
        self.alarms = alarms
        self.digest = digest
        self.file = file
        self.places = places
    }
}
