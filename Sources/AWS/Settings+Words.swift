extension Settings {
    /// How often, and after what delay, a failed call is sent again.
    package enum RetryMode: String, Hashable, Sendable, CaseIterable {
        case standard
        /// `standard` with a rate that follows the throttling; ours is paced by the quotas instead.
        case adaptive
        /// What `standard` replaced.
        case legacy
    }

    /// Which address STS has in the regions that are older than its regional ones.
    package enum STSEndpoints: String, Hashable, Sendable, CaseIterable {
        case regional
        case legacy
    }
}
