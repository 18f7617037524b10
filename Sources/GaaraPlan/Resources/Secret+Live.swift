extension Secret {
    /// What Secrets Manager reports of a secret, without its value.
    package struct Live: Hashable, Sendable {
        package var name: String
        package var arn: String
        package var description: String
        /// As Secrets Manager has it: a key id, a key ARN or an alias ARN; `nil` for AWS's own key.
        package var kmsKeyID: String?
        package var tags: [String: String]
        /// Version ids and the stages each one holds.
        package var stages: [String: Set<String>]
        /// Seconds since 1970 at which it was scheduled for deletion; `nil` when it is not.
        package var deletionDate: Int64?
        /// Seconds since 1970, rounded to the day by Secrets Manager; `nil` when never read.
        package var lastAccessed: Int64?
        package var rotation: Rotation.Live?
        package var replicas: [Replica.Live]
        /// Read only where the plan says something of it.
        package var policy: ResourcePolicy
        /// The service that manages the secret, such as `rds`.
        package var owningService: String?
        /// Where the primary stands, when this is a replica.
        package var primaryRegion: String?

        package init(
            name: String, arn: String, description: String = "", kmsKeyID: String? = nil,
            tags: [String: String] = [:], stages: [String: Set<String>] = [:],
            deletionDate: Int64? = nil, lastAccessed: Int64? = nil, rotation: Rotation.Live? = nil,
            replicas: [Replica.Live] = [], policy: ResourcePolicy = .unread,
            owningService: String? = nil, primaryRegion: String? = nil
        ) {
            self.name = name
            self.arn = arn
            self.description = description
            self.kmsKeyID = kmsKeyID
            self.tags = tags
            self.stages = stages
            self.deletionDate = deletionDate
            self.lastAccessed = lastAccessed
            self.rotation = rotation
            self.replicas = replicas
            self.policy = policy
            self.owningService = owningService
            self.primaryRegion = primaryRegion
        }

        /// What a secret's own policy says.
        package enum ResourcePolicy: Hashable, Sendable {
            /// Nobody asked, or nobody may ask while the secret is scheduled for deletion.
            case unread
            case none
            /// JSON text.
            case text(String)
        }

        /// The version that holds AWSCURRENT.
        ///
        /// One version has a stage at a time (Secrets Manager User Guide, "Version"). Should a list
        /// name two, the first by id: hex digits come before `gaara`, so it is never one of ours
        /// while somebody else wrote the other, and every run says the same.
        package var current: String? {
            stages.filter { $0.value.contains("AWSCURRENT") }.keys.min()
        }

        /// A version that is pending beside the current one: a rotation is under way.
        package var pending: String? {
            stages.first {
                $0.value.contains("AWSPENDING") && !$0.value.contains("AWSCURRENT")
            }?.key
        }

        func isOurs(in setting: Setting) -> Bool {
            Ownership(tags: tags, identity: setting.identity) == .ours
        }

        package var isProtected: Bool { tags[TagDifference.protection] == "true" }

        /// Whether somebody read it in the seven days before `now` (design 5.6).
        package func wasReadLately(asOf now: Int64) -> Bool {
            // Only our own clock is reckoned with: what AWS says may be any number.
            lastAccessed.map { $0 > now - (7 * 86_400 + 86_400) } ?? false
        }
    }
}
