import Glibc
import POSIX
import Synchronization
import Testing

@testable import HTTP

@Suite struct CurlTransportTests {
    @Test("one connection serves one request after the other")
    func reuse() async throws {
        let listener = try LoopbackListener { request in
            .response(status: 200, "\(request.connection)")
        }
        let transport = CurlTransport()
        for _ in 1...5 {
            let response = try await transport.send(.to(listener))
            #expect(response.body == Array("1".utf8))
        }
        #expect(listener.connectionCount == 1)
    }

    @Test("a fresh connection is new, and nobody uses it afterwards")
    func freshConnection() async throws {
        let listener = try LoopbackListener { request in
            .response(status: 200, "\(request.connection)")
        }
        let transport = CurlTransport()
        var connections: [String] = []
        for isFresh in [false, true, false, true] {
            let response = try await transport.send(.to(listener, freshConnection: isFresh))
            connections.append(String(decoding: response.body, as: UTF8.self))
        }
        #expect(connections == ["1", "2", "1", "3"])
    }

    @Test("a kept connection that dies makes libcurl send again, a fresh one never")
    func replay() async throws {
        let seen = Tally()
        let listener = try LoopbackListener { request in
            seen.add(request.target)
            let isFirstTime = seen.count(of: request.target) == 1
            return request.target != "/warm" && isFirstTime
                ? .raw([.close]) : .response(status: 200, "{}")
        }
        let transport = CurlTransport()
        _ = try await transport.send(.to(listener, target: "/warm"))
        let response = try await transport.send(.to(listener, target: "/kept"))
        #expect(response.status == 200)
        #expect(seen.count(of: "/kept") == 2)
        let code = await transport.failure(
            .to(listener, target: "/fresh", freshConnection: true))
        #expect(code == .ambiguous)
        #expect(seen.count(of: "/fresh") == 1)
    }

    @Test("100 requests at the same time each get their own answer")
    func concurrency() async throws {
        let listener = try LoopbackListener { request in
            .response(status: 200, headers: [], body: request.body)
        }
        let transport = CurlTransport()
        let answers = try await withThrowingTaskGroup(of: (Int, [UInt8]).self) { group in
            for number in 0..<100 {
                group.addTask {
                    (number, try await transport.send(.to(listener, body: "\(number)")).body)
                }
            }
            return try await group.reduce(into: [:]) { $0[$1.0] = $1.1 }
        }
        for number in 0..<100 { #expect(answers[number] == Array("\(number)".utf8)) }
    }

    @Test("cancelling the task ends its request, and no other")
    func cancellation() async throws {
        let (arrivals, arrived) = AsyncStream.makeStream(of: Void.self)
        let listener = try LoopbackListener { request in
            guard request.target == "/stall" else { return .response(status: 200, "{}") }
            arrived.yield()
            return .raw([.stall])
        }
        let transport = CurlTransport()
        let task = Task { await transport.failure(.to(listener, target: "/stall")) }
        for await _ in arrivals { break }
        task.cancel()
        #expect(await task.value == .cancelled)
        #expect(try await transport.send(.to(listener)).status == 200)
    }

    @Test("a request of a cancelled task is not sent")
    func cancelledBefore() async throws {
        let listener = try LoopbackListener { _ in .response(status: 200, "{}") }
        let transport = CurlTransport()
        let (gate, opener) = AsyncStream.makeStream(of: Void.self)
        let task = Task {
            for await _ in gate {}
            return await transport.failure(.to(listener))
        }
        task.cancel()
        opener.finish()
        #expect(await task.value == .cancelled)
        #expect(listener.connectionCount == 0)
    }

    @Test("closing the transport ends what is under way and what comes later")
    func close() async throws {
        let (arrivals, arrived) = AsyncStream.makeStream(of: Void.self)
        let listener = try LoopbackListener { _ in
            arrived.yield()
            return .raw([.stall])
        }
        let transport = CurlTransport()
        let task = Task { await transport.failure(.to(listener)) }
        for await _ in arrivals { break }
        transport.close()
        #expect(await task.value == .cancelled)
        #expect(await transport.failure(.to(listener)) == .cancelled)
    }

    @Test("a child that starts during a transfer inherits none of its sockets")
    func closeOnExec() async throws {
        let listing = Mutex("")
        let listener = try LoopbackListener { _ in
            listing.withLock { $0 = Self.descriptors() }
            return .response(status: 200, "{}")
        }
        _ = try await CurlTransport().send(.to(listener))
        let lists = listing.withLock { $0 }.split(separator: "--\n").map(String.init)
        try #require(lists.count == 3)
        // Columns of /proc/net/tcp: slot, local, remote, state, ..., inode at 9; addresses in
        // hexadecimal. State 01 is established: the port may have had a connection before.
        let port = String(listener.port, radix: 16, uppercase: true)
        let remote = "0100007F:" + String(repeating: "0", count: 4 - port.count) + port
        let rows = lists[0].split(separator: "\n").map { $0.split(separator: " ").map(String.init) }
        let ours = rows.filter { $0.count > 9 && $0[2] == remote && $0[3] == "01" }
        let sockets = ours.map { "socket:[" + $0[9] + "]" }
        try #require(sockets.count == 1)
        #expect(lists[1].contains(sockets[0]))
        #expect(!lists[2].contains(sockets[0]))
        #expect(lists[2].contains(" 1 -> pipe:"))
    }

    /// Connections of this machine, then our descriptors, then those of a child that is started
    /// without closing any: `ChildProcess` would close them all.
    private static func descriptors() -> String {
        let script =
            "cat /proc/net/tcp; echo --; ls -l /proc/\(getpid())/fd; echo --; ls -l /proc/self/fd"
        guard let pipe = unsafe popen(script, "r") else { return "" }
        defer { unsafe pclose(pipe) }
        var text: [UInt8] = []
        while case let byte = unsafe fgetc(pipe), byte != EOF { text.append(UInt8(byte)) }
        return String(decoding: text, as: UTF8.self)
    }
}
