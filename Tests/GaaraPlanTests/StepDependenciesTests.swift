import GaaraPlan
import GaaraStore
import Testing

@Suite("A step builds on another")
struct StepDependenciesTests {
    private static let dataKey = Step(
        .create, .key(.data),
        [.key(.create(role: .data, description: "", policy: "{}", tags: [:]))])
    private static let tokenKey = Step(
        .create, .key(.valueTokens),
        [.key(.create(role: .valueTokens, description: "", policy: "{}", tags: [:]))])
    private static let described = Step(
        .change, .key(.data), [.key(.updateDescription(.made(.data), "new"))])

    private static func secret(_ name: String = "a", _ verb: Verb = .create) throws -> Step {
        let path = "shop/staging/\(name)"
        let call: SecretCall =
            switch verb {
            case .create:
                .create(
                    path, description: "", key: .made(.data), value: .environment,
                    tags: [:])
            case .delete: .delete(path, recoveryWindowDays: 30)
            default: .tag(path, ["team": "web"])
            }
        return Step(verb, .secret(try SecretName(validating: name)), [.secret(call)])
    }

    private static func rotation(_ name: String = "a") throws -> Step {
        Step(
            .create, .rotation(try SecretName(validating: name)),
            [.secret(.cancelRotation("shop/staging/\(name)"))])
    }

    private static func policy(_ verb: Verb = .create, document: String = "{}") -> Step {
        let call: PolicyCall =
            verb == .delete
            ? .delete(arn: "arn") : .create(name: "p", path: "/", document: document, tags: [:])
        return Step(verb, .policy("p"), [.policy(call)])
    }

    private static func attachment(_ verb: Verb = .create, to policy: String = "p") -> Step {
        let role = Principal(.role, "app")
        return Step(
            verb, .attachment(policy: policy, role),
            [.policy(verb == .delete ? .detach(arn: "arn", role) : .attach(arn: "arn", role))])
    }

    @Test("where it needs what the other makes")
    func needs() throws {
        let promised = Self.policy(document: #"{"Resource":"key#arn"}"#)
        let pairs = [
            (try Self.secret(), Self.dataKey), (try Self.secret(), Self.tokenKey),
            (try Self.secret("a", .change), Self.dataKey), (try Self.rotation(), Self.dataKey),
            (try Self.rotation(), try Self.secret()), (promised, Self.dataKey),
            (Self.attachment(), Self.policy()), (Self.policy(.delete), Self.attachment(.delete)),
            (Self.described, Self.dataKey),
        ]
        for (step, other) in pairs {
            #expect(step.buildsOn(other), "\(step.address) on \(other.address)")
            guard step.address != other.address else { continue }
            #expect(!other.buildsOn(step), "\(other.address) on \(step.address)")
        }
    }

    @Test("and on nothing else")
    func independent() throws {
        let pairs = [
            (try Self.secret("a"), try Self.secret("b")), (try Self.secret(), Self.described),
            (try Self.secret("a", .change), Self.tokenKey),
            (try Self.rotation("a"), try Self.secret("b")), (Self.policy(), Self.dataKey),
            (Self.policy(), try Self.secret()), (Self.attachment(to: "q"), Self.policy()),
            (try Self.secret("a", .delete), Self.dataKey), (Self.tokenKey, Self.dataKey),
            (Self.policy(.delete), Self.policy()), (Self.attachment(), Self.policy(.delete)),
        ]
        for (step, other) in pairs {
            #expect(!step.buildsOn(other), "\(step.address) on \(other.address)")
        }
    }
}
