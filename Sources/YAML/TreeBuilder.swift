/// Makes a tree of events, and keeps the rules that libyaml does not have: it accepts duplicate
/// keys, undefined aliases, any tag and any number of documents.
///
/// A value: it reads nothing by itself.
struct TreeBuilder {
    private let limits: YAMLLimits
    private var faults: [YAMLFault]
    private var open: [Frame] = []
    private var root: Node?
    private var documents = 0
    private var events = 0
    private var isComplete = true

    /// A collection that has begun and not ended.
    private struct Frame {
        let mark: Mark
        let isMapping: Bool
        var items: [Node] = []
        var entries: [Node.Entry] = []
        /// Where each key of the mapping stood first.
        var seen: [String: Mark] = [:]
        var key: Key = .none
    }

    private enum Key {
        case none
        case named(String, Mark)
        /// The key is a collection, refused, that has not ended yet.
        case collection
        /// A key that was refused: its value is read and dropped.
        case refused
    }

    init(limits: YAMLLimits, faults: [YAMLFault]) {
        self.limits = limits
        self.faults = faults
    }

    /// Takes one event; `false` when no further one is wanted.
    mutating func take(_ event: YAMLEvent) -> Bool {
        events += 1
        guard events <= limits.events else {
            stop(
                with: YAMLFault(
                    code: "too-large", message: "the text has more than \(limits.events) parts",
                    hint: "split it, or include one file from another", mark: event.mark))
            return false
        }
        refuseProperties(of: event)
        switch event.kind {
        case .documentStart: begin(at: event.mark)
        case .scalar(let scalar): add(scalar, at: event.mark)
        case .alias: addAlias(at: event.mark)
        case .sequenceStart: open(at: event.mark, isMapping: false)
        case .mappingStart: open(at: event.mark, isMapping: true)
        case .collectionEnd: close()
        case .documentEnd, .stream: break
        }
        return isComplete && faults.count < limits.faults
    }

    /// Ends the reading with a fault that leaves the tree incomplete.
    mutating func stop(with fault: YAMLFault) {
        isComplete = false
        faults.append(fault)
    }

    /// What was read, once no more events come.
    func reading() -> YAMLReading {
        var faults = faults
        if faults.isEmpty, isComplete, root == nil {
            faults = [
                YAMLFault(
                    code: "empty", message: "the text is empty", mark: Mark(line: 1, column: 1))
            ]
        }
        let sorted = faults.sorted { $0.mark < $1.mark }
        return YAMLReading(
            root: isComplete && open.isEmpty ? root : nil,
            faults: Array(sorted.prefix(limits.faults)))
    }

    private mutating func report(_ code: String, _ message: String, hint: String, at mark: Mark) {
        faults.append(YAMLFault(code: code, message: message, hint: hint, mark: mark))
    }

    // None is quoted: `value: !hunter2` is a password without quotes.
    private mutating func refuseProperties(of event: YAMLEvent) {
        if case .alias = event.kind {
            report(
                "alias", "an alias, which begins with *, is not allowed",
                hint: "write the value out", at: event.mark)
        } else if event.anchor != nil {
            report(
                "anchor", "an anchor, which begins with &, is not allowed",
                hint: "remove it, and write the value out where it is used", at: event.mark)
        }
        if event.tag != nil {
            report(
                "tag", "a tag, which begins with !, is not allowed",
                hint: "remove it; the key decides what its value means", at: event.mark)
        }
    }

    private mutating func begin(at mark: Mark) {
        documents += 1
        guard documents > 1 else { return }
        isComplete = false
        report(
            "several-documents", "a second document begins here", hint: "keep one document a file",
            at: mark)
    }

    private mutating func open(at mark: Mark, isMapping: Bool) {
        guard open.count < limits.depth else {
            isComplete = false
            report(
                "too-deep", "more than \(limits.depth) levels inside one another",
                hint: "check for brackets that are not closed", at: mark)
            return
        }
        if expectsKey {
            report(
                "key-kind", "a key is a list or a mapping", hint: "write a plain word as the key",
                at: mark)
            setKey(.collection)
        }
        open.append(Frame(mark: mark, isMapping: isMapping))
    }

    private mutating func close() {
        guard let frame = open.popLast() else { return }
        let content: Node.Content =
            frame.isMapping ? .mapping(frame.entries) : .sequence(frame.items)
        place(Node(content, at: frame.mark))
    }

    private mutating func add(_ scalar: YAMLEvent.Scalar, at mark: Mark) {
        if scalar.text.contains(0) {
            report(
                "nul", "the text holds a NUL character", hint: "remove the escape \\0", at: mark)
        }
        // libyaml has checked the encoding; what is not UTF-8 does not come this far.
        let text = String(decoding: scalar.text, as: UTF8.self)
        guard expectsKey else {
            // A text of comments or of `---` alone has an empty plain scalar as its only node.
            guard !open.isEmpty || scalar.isQuoted || !text.isEmpty else { return }
            place(Node(.scalar(text, isQuoted: scalar.isQuoted), at: mark))
            return
        }
        setKey(key(text, isQuoted: scalar.isQuoted, at: mark))
    }

    private mutating func addAlias(at mark: Mark) {
        if expectsKey {
            setKey(.refused)
        } else {
            place(Node(.scalar("", isQuoted: false), at: mark))
        }
    }

    private var expectsKey: Bool {
        guard let frame = open.last, frame.isMapping, case .none = frame.key else { return false }
        return true
    }

    private mutating func setKey(_ key: Key) {
        open[open.count - 1].key = key
    }

    private mutating func key(_ text: String, isQuoted: Bool, at mark: Mark) -> Key {
        guard isQuoted || text != "<<" else {
            report(
                "merge-key", "the merge key << is not allowed", hint: "write the values out",
                at: mark)
            return .refused
        }
        if let first = open[open.count - 1].seen[text] {
            report(
                "duplicate-key", "the key \(text) stands here a second time",
                hint: "it stands first at line \(first.line), column \(first.column); keep one",
                at: mark)
            return .refused
        }
        open[open.count - 1].seen[text] = mark
        return .named(text, mark)
    }

    /// Puts a finished node where it belongs.
    private mutating func place(_ node: Node) {
        guard !open.isEmpty else {
            root = root ?? node
            return
        }
        let top = open.count - 1
        guard open[top].isMapping else {
            open[top].items.append(node)
            return
        }
        switch open[top].key {
        case .named(let key, let mark):
            open[top].entries.append(Node.Entry(key: key, keyMark: mark, value: node))
            open[top].key = .none
        case .collection:
            open[top].key = .refused
        case .refused, .none:
            open[top].key = .none
        }
    }
}
