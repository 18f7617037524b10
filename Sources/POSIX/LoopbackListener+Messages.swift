extension LoopbackListener {
    /// One header line.
    package struct Header: Hashable, Sendable {
        package let name: String
        package let value: String

        package init(_ name: String, _ value: String) {
            self.name = name
            self.value = value
        }
    }

    /// A request, complete.
    package struct Request: Sendable {
        package let method: String
        /// As it stood in the request line: path and query, still percent-encoded.
        package let target: String
        /// In the order in which they came.
        package let headers: [Header]
        package let body: [UInt8]
        /// The number of the connection it came on, from 1.
        package let connection: Int

        /// The value of the first header of that name, in any case.
        package func header(_ name: String) -> String? {
            let wanted = name.lowercased()
            return headers.first { $0.name.lowercased() == wanted }?.value
        }
    }

    /// What goes back.
    package enum Answer: Sendable {
        /// A proper answer; `Content-Length` is added unless it is among the headers.
        case response(status: Int, headers: [Header], body: [UInt8])
        /// Whatever is wanted, so that faults of the transport can be made.
        case raw([Step])

        package static func response(status: Int, _ text: String) -> Answer {
            .response(status: status, headers: [], body: Array(text.utf8))
        }
    }

    /// One thing done to a connection, which is kept for the next request after the last one.
    package enum Step: Sendable {
        case send([UInt8])
        case pause(milliseconds: Int)
        /// Ends the connection in order (FIN).
        case close
        /// Ends it with a reset (RST).
        case reset
        /// Does nothing more until the other side goes away.
        case stall

        package static func send(_ text: String) -> Step { .send(Array(text.utf8)) }
    }
}
