import Glibc
import POSIX
import Testing

@Suite struct StartTests {
    @Test(
        "a result that nothing takes is an error, and no file gets it instead",
        arguments: [">/dev/full", ">&-", ">&- 2>&- <&-"])
    func lostResult(redirection: String) async throws {
        let binary = try Repository.binary()
        let place = try TemporaryFolder()
        try File.writePrivate(place.file("plan.yaml"), Array(ShopPlan().text.utf8))
        for verb in ["schema", "policy plan.yaml", "--help"] {
            let run = try await Program.run(
                ["/bin/sh", "-c", "exec \"$0\" \(verb) \(redirection)", binary],
                folder: place.path)
            #expect(run.code == 1, "\(verb)")
            guard !redirection.contains("2>") else { continue }
            #expect(run.errors.contains("error: cannot write standard output: "), "\(verb)")
        }
        // With the streams closed, the messages about the files must not stand in them.
        let run = try await Program.run(
            [
                "/bin/sh", "-c", "exec \"$0\" policy plan.yaml --output there \(redirection)",
                binary,
            ], folder: place.path)
        #expect(run.code == 0)
        let written = try Folder.list(place.file("there/staging")).map {
            try Repository.text(place.file("there/staging/" + $0))
        }
        #expect(!written.isEmpty && written.allSatisfy { !$0.contains("wrote") })
    }

    @Test("the keys of TLS are written nowhere, whatever SSLKEYLOGFILE says")
    func keyLog() async throws {
        let binary = try Repository.binary()
        let place = try TemporaryFolder()
        let (key, certificate) = (place.file("key.pem"), place.file("certificate.pem"))
        _ = try await Program.run([
            "openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256",
            "-nodes", "-keyout", key, "-out", certificate, "-days", "2", "-subj", "/CN=test",
            "-addext", "subjectAltName=IP:127.0.0.1",
        ]).mustSucceed("openssl")
        let log = place.file("log")
        let server = try RunningProcess(
            ChildProcess(
                [Repository.python, Repository.judge + "tls-server.py", certificate, key],
                environment: Repository.environment), log: log)
        var text = ""
        while server.outcome == nil, !text.hasSuffix("\n") {
            try await SystemTime().sleep(milliseconds: 5)
            text = try Repository.text(log)
        }
        let port = try #require(Int(text.dropLast()), "\(text)")

        // A client that does write them shows that there was something to write.
        let theirs = place.file("their-keys")
        _ = try await Program.run(
            [Repository.python, Repository.judge + "tls-client.py", "\(port)", certificate],
            environment: Repository.environment.merging(["SSLKEYLOGFILE": theirs]) { $1 }
        ).mustSucceed("tls-client.py")
        #expect(try Repository.text(theirs).contains("CLIENT_"))

        try File.writePrivate(place.file("plan.yaml"), Array(ShopPlan().text.utf8))
        let ours = place.file("our-keys")
        let run = try await Program.run(
            [binary, "plan", "plan.yaml"],
            environment: [
                "PATH": "/usr/bin:/bin", "HOME": place.path, "SSLKEYLOGFILE": ours,
                "AWS_ACCESS_KEY_ID": "AKIAIOSFODNN7EXAMPLE", "AWS_SECRET_ACCESS_KEY": "secret",
                "AWS_ENDPOINT_URL": "https://127.0.0.1:\(port)", "AWS_CA_BUNDLE": certificate,
                "NO_PROXY": "*",
            ], folder: place.path)
        #expect(run.code == 1)
        let answered = try Repository.text(log).split(separator: "\n").filter { $0 == "answered" }
        #expect(answered.count >= 2, "the command's request arrived: \(run.errors)")
        #expect(!File.exists(ours))
    }

    @Test("a crash leaves no core file, whatever limit the shell had set")
    func core() async throws {
        try await Scene.with(prepared: false) { scene in
            let gate = Gate()
            let proxy = try Proxy(to: nil) { _, _ in
                await gate.arriveAndWait()
                return nil
            }
            let unlimited = ["/bin/sh", "-c", #"ulimit -c unlimited; exec "$@""#, "sh"]
            let plan = try Started(
                unlimited + [scene.binary, "plan", "plan.yaml"],
                environment: scene.environment(at: proxy.url), folder: scene.work)
            await gate.arrival()
            let limits = try Repository.text("/proc/\(plan.process.identifier)/limits")
            let line = limits.split(separator: "\n").first { $0.hasPrefix("Max core file size") }
            #expect(line?.split(separator: " ").dropFirst(4) == ["0", "0", "bytes"])
            plan.process.send(signal: SIGABRT)
            let crashed = try await plan.end()
            #expect(crashed.ending == .signalled(SIGABRT))
            #expect(crashed.output + crashed.errors == "", "no registers, no memory, no trace")
            gate.open()
            let left = try Folder.list(scene.work)
            #expect(left == ["plan.yaml", "values.env"])
        }
    }

    @Test("credentials come from .aws under HOME, and from no other home")
    func home() async throws {
        try await Scene.with(prepared: false) { scene in
            let seen = Seen()
            let proxy = try Proxy(to: nil) { _, request in
                seen.add(request.header("authorization") ?? "")
                return nil
            }
            for (name, key) in [("one", "AKIAONE0000000000000"), ("two", "AKIATWO0000000000000")] {
                try Folder.make(scene.folder.file(name + "/.aws"))
                try File.writePrivate(
                    scene.folder.file(name + "/.aws/credentials"),
                    Array("[default]\naws_access_key_id=\(key)\naws_secret_access_key=x\n".utf8))
            }
            let none: [String: String?] = [
                "AWS_ACCESS_KEY_ID": nil, "AWS_SECRET_ACCESS_KEY": nil,
            ]
            let other = scene.folder.file("two/.aws/credentials")
            for (more, key) in [
                (["HOME": scene.folder.file("one")], "AKIAONE0000000000000"),
                (["HOME": scene.folder.file("two")], "AKIATWO0000000000000"),
                (
                    ["HOME": scene.folder.file("one"), "AWS_SHARED_CREDENTIALS_FILE": other],
                    "AKIATWO0000000000000"
                ),
            ] as [([String: String?], String)] {
                seen.clear()
                let run = try await scene.run(
                    ["plan", "plan.yaml"], at: proxy.url, with: none.merging(more) { $1 })
                #expect(run.code == 1)
                #expect(!seen.all.isEmpty)
                #expect(seen.all.allSatisfy { $0.contains("Credential=\(key)/") }, "\(seen.all)")
            }
            seen.clear()
            let empty = try await scene.run(["plan", "plan.yaml"], at: proxy.url, with: none)
            #expect(empty.code == 1)
            #expect(empty.errors.contains("AWS_ACCESS_KEY_ID"))
            #expect(seen.all.isEmpty)
        }
    }
}
