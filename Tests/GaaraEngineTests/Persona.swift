import AWS
import AWSSandbox
import GaaraPlan
import JSON
import POSIX
import Testing

@testable import AWSSandbox

/// Somebody with policies, and what they say to a request.
struct Persona {
    static let accountID = Bench.accountID

    /// Without a path: the role's name.
    let role: String
    let policies: [AccessPolicy]

    init(_ role: String, documents: [String]) {
        self.role = role
        policies = documents.map(AccessPolicy.init)
    }

    /// What is asked, of whom, for what.
    struct Request {
        let action: String
        let resource: String
        var context: [String: [String]] = [:]
        /// The policy of the key, where the request is about one.
        var keyPolicy: String?

        init(
            _ action: String, on resource: String, _ context: [String: [String]] = [:],
            keyPolicy: String? = nil
        ) {
            self.action = action
            self.resource = resource
            self.context = context
            self.keyPolicy = keyPolicy
        }
    }

    func decision(on asked: Request) -> AccessDecision {
        let arn = "arn:aws:iam::\(Self.accountID):role/\(role)"
        let name = role.split(separator: "/").last ?? ""
        let principal = AccessPrincipal(
            account: Self.accountID, arn: arn,
            caller: "arn:aws:sts::\(Self.accountID):assumed-role/\(name)/session")
        var request = AccessRequest(principal, asked.action, on: asked.resource)
        request.add([
            "aws:PrincipalArn": [arn], "aws:PrincipalAccount": [Self.accountID],
            "aws:RequestedRegion": [Bench.region],
        ])
        request.add(asked.context)
        let evaluation = AccessEvaluation(
            identity: policies, resource: asked.keyPolicy.map(AccessPolicy.init),
            isKey: asked.keyPolicy != nil)
        return evaluation.decision(on: request)
    }

    /// The repository's file of that path.
    static func file(_ path: String) throws -> String {
        let folder = #filePath.split(separator: "/").dropLast(3).map { "/" + $0 }.joined()
        return String(
            decoding: try File.read("\(folder)/\(path)", maximumBytes: 1 << 20), as: UTF8.self)
    }

    /// The planner of production, as a policy for that persona must be.
    static func planner() throws -> Persona {
        Persona(
            "gaara-store-production-plan",
            documents: [try file("Tests/GaaraEngineTests/Personas/planner.json")])
    }

    /// The applier of production: what the planner may, and two policies more.
    static func applier() throws -> Persona {
        let names = ["planner", "applier-secrets", "applier-platform"]
        return Persona(
            "gaara-store-production-apply",
            documents: try names.map { try file("Tests/GaaraEngineTests/Personas/\($0).json") })
    }

    static let administrator = Persona(
        "admin",
        documents: [
            #"{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"*","Resource":"*"}}"#
        ])
}

/// The names by which requests are about things of production.
enum Production {
    static func secret(_ name: String, environment: String = "production") -> String {
        "arn:aws:secretsmanager:us-east-1:\(Bench.accountID):secret:"
            + "gaara-store/\(environment)/\(name)"
    }

    static func iam(_ resource: String) -> String {
        "arn:aws:iam::\(Bench.accountID):\(resource)"
    }

    static let key =
        "arn:aws:kms:us-east-1:\(Bench.accountID):key/1234abcd-12ab-34cd-56ef-1234567890ab"

    /// As Secrets Manager asks KMS for a caller (Secrets Manager User Guide, "Secret encryption and
    /// decryption").
    static func through(_ secret: String) -> [String: [String]] {
        [
            "kms:ViaService": ["secretsmanager.us-east-1.amazonaws.com"],
            "kms:EncryptionContext:SecretARN": [secret],
            "kms:EncryptionContext:SecretVersionId": ["RequestToValidateKeyAccess"],
            "kms:ResourceAliases": ["alias/gaara-store/production"],
        ]
    }

    static func keyPolicy(_ role: Key.Role = .data) throws -> String {
        let plan = try PlanText.repository("production")
        let key = try #require(plan.keys.first { $0.role == role })
        return plan.keyPolicy(of: key).text
    }
}
