import POSIX
import Testing

/// The AWS set-up and migration of the usage guide against the built command's sandbox.
@Suite struct GuideTests {
    /// Only for the rotation function that it names.
    private static let plan = """
        version: 1
        application: shop
        environment: staging
        account: "123456789012"
        region: us-east-1
        secrets:
          login:
            value:
              fields: { username: { literal: app }, password: { generate: { length: 40 } } }
              owner: initial
            rotation:
              function: arn:aws:lambda:us-east-1:123456789012:function:SecretsManagerRotation
              every: 30 days
        """

    @Test(
        "boto3 and the AWS CLI go through the guide's lines, and AWS's words refuse its wrong ones",
        arguments: ["boto3", "cli"])
    func lines(way: String) async throws {
        let folder = try TemporaryFolder()
        try File.writePrivate(folder.file("plan.yaml"), Array(Self.plan.utf8))
        let sandbox = try await SandboxProcess(["plan.yaml"], in: folder.path)
        let run = try await Program.run(
            [Repository.python, Repository.judge + "guide.py", way],
            environment: Repository.environment.merging(sandbox.exports) { $1 }
                .merging(["AWS_EC2_METADATA_DISABLED": "true"]) { $1 },
            // The CLI takes a second to start, on a busy machine more.
            timeLimit: 300_000)
        print("\(way):\n\(run.output)", terminator: "")
        #expect(run.code == 0, "\(run.output)\(run.errors)")
        #expect(run.outputLines.count == 30)
        #expect(run.outputLines.allSatisfy { $0.hasPrefix("ok ") })
    }
}
