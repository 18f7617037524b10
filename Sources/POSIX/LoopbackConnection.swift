import Glibc
import Synchronization

/// One connection of a `LoopbackListener`, served by one thread until it ends.
struct LoopbackConnection {
    private let socket: Int32
    private let ordinal: Int
    private let limits: LoopbackListener.Limits
    /// What was received and not used yet.
    private var received: [UInt8] = []

    init(socket: Int32, ordinal: Int, limits: LoopbackListener.Limits) {
        self.socket = socket
        self.ordinal = ordinal
        self.limits = limits
        var limit = timeval(tv_sec: limits.idleSeconds, tv_usec: 0)
        let size = socklen_t(MemoryLayout<timeval>.size)
        unsafe setsockopt(socket, SOL_SOCKET, SO_RCVTIMEO, &limit, size)
        unsafe setsockopt(socket, SOL_SOCKET, SO_SNDTIMEO, &limit, size)
        // Answers are small and complete; Nagle's algorithm would only hold them back.
        var yes: Int32 = 1
        unsafe setsockopt(socket, Int32(IPPROTO_TCP), TCP_NODELAY, &yes, 4)
    }

    /// Serves requests until the end; true when the connection is then to be reset.
    mutating func serve(_ handler: @escaping LoopbackListener.Handler) -> Bool {
        while true {
            let request: LoopbackListener.Request
            let isLast: Bool
            switch readRequest() {
            case .ended: return false
            case .refused(let status):
                _ = send(
                    LoopbackHead.answer(status: status, headers: [], bodyCount: 0, isLast: true))
                return false
            case .request(let complete, let last): (request, isLast) = (complete, last)
            }
            switch Self.wait(for: request, handler) {
            case .response(let status, let headers, let body):
                let head = LoopbackHead.answer(
                    status: status, headers: headers, bodyCount: body.count, isLast: isLast)
                let isSent = send(head + (request.method == "HEAD" ? [] : body))
                if !isSent || isLast { return false }
            case .raw(let steps):
                for step in steps {
                    switch step {
                    case .send(let bytes): if !send(bytes) { return false }
                    case .pause(let milliseconds): _ = poll(nil, 0, Int32(clamping: milliseconds))
                    case .close: return false
                    case .reset: return true
                    case .stall:
                        while receive() {}
                        return false
                    }
                }
                if isLast { return false }
            }
        }
    }

    private enum Reading {
        case request(LoopbackListener.Request, isLast: Bool)
        case refused(status: Int)
        case ended
    }

    private mutating func readRequest() -> Reading {
        var end = Self.endOfHead(received)
        while end == nil {
            guard received.count <= limits.head else { return .refused(status: 431) }
            guard receive() else { return .ended }
            end = Self.endOfHead(received)
        }
        guard let end, end <= limits.head else { return .refused(status: 431) }
        guard let head = LoopbackHead(received[..<end]) else { return .refused(status: 400) }
        received.removeFirst(end)
        guard head.header("transfer-encoding") == nil else { return .refused(status: 411) }
        let lengths = head.headers.filter { $0.name.lowercased() == "content-length" }
        var length = 0
        if let text = lengths.first?.value {
            guard lengths.count == 1, text.utf8.allSatisfy({ (0x30...0x39).contains($0) }),
                let number = Int(text)
            else { return .refused(status: 400) }
            length = number
        }
        guard length <= limits.body else { return .refused(status: 413) }
        if head.header("expect")?.lowercased() == "100-continue", received.count < length {
            guard send(Array("HTTP/1.1 100 Continue\r\n\r\n".utf8)) else { return .ended }
        }
        while received.count < length {
            guard receive() else { return .ended }
        }
        let request = LoopbackListener.Request(
            method: head.method, target: head.target, headers: head.headers,
            body: Array(received[..<length]), connection: ordinal)
        received.removeFirst(length)
        return .request(request, isLast: !head.keepsConnection)
    }

    /// The position after the empty line that ends a head.
    private static func endOfHead(_ bytes: [UInt8]) -> Int? {
        guard bytes.count >= 4 else { return nil }
        for index in 3..<bytes.count
        where bytes[index] == 0x0A && bytes[index - 1] == 0x0D && bytes[index - 2] == 0x0A
            && bytes[index - 3] == 0x0D
        {
            return index + 1
        }
        return nil
    }

    /// Waits for more; false when there is no more.
    private mutating func receive() -> Bool {
        var chunk = [UInt8](repeating: 0, count: 64 << 10)
        while true {
            let count = unsafe chunk.withUnsafeMutableBytes { memory in
                unsafe recv(socket, memory.baseAddress, memory.count, 0)
            }
            if count < 0 && errno == EINTR { continue }
            guard count > 0 else { return false }
            received.append(contentsOf: chunk[..<count])
            return true
        }
    }

    private func send(_ bytes: [UInt8]) -> Bool {
        var done = 0
        while done < bytes.count {
            let count = unsafe bytes.withUnsafeBytes { memory in
                unsafe Glibc.send(
                    socket, memory.baseAddress?.advanced(by: done), memory.count - done,
                    Int32(MSG_NOSIGNAL))
            }
            if count < 0 && errno == EINTR { continue }
            guard count > 0 else { return false }
            done += count
        }
        return true
    }

    /// Runs the handler as a task and blocks this connection's own thread until it is done.
    private static func wait(
        for request: LoopbackListener.Request, _ handler: @escaping LoopbackListener.Handler
    ) -> LoopbackListener.Answer {
        let handover = Handover()
        Task { handover.give(await handler(request)) }
        return handover.take()
    }
}

/// One answer on its way from a task to the thread that waits for it.
@safe private final class Handover: Sendable {
    // Only sem_post and sem_wait touch the semaphore, which any thread may call (sem_overview(7)).
    nonisolated(unsafe) private let semaphore: UnsafeMutablePointer<sem_t>
    private let answer = Mutex<LoopbackListener.Answer?>(nil)

    init() {
        unsafe semaphore = .allocate(capacity: 1)
        unsafe sem_init(semaphore, 0, 0)
    }

    deinit {
        unsafe sem_destroy(semaphore)
        unsafe semaphore.deallocate()
    }

    func give(_ given: LoopbackListener.Answer) {
        answer.withLock { $0 = given }
        unsafe sem_post(semaphore)
    }

    func take() -> LoopbackListener.Answer {
        while unsafe sem_wait(semaphore) != 0 && errno == EINTR {}
        return answer.withLock { $0 } ?? .raw([.reset])
    }
}
