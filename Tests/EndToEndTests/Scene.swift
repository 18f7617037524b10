import POSIX

/// One test's world: an empty account, a folder with the plan and the values, a home without
/// credentials, and the command.
struct Scene: Sendable {
    let moto: Moto
    let folder: TemporaryFolder
    let binary: String

    /// Runs `body` in a scene of its own.
    ///
    /// Its moto holds what the plan expects to find, unless the test never comes so far.
    static func with(
        _ plan: ShopPlan = ShopPlan(), prepared isPrepared: Bool = true,
        _ body: @Sendable (Scene) async throws -> Void
    ) async throws {
        let binary = try Repository.binary()
        try await Moto.lease { moto in
            let scene = Scene(moto: moto, folder: try TemporaryFolder(), binary: binary)
            for name in ["home", "tmp", "work"] { try Folder.make(scene.folder.file(name)) }
            try scene.write("plan.yaml", plan.text)
            try scene.write("values.env", ShopPlan.values)
            if isPrepared { try await scene.prepare("plan.yaml") }
            try await body(scene)
        }
    }

    var judge: Judge { Judge(moto: moto) }

    /// The current folder of the command.
    var work: String { folder.file("work") }

    /// What the command gets, and nothing else of ours.
    var environment: [String: String] {
        [
            "PATH": "/usr/bin:/bin", "HOME": folder.file("home"), "TMPDIR": folder.file("tmp"),
            "AWS_ACCESS_KEY_ID": "AKIAIOSFODNN7EXAMPLE",
            "AWS_SECRET_ACCESS_KEY": "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
            "AWS_ENDPOINT_URL": moto.endpoint, "AWS_EC2_METADATA_DISABLED": "true",
            "NO_PROXY": "*",
        ]
    }

    func write(_ name: String, _ text: String) throws {
        try File.writePrivate(work + "/" + name, Array(text.utf8))
    }

    /// Makes roles and functions that the plan names, by PyYAML's reading of it.
    func prepare(_ plans: String...) async throws {
        _ = try await Program.run(
            [Repository.python, Repository.scripts + "moto-prepare.py", moto.endpoint]
                + plans.map { work + "/" + $0 },
            environment: environment.merging(["AWS_DEFAULT_REGION": "us-east-1"]) { $1 }
        ).mustSucceed("moto-prepare.py")
    }

    /// Runs the command in the work folder.
    func run(
        _ arguments: String..., at endpoint: String? = nil, with more: [String: String?] = [:]
    ) async throws -> Run {
        try await run(arguments, at: endpoint, with: more)
    }

    func run(
        _ arguments: [String], at endpoint: String? = nil, with more: [String: String?] = [:]
    ) async throws -> Run {
        try await Program.run(
            [binary] + arguments, environment: environment(at: endpoint, with: more), folder: work)
    }

    /// `more` replaces variables; `nil` takes one away.
    func environment(
        at endpoint: String? = nil, with more: [String: String?] = [:]
    ) -> [String: String] {
        var environment = environment
        if let endpoint { environment["AWS_ENDPOINT_URL"] = endpoint }
        for (name, value) in more { environment[name] = value }
        return environment
    }

    /// `plan` or `apply` of plan.yaml with its values.
    func plan(at endpoint: String? = nil, _ options: String...) async throws -> Run {
        try await run(["plan", "plan.yaml", "--env-file", "values.env"] + options, at: endpoint)
    }

    func apply(at endpoint: String? = nil, _ options: String...) async throws -> Run {
        try await run(
            ["apply", "plan.yaml", "--env-file", "values.env", "--yes"] + options, at: endpoint)
    }

    /// The first apply, where it is not what the test is about.
    func establish() async throws {
        _ = try await apply().mustSucceed("the first apply")
    }
}

extension Run {
    func mustSucceed(_ what: String) throws -> Run {
        guard code == 0 else { throw Unprepared("\(what): \(ending): \(output)\n\(errors)") }
        return self
    }
}
