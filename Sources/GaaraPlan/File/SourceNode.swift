internal import YAML

/// A YAML node that knows its file, so that a tree merged from two files still has the place of
/// every piece.
struct SourceNode: Sendable {
    enum Content: Sendable {
        case scalar(String, isQuoted: Bool)
        case sequence([SourceNode])
        case mapping([Entry])
    }

    struct Entry: Sendable {
        let key: String
        let keyPlace: Place
        let value: SourceNode
    }

    let content: Content
    let place: Place

    init(_ content: Content, at place: Place) {
        self.content = content
        self.place = place
    }

    init(_ node: Node, file: String) {
        func at(_ mark: Mark) -> Place {
            Place(file: file, line: mark.line, column: mark.column)
        }
        place = at(node.mark)
        switch node.content {
        case .scalar(let text, let isQuoted): content = .scalar(text, isQuoted: isQuoted)
        case .sequence(let nodes): content = .sequence(nodes.map { SourceNode($0, file: file) })
        case .mapping(let entries):
            content = .mapping(
                entries.map {
                    Entry(
                        key: $0.key, keyPlace: at($0.keyMark),
                        value: SourceNode($0.value, file: file))
                })
        }
    }

    /// The entries of a mapping; none for anything else.
    var entries: [Entry] {
        guard case .mapping(let entries) = content else { return [] }
        return entries
    }

    var scalar: String? {
        guard case .scalar(let text, _) = content else { return nil }
        return text
    }

    subscript(key: String) -> SourceNode? { entries.first { $0.key == key }?.value }

    /// This node on top of `other`: mappings merge by key and this one wins, all else replaces.
    ///
    /// Of a union, such as a value, mappings of two kinds do not merge: half of one source and half
    /// of another would be neither.
    func merged(over other: SourceNode, as shape: Shape?) -> SourceNode {
        guard case .mapping(let own) = content, case .mapping(let others) = other.content else {
            return self
        }
        if case .union(let form) = shape?.collection,
            let kind = form.variant(of: own.map(\.key), word: { self[$0]?.scalar }),
            let otherKind = form.variant(of: others.map(\.key), word: { other[$0]?.scalar }),
            kind.title != otherKind.title
        {
            return self
        }
        let values = Dictionary(others.map { ($0.key, $0.value) }) { first, _ in first }
        let keys = Set(own.map(\.key))
        let mine = own.map { entry in
            guard let below = values[entry.key] else { return entry }
            let inner = shape?.member(entry.key)
            return Entry(
                key: entry.key, keyPlace: entry.keyPlace,
                value: entry.value.merged(over: below, as: inner))
        }
        return SourceNode(.mapping(mine + others.filter { !keys.contains($0.key) }), at: place)
    }
}

extension Shape {
    /// What a collection at this place has to be.
    var collection: Shape {
        guard case .either(_, let collection) = self else { return self }
        return collection
    }

    /// What stands under a key of this mapping; `nil` where the key does not tell.
    func member(_ key: String) -> Shape? {
        switch collection {
        case .object(let form): form.field(key)?.shape
        case .map(_, let value): value
        case .union(let form):
            form.variants.lazy.compactMap { $0.object.field(key)?.shape }.first
        case .bool, .integer, .number, .percent, .duration, .words, .text, .list, .either: nil
        }
    }
}
