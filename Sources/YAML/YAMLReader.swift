/// What a YAML text says, and everything that is wrong with it.
package struct YAMLReading: Sendable {
    /// The tree, or `nil` where the text is empty or could not be read to its end.
    ///
    /// It also stands beside faults, so that a schema can find more of them in the same run: of a
    /// duplicate key the first remains, an alias is an empty scalar, a tag or an anchor is dropped.
    package let root: Node?
    /// All faults in the order of their places; none means that `root` is what the text says.
    package let faults: [YAMLFault]

    package init(root: Node?, faults: [YAMLFault]) {
        self.root = root
        self.faults = faults
    }
}

/// Reads the strict part of YAML that a plan is written in: mappings with scalar keys, sequences
/// and scalars; no tag, anchor, alias, merge key, directive or second document.
///
/// What is left has one meaning in YAML 1.1 and 1.2 alike, and nothing in it expands.
package struct YAMLReader: Sendable {
    private let limits: YAMLLimits

    package init(limits: YAMLLimits = YAMLLimits()) {
        self.limits = limits
    }

    /// Reads UTF-8 text, with or without a byte order mark.
    package func read(_ bytes: [UInt8]) -> YAMLReading {
        guard bytes.count <= limits.bytes else {
            let fault = YAMLFault(
                code: "too-large",
                message: "the text has \(bytes.count) bytes, more than \(limits.bytes)",
                hint: "split it, or include one file from another", mark: Mark(line: 1, column: 1))
            return YAMLReading(root: nil, faults: [fault])
        }
        var survey = Survey(bytes, maximumFaults: limits.faults)
        guard !survey.isUnreadable else { return YAMLReading(root: nil, faults: survey.faults) }

        var builder = TreeBuilder(limits: limits, faults: survey.takeFaults())
        let problem = LibYAML.forEachEvent(in: survey.text) { builder.take($0) }
        if let problem {
            builder.stop(with: problem.fault(in: survey.text))
        }
        return builder.reading()
    }
}
