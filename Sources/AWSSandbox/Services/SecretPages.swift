internal import Digest

/// Where a list of secrets goes on: after the last secret that was seen, in the order of the query.
///
/// A token holds the query's digest too, so that one of another query is refused; what comes and
/// goes between two pages moves nothing else.
struct SecretPages {
    enum Order: String, CaseIterable {
        case created = "created-date"
        case accessed = "last-accessed-date"
        case changed = "last-changed-date"
        case name
    }

    let order: Order
    let isDescending: Bool
    private let query: String

    /// - Parameter query: all that decides which secrets are listed.
    init(order: Order, isDescending: Bool, query: String) {
        self.order = order
        self.isDescending = isDescending
        let text = "\(order.rawValue) \(isDescending) \(query)"
        self.query = String(Hex.encode(SHA256.hash(Array(text.utf8))).prefix(16))
    }

    /// What a secret is sorted by: a text of its own.
    func place(of secret: StoredSecret) -> String {
        let serial = padded(secret.serial)
        return switch order {
        case .created: "\(padded(secret.created)) \(serial)"
        case .accessed: "\(padded(secret.lastAccessed ?? 0)) \(serial)"
        case .changed: "\(padded(secret.changed)) \(serial)"
        case .name: secret.name
        }
    }

    /// One page, and the token of the next one; `nil` when this is the last.
    func page(
        of secrets: [StoredSecret], limit: Int, after token: String?
    ) throws(Refused) -> (page: [StoredSecret], next: String?) {
        let last = try token.map { token throws(Refused) in try read(token) }
        var rest = secrets.map { (place: place(of: $0), secret: $0) }
            .sorted { isDescending ? $0.place > $1.place : $0.place < $1.place }[...]
        if let last {
            rest = rest.drop { isDescending ? $0.place >= last : $0.place <= last }
        }
        let page = rest.prefix(limit)
        guard page.count < rest.count, let end = page.last else {
            return (page.map(\.secret), nil)
        }
        return (page.map(\.secret), Base64.encode(Array("\(query)|\(end.place)".utf8)))
    }

    private func read(_ token: String) throws(Refused) -> String {
        guard let bytes = Base64.decode(token), let text = String(validating: bytes, as: UTF8.self),
            text.hasPrefix("\(query)|")
        else { throw Refused(.invalidToken) }
        return String(text.dropFirst(query.count + 1))
    }

    private func padded(_ number: Int) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, 14 - digits.count)) + digits
    }
}
