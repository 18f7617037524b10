/// Chance that repeats: SplitMix64 (Steele, Lea, Flood: "Fast splittable pseudorandom number
/// generators", 2014).
struct Draw: RandomNumberGenerator, Sendable {
    private var state: UInt64

    init(seed: UInt64) {
        // Far from the step of `next`, of which multiples would give each other's numbers.
        state = seed &* 0xd134_2543_de82_ef95 ^ 0x0123_4567_89ab_cdef
        state = next()
    }

    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
        return mixed ^ (mixed >> 31)
    }

    /// One of `choices`, which are not none.
    mutating func one<Choice>(of choices: [Choice]) -> Choice {
        choices[Int(next() % UInt64(choices.count))]
    }

    /// Whether one of `count` equal chances came.
    mutating func once(in count: UInt64) -> Bool { next() % count == 0 }
}
