/// Policies that are held against requests nobody makes, and which of their statements decide.
///
/// What IAM's policy simulator does, by the rules that real calls are held to.
struct AccessSimulation: Sendable {
    /// A policy with the name by which an answer refers to it.
    struct Source: Sendable {
        let id: String
        let policy: AccessPolicy
        private let places: [StatementPlace]

        /// `nil` where the text is no policy.
        init?(_ id: String, _ document: String) {
            policy = AccessPolicy(document)
            places = StatementPlace.all(in: document)
            guard !places.isEmpty, places.count == policy.statements.count else { return nil }
            self.id = id
        }

        fileprivate func matches(
            of effect: AccessStatement.Effect, _ request: AccessRequest, isResource: Bool
        ) -> [Match] {
            zip(policy.statements, places)
                .filter { $0.0.effect == effect && $0.0.grant(to: request) != .none }
                .map { Match(source: id, place: $0.1, isResource: isResource) }
        }
    }

    /// A statement that decided.
    struct Match: Hashable, Sendable {
        let source: String
        let place: StatementPlace
        /// Whether it stands in the resource's policy.
        let isResource: Bool
    }

    /// From the mildest to the strictest.
    enum Decision: String, Hashable, Sendable, CaseIterable {
        case allowed, implicitDeny, explicitDeny
    }

    /// The answer to one request.
    struct Verdict: Hashable, Sendable {
        let decision: Decision
        /// None of a request that nothing allows.
        let matches: [Match]
        /// Condition keys that statements on this action and resource ask for and that have no
        /// value, sorted.
        let missing: [String]
        /// `nil` where there is no boundary.
        let isAllowedByBoundary: Bool?
    }

    var identity: [Source] = []
    var boundary: Source?
    var resource: Source?

    func verdict(on request: AccessRequest) -> Verdict {
        let evaluation = AccessEvaluation(
            identity: identity.map(\.policy), boundary: boundary?.policy,
            resource: resource?.policy)
        let decision: Decision
        let effect: AccessStatement.Effect?
        switch evaluation.decision(on: request) {
        case .allowed: (decision, effect) = (.allowed, .allow)
        case .explicitDeny: (decision, effect) = (.explicitDeny, .deny)
        case .implicitDeny: (decision, effect) = (.implicitDeny, nil)
        }
        let matches = effect.map { effect in
            identity.flatMap { $0.matches(of: effect, request, isResource: false) }
                + (resource?.matches(of: effect, request, isResource: true) ?? [])
        }
        let sources = identity + (resource.map { [$0] } ?? [])
        let missing = Set(
            sources.flatMap(\.policy.statements).flatMap { $0.missingKeys(for: request) })
        let isAllowedByBoundary = boundary.map {
            $0.policy.allows(request) && !$0.policy.denies(request)
        }
        return Verdict(
            decision: decision, matches: matches ?? [], missing: missing.sorted(),
            isAllowedByBoundary: isAllowedByBoundary)
    }
}

extension AccessSimulation.Verdict {
    /// What several resources come to: the strictest decision, with the statements that made it
    /// (botocore EvaluationResult).
    init(of verdicts: [AccessSimulation.Verdict]) {
        let strictness = AccessSimulation.Decision.allCases
        let decision = strictness.last { decision in
            verdicts.contains { $0.decision == decision }
        }
        self.decision = decision ?? .implicitDeny
        var matches: [AccessSimulation.Match] = []
        for match in verdicts.filter({ $0.decision == decision }).flatMap(\.matches)
        where !matches.contains(match) {
            matches.append(match)
        }
        self.matches = matches
        missing = Set(verdicts.flatMap(\.missing)).sorted()
        let bounded = verdicts.compactMap(\.isAllowedByBoundary)
        isAllowedByBoundary = bounded.isEmpty ? nil : bounded.allSatisfy(\.self)
    }
}
