/// A reader that must take any bytes, and what has to hold of whatever it makes of them.
protocol FuzzTarget: SendableMetatype {
    static var name: String { get }

    /// Reads the input, and ends the process when something does not hold.
    static func check(_ input: [UInt8])
}

extension FuzzTarget {
    /// Ends the process with `sentence`, which says what should have been, unless `holds`.
    static func require(_ holds: Bool, _ sentence: @autoclosure () -> String) {
        guard holds else { fatalError("\(name): does not hold: \(sentence())") }
    }
}
