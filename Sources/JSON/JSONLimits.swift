/// How much of a JSON text is read before it is refused.
package struct JSONLimits: Hashable, Sendable {
    /// Arrays and objects inside one another, the outermost counted: 1 to 512.
    package let depth: Int
    /// Bytes of the whole text.
    package let bytes: Int

    /// `depth` is brought into 1 to 512: the reader and the release of a value nest as deep as the
    /// text does, and a thread's stack must hold that.
    package init(depth: Int = 64, bytes: Int = 16 << 20) {
        self.depth = min(max(depth, 1), 512)
        self.bytes = max(bytes, 0)
    }

    package static let standard = JSONLimits()
}
