internal import CYAML

/// The event interface of libyaml, and nothing else of it: its document interface is quadratic in
/// the number of anchors, and would keep only the last place of a key.
enum LibYAML {
    /// Calls `body` with each event of `text` until it answers `false` or the text ends.
    ///
    /// - Returns: what libyaml could not read, or `nil`.
    static func forEachEvent(in text: [UInt8], _ body: (YAMLEvent) -> Bool) -> YAMLProblem? {
        // The parser holds pointers into itself, so it needs an address that stays.
        let parser = UnsafeMutablePointer<yaml_parser_t>.allocate(capacity: 1)
        defer { unsafe parser.deallocate() }
        guard unsafe yaml_parser_initialize(parser) == 1 else { return .outOfMemory }
        defer { unsafe yaml_parser_delete(parser) }
        // Otherwise UTF-16 would be accepted after its byte order mark.
        unsafe yaml_parser_set_encoding(parser, YAML_UTF8_ENCODING)

        return unsafe text.withUnsafeBufferPointer { buffer in
            // libyaml reads from the buffer until the last event, and no longer.
            unsafe yaml_parser_set_input_string(parser, buffer.baseAddress, buffer.count)
            return unsafe run(parser, end: Mark(offset: text.count, in: text), body)
        }
    }

    private static func run(
        _ parser: UnsafeMutablePointer<yaml_parser_t>, end: Mark, _ body: (YAMLEvent) -> Bool
    ) -> YAMLProblem? {
        var goesOn = true
        while goesOn {
            var raw = unsafe yaml_event_t()
            guard unsafe yaml_parser_parse(parser, &raw) == 1 else {
                return unsafe YAMLProblem(of: parser, end: end)
            }
            defer { unsafe yaml_event_delete(&raw) }
            guard unsafe raw.type != YAML_STREAM_END_EVENT else { return nil }
            goesOn = body(unsafe YAMLEvent(copying: raw, end: end))
        }
        return nil
    }

    /// A C string of libyaml, which is UTF-8 by the time it is one.
    static func string(_ pointer: UnsafePointer<yaml_char_t>?) -> String? {
        guard let pointer = unsafe pointer else { return nil }
        return unsafe String(decodingCString: pointer, as: UTF8.self)
    }
}

extension Mark {
    /// libyaml's place, or `end`, the end of the text, where that is beyond it: a last line without
    /// a line feed gets one from libyaml (`yaml_parser_fetch_stream_end`), and so the next line.
    fileprivate init(_ mark: yaml_mark_t, end: Mark) {
        self = min(Mark(line: mark.line + 1, column: mark.column + 1), end)
    }
}

extension YAMLEvent {
    fileprivate init(copying raw: yaml_event_t, end: Mark) {
        let mark = unsafe Mark(raw.start_mark, end: end)
        switch unsafe raw.type {
        case YAML_DOCUMENT_START_EVENT:
            unsafe self.init(.documentStart, at: mark)
        case YAML_DOCUMENT_END_EVENT:
            unsafe self.init(.documentEnd, at: mark)
        case YAML_ALIAS_EVENT:
            unsafe self.init(.alias, at: mark, anchor: unsafe raw.data.alias.anchor)
        case YAML_SCALAR_EVENT:
            let data = unsafe raw.data.scalar
            let text = unsafe UnsafeBufferPointer(start: data.value, count: data.length)
            let scalar = unsafe Scalar(
                text: Array(text), isQuoted: data.style != YAML_PLAIN_SCALAR_STYLE)
            unsafe self.init(.scalar(scalar), at: mark, anchor: data.anchor, tag: data.tag)
        case YAML_SEQUENCE_START_EVENT:
            let data = unsafe raw.data.sequence_start
            unsafe self.init(.sequenceStart, at: mark, anchor: data.anchor, tag: data.tag)
        case YAML_MAPPING_START_EVENT:
            let data = unsafe raw.data.mapping_start
            unsafe self.init(.mappingStart, at: mark, anchor: data.anchor, tag: data.tag)
        case YAML_SEQUENCE_END_EVENT, YAML_MAPPING_END_EVENT:
            unsafe self.init(.collectionEnd, at: mark)
        default:
            unsafe self.init(.stream, at: mark)
        }
    }

    private init(
        _ kind: Kind, at mark: Mark, anchor: UnsafePointer<yaml_char_t>? = nil,
        tag: UnsafePointer<yaml_char_t>? = nil
    ) {
        self.kind = kind
        self.mark = mark
        self.anchor = unsafe LibYAML.string(anchor)
        self.tag = unsafe LibYAML.string(tag)
    }
}

extension YAMLProblem {
    fileprivate init(of parser: UnsafeMutablePointer<yaml_parser_t>, end: Mark) {
        let error = unsafe parser.pointee.error
        guard error != YAML_MEMORY_ERROR else {
            self = .outOfMemory
            return
        }
        // libyaml's texts are C literals; they need no freeing.
        let problem = unsafe parser.pointee.problem.map { unsafe String(cString: $0) } ?? ""
        guard error != YAML_READER_ERROR else {
            self = .unreadable(problem, offset: unsafe parser.pointee.problem_offset)
            return
        }
        let context = unsafe parser.pointee.context.map { unsafe String(cString: $0) }
        self = .misplaced(
            problem, at: unsafe Mark(parser.pointee.problem_mark, end: end),
            context: context, from: unsafe Mark(parser.pointee.context_mark, end: end))
    }
}
