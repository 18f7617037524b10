/// A copy of a secret in another region, as its primary knows it.
struct Replica: Hashable, Sendable, Codable {
    enum Status: Hashable, Sendable, Codable {
        /// What will become of it is decided at `end`, in seconds since 1970.
        case inProgress(end: Int)
        case inSync
        /// Nothing was made over there, for that reason.
        case failed(String)

        var name: String {
            switch self {
            case .inProgress: "InProgress"
            case .inSync: "InSync"
            case .failed: "Failed"
            }
        }
    }

    let region: String
    /// As the caller gave it, a key of that region; `nil` for the service's own key there.
    let keyID: String?
    /// Whether a secret of that name over there gives way.
    let overwrites: Bool
    var status: Status
    /// Midnight, in seconds since 1970: the copy's last read.
    var lastAccessed: Int?
}

/// What one region asks of another, carried out when the call that asked is over.
enum ReplicationOrder: Hashable, Sendable, Codable {
    /// The copy of the secret called `name` in `region` goes, at once.
    case remove(name: String, region: String)
    /// The copy here was made a secret of its own: the primary in `primary` forgets it.
    case forget(name: String, primary: String)
}
