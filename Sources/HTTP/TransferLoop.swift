internal import CCurl
import Glibc

/// The life of the transfer thread: take, perform, answer, wait.
struct TransferLoop {
    private let mailbox: Mailbox
    private let trust: TrustStore
    private let multi: MultiHandle
    private var transfers: [Mailbox.Identifier: Transfer] = [:]
    /// Handles without a transfer, kept since making one costs more than using it again.
    private var idle: [EasyHandle] = []

    /// Handles kept for later; more than a busy apply has in flight.
    private static let maximumIdle = 32

    /// Starts the thread, which ends when the mailbox is closed.
    static func start(_ mailbox: Mailbox, trust: TrustStore) {
        if !Start(mailbox: mailbox, trust: trust).launch() { mailbox.close() }
    }

    private final class Start: Sendable {
        let mailbox: Mailbox
        let trust: TrustStore

        init(mailbox: Mailbox, trust: TrustStore) {
            self.mailbox = mailbox
            self.trust = trust
        }

        /// False when the system has no thread to give.
        func launch() -> Bool {
            var thread = pthread_t()
            let box = unsafe Unmanaged.passRetained(self)
            let code = unsafe pthread_create(
                &thread, nil,
                { context in
                    if let context = unsafe context {
                        let start = unsafe Unmanaged<Start>.fromOpaque(context).takeRetainedValue()
                        TransferLoop.run(start.mailbox, start.trust)
                    }
                    return unsafe UnsafeMutableRawPointer?.none
                }, unsafe box.toOpaque())
            guard code == 0 else {
                unsafe box.release()
                return false
            }
            pthread_detach(thread)
            return true
        }
    }

    private static func run(_ mailbox: Mailbox, _ trust: TrustStore) {
        // All writes to sockets happen here, OpenSSL's without MSG_NOSIGNAL: with SIGPIPE blocked
        // a closed connection is an error. The process's other signals are for other threads.
        var all = sigset_t()
        unsafe sigfillset(&all)
        unsafe pthread_sigmask(SIG_BLOCK, &all, nil)
        guard CurlLibrary.isReady, let multi = MultiHandle() else {
            mailbox.close()
            for order in mailbox.take().orders {
                order.answer(.failure(HTTPError(.notSent, "libcurl cannot be set up")))
            }
            return
        }
        var loop = TransferLoop(mailbox: mailbox, trust: trust, multi: multi)
        mailbox.attach(multi)
        loop.run()
        mailbox.attach(nil)
        loop.finish()
    }

    private init(mailbox: Mailbox, trust: TrustStore, multi: MultiHandle) {
        self.mailbox = mailbox
        self.trust = trust
        self.multi = multi
    }

    private mutating func run() {
        while true {
            let post = mailbox.take()
            for order in post.orders { begin(order) }
            for identifier in post.cancelled { end(identifier, with: .failure(.cancelled)) }
            if post.isClosed { return }
            guard multi.perform() else { return mailbox.close() }
            while let (easy, code) = unsafe multi.nextFinished() {
                let identifier = unsafe gaara_easy_identifier(easy)
                if let transfer = transfers[identifier] {
                    end(identifier, with: transfer.result(code))
                }
            }
            // libcurl cuts the wait to its own next timer. An order that came meanwhile has
            // called wakeUp, which ends the wait that follows.
            multi.wait(milliseconds: 60_000)
        }
    }

    private mutating func begin(_ order: Mailbox.Order) {
        guard let easy = idle.popLast() ?? EasyHandle() else {
            return order.answer(.failure(HTTPError(.notSent, "libcurl has no memory")))
        }
        guard let transfer = Transfer(order, on: easy, trust: trust) else {
            return order.answer(
                .failure(HTTPError(.invalidRequest, "libcurl refuses an option of the request")))
        }
        guard unsafe multi.add(easy.pointer) else {
            return transfer.finish(.failure(HTTPError(.notSent, "libcurl takes no more transfers")))
        }
        transfers[order.identifier] = transfer
    }

    private mutating func end(
        _ identifier: Mailbox.Identifier, with result: Result<HTTPResponse, HTTPError>
    ) {
        guard let transfer = transfers.removeValue(forKey: identifier) else { return }
        unsafe multi.remove(transfer.easy.pointer)
        transfer.finish(result)
        if idle.count < Self.maximumIdle { idle.append(transfer.easy) }
    }

    private mutating func finish() {
        for order in mailbox.take().orders { order.answer(.failure(.cancelled)) }
        for identifier in Array(transfers.keys) { end(identifier, with: .failure(.cancelled)) }
        idle = []
        multi.free()
    }
}
