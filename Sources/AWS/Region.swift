/// What a region's name may look like.
package enum Region {
    /// Whether `name` may enter a host name: `^[a-z0-9-]{1,63}$`, not beginning or ending with `-`.
    package static func isValid(_ name: String) -> Bool {
        (1...63).contains(name.utf8.count) && !name.hasPrefix("-") && !name.hasSuffix("-")
            && name.utf8.allSatisfy {
                switch $0 {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"),
                    UInt8(ascii: "-"):
                    true
                default: false
                }
            }
    }

    /// Whether it is one of the old names that ask for a FIPS address instead of naming a region:
    /// `fips-us-east-1`, `us-gov-west-1-fips`.
    static func isPseudoFIPS(_ name: String) -> Bool {
        name.hasPrefix("fips-") || name.hasSuffix("-fips")
    }
}
