/// What a version of a secret holds: text or bytes, never both.
package enum SandboxValue: Hashable, Sendable, Codable {
    case text(String)
    case binary([UInt8])

    package var bytes: [UInt8] {
        switch self {
        case .text(let text): Array(text.utf8)
        case .binary(let bytes): bytes
        }
    }
}

/// A secret as the service keeps it, deleted ones in their window included.
struct StoredSecret: Sendable, Codable {
    struct Version: Sendable, Codable {
        let id: String
        /// `nil` while a rotation has not filled it: the version is there, and nothing to read.
        var value: SandboxValue?
        /// Seconds since 1970.
        let created: Int
        /// The KMS key's ARN, or `nil` for the service's own key.
        var keyARN: String?
        /// Sorted.
        ///
        /// Without any the version is deprecated, and hidden.
        var stages: [String]
        /// Midnight, in seconds since 1970: AWS keeps the day only (botocore DescribeSecret).
        var lastAccessed: Int?
    }

    struct Deletion: Hashable, Sendable, Codable {
        /// The end of the recovery window, in seconds since 1970.
        let date: Int
    }

    struct Rotation: Hashable, Sendable, Codable {
        var isEnabled: Bool
        /// Empty where the secret's owner rotates it.
        var function: String
        var rules: RotationRules?
        var lastRotated: Int?
        /// The end of the next window: what AWS tells.
        var next: Int?
        /// The opening of the next window: when the sandbox rotates.
        var due: Int?
        /// `nil` unless a function was called and has not answered yet.
        var run: RotationRun?
    }

    let name: String
    let arn: String
    /// Orders the secrets of a region by age.
    let serial: Int
    let created: Int
    var changed: Int
    var lastAccessed: Int?
    var description: String?
    /// The service that made the secret and rotates it, such as `rds`.
    var owner: String?
    /// As the caller gave it; `nil` for the service's own key.
    var keyID: String?
    /// `nil` until the first tag; AWS then answers an empty list (LS test_secret_tags).
    var tags: Tags?
    var versions: [Version] = []
    var deletion: Deletion?
    var rotation: Rotation?
    /// The resource policy, as it was sent.
    var policy: String?
    /// The copies of a primary, in the order in which they were asked for.
    var replicas: [Replica] = []
    /// Where the primary of a copy is; `nil` for what is no copy.
    var primaryRegion: String?

    func position(of versionID: String) -> Int? { versions.firstIndex { $0.id == versionID } }

    func position(holding stage: String) -> Int? {
        versions.firstIndex { $0.stages.contains(stage) }
    }

    /// Attaches `stage` to that version and takes it from any other.
    ///
    /// Moving AWSCURRENT leaves AWSPREVIOUS on the version that had it (botocore
    /// UpdateSecretVersionStage).
    mutating func attach(_ stage: String, to position: Int) {
        let holder = self.position(holding: stage)
        guard holder != position else { return }
        if let holder { versions[holder].stages.removeAll { $0 == stage } }
        versions[position].stages = (versions[position].stages + [stage]).sorted()
        if stage == Stage.current, let holder { attach(Stage.previous, to: holder) }
    }

    mutating func detach(_ stage: String, from position: Int) {
        versions[position].stages.removeAll { $0 == stage }
    }

    /// More than 100 versions are kept only while they are labelled or younger than a day
    /// (botocore PutSecretValue).
    mutating func dropDeprecatedVersions(now: Int) {
        while versions.count > 100,
            let oldest = versions.firstIndex(where: {
                $0.stages.isEmpty && $0.created <= now - .day
            })
        {
            versions.remove(at: oldest)
        }
    }
}

/// The staging labels that Secrets Manager itself moves.
enum Stage {
    static let current = "AWSCURRENT"
    static let previous = "AWSPREVIOUS"
    static let pending = "AWSPENDING"
}

extension Int {
    /// A day in seconds.
    static let day = 86_400
}

/// When a secret rotates: every so many days, or by an expression.
struct RotationRules: Hashable, Sendable, Codable {
    var days: Int?
    var duration: String?
    var schedule: String?
}
