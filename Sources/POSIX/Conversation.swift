/// What is said on one connection of a `LoopbackServer`.
///
/// A value: it does no I/O and reads no clock.
package protocol Conversation {
    /// Takes what arrived, and appends what is to be sent to `output`.
    mutating func receive(_ bytes: ArraySlice<UInt8>, sending output: inout [UInt8])

    /// How far it is after that.
    var progress: ConversationProgress { get }
}

/// How far a conversation is.
package enum ConversationProgress: Hashable, Sendable {
    /// Nothing is under way.
    case idle
    /// A part of the message of that number is there.
    case receiving(Int)
    /// Once the output is sent the connection ends.
    case over
}
