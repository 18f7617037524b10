/// What the simulator is asked.
struct SimulatedQuestion {
    private let principal: AccessPrincipal
    private let actions: [String]
    private let resources: [String]
    private let context: [String: [String]]

    /// botocore ContextKeyTypeEnum.
    private static let types = [
        "string", "stringList", "numeric", "numericList", "boolean", "booleanList", "ip",
        "ipList", "binary", "binaryList", "date", "dateList",
    ]

    init(_ form: Form, _ principal: AccessPrincipal) throws(Refused) {
        self.principal = principal
        actions = form.texts("ActionNames")
        guard !actions.isEmpty else {
            throw Refused(.constraintQuery, " null", "actionNames", "Member must not be null")
        }
        for action in actions where action.split(separator: ":").count != 2 {
            throw Refused(.simulatedAction, action)
        }
        let named = form.texts("ResourceArns")
        let isEverything = named.isEmpty || named == ["*"]
        resources = isEverything ? [] : named
        for resource in resources where !Self.isARN(resource) {
            throw Refused(.simulatedResource, resource)
        }
        var context = Self.standard(principal)
        for entry in 1... {
            let place = "ContextEntries.member.\(entry)"
            guard let key = form["\(place).ContextKeyName"] else { break }
            if let type = form["\(place).ContextKeyType"], !Self.types.contains(type) {
                throw Refused(
                    .constraintQuery, " '\(type)'",
                    "contextEntries.\(entry).member.contextKeyType",
                    "Member must satisfy enum value set: [\(Self.types.joined(separator: ", "))]")
            }
            context[key.lowercased()] = form.texts("\(place).ContextKeyValues")
        }
        self.context = context
    }

    private static func isARN(_ text: String) -> Bool {
        let parts = text.split(separator: ":", maxSplits: 5, omittingEmptySubsequences: false)
        return parts.count == 6 && parts[0] == "arn" && !parts[5].isEmpty
    }

    /// What follows from who calls; the request's own entries go before.
    private static func standard(_ principal: AccessPrincipal) -> [String: [String]] {
        guard !principal.arn.isEmpty else { return [:] }
        let caller = [
            "aws:principalarn": [principal.arn], "aws:principalaccount": [principal.account],
        ]
        guard principal.arn.contains(":user/"), let name = principal.arn.split(separator: "/").last
        else { return caller }
        return caller.merging(["aws:username": [String(name)]]) { $1 }
    }

    /// One for each action (botocore EvaluationResult).
    func answers(by simulation: AccessSimulation) -> [XML] {
        actions.map { action in
            guard !resources.isEmpty else {
                let verdict = verdict(on: action, "*", by: simulation)
                return XML("member", answer(action, "*", verdict))
            }
            let verdicts = resources.map { verdict(on: action, $0, by: simulation) }
            let whole = AccessSimulation.Verdict(of: verdicts)
            let name = resources.count == 1 ? resources[0] : Self.template(of: resources)
            let each = zip(resources, verdicts).map { resource, verdict in
                [
                    XML("EvalResourceName", resource),
                    XML("EvalResourceDecision", verdict.decision.rawValue),
                ] + verdict.details
            }
            // Within one account there is nothing to detail (botocore EvalDecisionDetails).
            return XML(
                "member",
                answer(action, name, whole) + [
                    XML("EvalDecisionDetails", []), XML(list: "ResourceSpecificResults", of: each),
                ])
        }
    }

    private func verdict(
        on action: String, _ resource: String, by simulation: AccessSimulation
    ) -> AccessSimulation.Verdict {
        var request = AccessRequest(principal, action, on: resource)
        request.add(context)
        return simulation.verdict(on: request)
    }

    private func answer(
        _ action: String, _ resource: String, _ verdict: AccessSimulation.Verdict
    ) -> [XML] {
        [
            XML("EvalActionName", action), XML("EvalResourceName", resource),
            XML("EvalDecision", verdict.decision.rawValue),
        ] + verdict.details
    }

    /// Of several resources the form of their ARNs is named, where they have the same (botocore
    /// EvalResourceName; service authorization reference, "Resource types").
    private static func template(of resources: [String]) -> String {
        let forms = [
            "secretsmanager:${Region}:${Account}:secret:${SecretId}",
            "kms:${Region}:${Account}:key/${KeyId}", "kms:${Region}:${Account}:alias/${Alias}",
            "iam::${Account}:role/${RoleNameWithPath}", "iam::${Account}:user/${UserNameWithPath}",
            "iam::${Account}:group/${GroupNameWithPath}",
            "iam::${Account}:policy/${PolicyNameWithPath}",
            "cloudwatch:${Region}:${Account}:alarm:${AlarmName}",
            "lambda:${Region}:${Account}:function:${FunctionName}",
        ].map { "arn:${Partition}:\($0)" }
        return forms.first { form in
            let pattern = wildcards(in: form)
            return resources.allSatisfy { AccessPattern.matches(arn: $0, pattern) }
        } ?? "*"
    }

    /// `text` with `*` for each `${...}`.
    private static func wildcards(in text: String) -> String {
        text.split(separator: "$", omittingEmptySubsequences: false).enumerated().map { part in
            guard part.offset > 0, let end = part.element.firstIndex(of: "}") else {
                return String(part.element)
            }
            return "*" + part.element[part.element.index(after: end)...]
        }.joined()
    }
}

extension AccessSimulation.Verdict {
    /// What an answer about one and one about several resources have in common.
    fileprivate var details: [XML] {
        let statements = matches.map { match in
            [
                XML("SourcePolicyId", match.source),
                // Recorded so, though the model has other words (LS test_simulate_principle_policy);
                // that of a resource's policy is not recorded.
                XML("SourcePolicyType", match.isResource ? "Resource Policy" : "IAM Policy"),
                match.place.start.xml("StartPosition"), match.place.end.xml("EndPosition"),
            ]
        }
        let boundary = isAllowedByBoundary.map {
            XML("PermissionsBoundaryDecisionDetail", [XML("AllowedByPermissionsBoundary", $0)])
        }
        return [
            XML(list: "MatchedStatements", of: statements),
            XML("MissingContextValues", missing.map { XML("member", $0) }),
        ] + (boundary.map { [$0] } ?? [])
    }
}

extension StatementPlace.Position {
    fileprivate func xml(_ name: String) -> XML {
        XML(name, [XML("Line", line), XML("Column", column)])
    }
}
