/// Tags in the order in which their keys were first set; keys are case-sensitive.
struct Tags: Hashable, Sendable, Codable {
    struct Tag: Hashable, Sendable, Codable {
        let key: String
        let value: String
    }

    private(set) var all: [Tag] = []

    init(_ tags: [Tag] = []) { set(tags) }

    /// Replaces the values of keys that are there and appends the others.
    mutating func set(_ tags: [Tag]) {
        for tag in tags {
            if let position = all.firstIndex(where: { $0.key == tag.key }) {
                all[position] = tag
            } else {
                all.append(tag)
            }
        }
    }

    mutating func remove(keys: [String]) { all.removeAll { keys.contains($0.key) } }

    var dictionary: [String: String] {
        Dictionary(all.map { ($0.key, $0.value) }, uniquingKeysWith: { $1 })
    }
}
