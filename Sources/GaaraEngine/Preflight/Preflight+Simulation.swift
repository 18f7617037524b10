internal import AWS
internal import GaaraPlan

/// What IAM's policy simulator says: it knows the policies, the boundary and the organization of a
/// user or role, but neither the policies of keys and secrets nor those of one session (IAM API,
/// SimulatePrincipalPolicy).
extension Preflight {
    /// A finding for each permission, in their order.
    ///
    /// Where the simulator cannot be asked all are unknown, for that one reason.
    func simulated(_ permissions: [Permission]) async -> [Finding] {
        guard !permissions.isEmpty else { return [] }
        let subject: String
        switch await self.subject() {
        case .unknown(let reason):
            return permissions.map { unknown($0, reason) }
        case .principal(let arn): subject = arn
        }
        var answers: [Permission: Finding] = [:]
        var obstacle: AWSError?
        for question in Question.each(of: permissions) {
            if let obstacle {
                for permission in question.permissions {
                    answers[permission] = unknown(permission, obstacle, subject)
                }
                continue
            }
            do {
                let service: ServiceID = question.isAboutIAM ? .iam : .kms
                let region = session.client.settings.endpoint(for: service).signingRegion
                let evaluations = try await session.client.all(
                    question.call(about: subject, in: region))
                for permission in question.permissions {
                    answers[permission] = finding(permission, evaluations, of: subject)
                }
            } catch {
                obstacle = error
                for permission in question.permissions {
                    answers[permission] = unknown(permission, error, subject)
                }
            }
        }
        return permissions.compactMap { answers[$0] }
    }

    private enum Subject {
        case principal(arn: String)
        case unknown(reason: String)
    }

    /// Whose policies are simulated: the role behind an assumed role, whose session names no path.
    private func subject() async -> Subject {
        let caller = session.callerARN
        let resource = caller.split(separator: ":", maxSplits: 5).last.map(String.init) ?? ""
        let parts = resource.split(separator: "/").map(String.init)
        switch parts.first {
        case "user": return .principal(arn: caller)
        case "assumed-role" where parts.count > 1:
            // Without the right to look the role up, it is taken for one without a path: a wrong
            // guess is an error of the simulator, never an answer.
            let role = try? await session.client.send(IAM.GetRole(roleName: parts[1]))
            return .principal(arn: role?.principal.arn ?? plan.identity.iamARN("role/\(parts[1])"))
        default:
            return .unknown(reason: "IAM's simulator knows users and roles, not \(caller)")
        }
    }

    private func unknown(
        _ permission: Permission, _ reason: String, hint: String? = nil
    ) -> Finding {
        finding(
            permission.action, on: permission.resource, .unknown, .simulated, reason: reason,
            hint: hint)
    }

    private func unknown(
        _ permission: Permission, _ error: AWSError, _ subject: String
    ) -> Finding {
        let action = IAM.SimulatePrincipalPolicy.operation.action
        let hint =
            error.kind == .accessDenied
            ? "allow \(action) on \(subject) to have it told; else plan and apply will tell" : nil
        return unknown(permission, "the simulator cannot be asked: \(error)", hint: hint)
    }

    private func finding(
        _ permission: Permission, _ evaluations: [IAM.Evaluation], of subject: String
    ) -> Finding {
        let (action, resource) = (permission.action, permission.resource)
        guard let answer = Answer(to: permission, in: evaluations) else {
            return unknown(permission, "the simulator does not answer for it")
        }
        switch answer.decision {
        case .allowed:
            return finding(action, on: resource, .allowed, .simulated)
        case .implicitDeny where !answer.missing.isEmpty:
            let keys = answer.missing.joined(separator: ", ")
            return unknown(
                permission, "a policy asks for \(keys), which the simulation does not have")
        case .implicitDeny where permission.otherwise != nil:
            let place = permission.otherwise ?? ""
            return unknown(
                permission, "no policy in IAM allows it; \(place) may, which IAM does not look at")
        case .implicitDeny, .explicitDeny:
            let (reason, hint) = answer.refusal(of: subject)
            return finding(action, on: resource, .denied, .simulated, reason: reason, hint: hint)
        }
    }
}

/// What the simulator says of one action on one resource.
private struct Answer {
    let evaluation: IAM.Evaluation
    let decision: IAM.Evaluation.Decision
    let missing: [String]
    let policies: [String]

    /// From the verdict on the resource, where there is one.
    ///
    /// What is said of the action as a whole counts for a single resource alone, since of several it
    /// is the strictest.
    init?(to permission: Permission, in evaluations: [IAM.Evaluation]) {
        let resource = permission.example
        let named = evaluations.filter {
            $0.actionName.lowercased() == permission.action.lowercased()
        }
        for evaluation in named {
            guard let own = evaluation.resources.first(where: { $0.resourceARN == resource })
            else { continue }
            self.evaluation = evaluation
            (decision, missing, policies) = (
                own.decision, own.missingContextValues, own.matchedPolicyIDs
            )
            return
        }
        let whole = named.first { $0.resources.isEmpty && $0.resourceARN == resource }
        guard let evaluation = whole else { return nil }
        self.evaluation = evaluation
        (decision, missing, policies) = (
            evaluation.decision, evaluation.missingContextValues, evaluation.matchedPolicyIDs
        )
    }

    func refusal(of subject: String) -> (reason: String, hint: String) {
        if evaluation.isAllowedByOrganization == false {
            return (
                "a policy of the organization does not allow it",
                "ask who keeps the organization's service control policies"
            )
        }
        if evaluation.isAllowedByBoundary == false {
            return (
                "the permissions boundary of \(subject) does not allow it",
                "allow it in the boundary too"
            )
        }
        guard decision == .explicitDeny else {
            return ("no policy in IAM allows it", "allow it to \(subject)")
        }
        let names = policies.isEmpty ? "a policy" : policies.joined(separator: ", ")
        return ("\(names) denies it", "take it out of the statement that denies")
    }
}
