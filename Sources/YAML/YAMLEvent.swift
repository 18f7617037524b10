/// One event of libyaml, copied out of its memory.
struct YAMLEvent {
    enum Kind {
        case documentStart
        case documentEnd
        case scalar(Scalar)
        case sequenceStart
        case mappingStart
        case collectionEnd
        case alias
        /// Stream start and end, which say nothing.
        case stream
    }

    struct Scalar {
        let text: [UInt8]
        /// Whether it stood in quotes or as a block; only a plain scalar is not.
        let isQuoted: Bool
    }

    let kind: Kind
    /// Where it begins: for a node with anchor or tag, where those begin.
    let mark: Mark
    /// The anchor or alias name.
    let anchor: String?
    let tag: String?
}
