/// How much of a YAML text is read before it is refused.
///
/// libyaml 0.2.5 has no limits of its own, and 100,000 opening brackets take it half a minute, so
/// every one of these is checked while the events arrive, never after.
package struct YAMLLimits: Hashable, Sendable {
    /// Bytes of text, the byte order mark included.
    package var bytes: Int
    /// Collections that may stand inside one another.
    package var depth: Int
    /// Events of libyaml: one a scalar, two a collection.
    package var events: Int
    /// Faults after which reading stops; a text with more is better repaired from the top.
    package var faults: Int

    package init(
        bytes: Int = 1 << 20, depth: Int = 32, events: Int = 100_000, faults: Int = 100
    ) {
        self.bytes = bytes
        self.depth = depth
        self.events = events
        self.faults = faults
    }
}
