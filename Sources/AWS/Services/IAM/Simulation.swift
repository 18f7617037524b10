extension IAM {
    /// What IAM says a principal may do, by the policies that it has.
    ///
    /// The policies of keys and secrets do not count, but for `resourcePolicy`.
    package struct SimulatePrincipalPolicy: QueryOperation, PagedOperation {
        package typealias Item = Evaluation
        package static let operation = Operation(.iam, "SimulatePrincipalPolicy", .reads)

        /// The ARN of a user, group or role; of a session, its role.
        package var policySourceARN: String
        package var question: Question
        package var marker: String?

        package init(policySourceARN: String, question: Question) {
            self.policySourceARN = policySourceARN
            self.question = question
        }

        package func encode(into request: inout QueryRequest) {
            request.set("PolicySourceArn", policySourceARN)
            question.encode(into: &request)
            request.set("Marker", marker)
        }

        package static func decode(
            _ result: XMLElement
        ) throws(MalformedAnswer) -> Page<Evaluation> {
            try IAM.page(result, "EvaluationResults", Evaluation.init)
        }
    }

    /// What IAM says some policies would allow, whoever had them.
    package struct SimulateCustomPolicy: QueryOperation, PagedOperation {
        package typealias Item = Evaluation
        package static let operation = Operation(.iam, "SimulateCustomPolicy", .reads)

        /// JSON texts.
        package var policies: [String]
        package var question: Question
        package var marker: String?

        package init(policies: [String], question: Question) {
            self.policies = policies
            self.question = question
        }

        package func encode(into request: inout QueryRequest) {
            request.set("PolicyInputList", policies)
            question.encode(into: &request)
            request.set("Marker", marker)
        }

        package static func decode(
            _ result: XMLElement
        ) throws(MalformedAnswer) -> Page<Evaluation> {
            try IAM.page(result, "EvaluationResults", Evaluation.init)
        }
    }

    /// Whether each action is allowed on each resource, under the given conditions.
    package struct Question: Hashable, Sendable {
        /// What would be done, such as `secretsmanager:GetSecretValue`.
        package var actionNames: [String]
        /// None is every resource.
        package var resourceARNs: [String]
        /// The values of condition keys, such as `kms:ViaService`.
        package var context: [ContextEntry]
        /// The policy of the one resource asked about; then `callerARN` is asked for too.
        package var resourcePolicy: String?
        package var callerARN: String?

        package init(
            actionNames: [String], resourceARNs: [String] = [], context: [ContextEntry] = [],
            resourcePolicy: String? = nil, callerARN: String? = nil
        ) {
            self.actionNames = actionNames
            self.resourceARNs = resourceARNs
            self.context = context
            self.resourcePolicy = resourcePolicy
            self.callerARN = callerARN
        }

        func encode(into request: inout QueryRequest) {
            request.set("ActionNames", actionNames)
            if !resourceARNs.isEmpty { request.set("ResourceArns", resourceARNs) }
            request.set("ResourcePolicy", resourcePolicy)
            request.set("CallerArn", callerARN)
            for (index, entry) in context.enumerated() {
                let name = "ContextEntries.member.\(index + 1)"
                request.set("\(name).ContextKeyName", entry.key)
                request.set("\(name).ContextKeyValues", entry.values)
                request.set("\(name).ContextKeyType", entry.type)
            }
            request.set("MaxItems", 1000)
        }
    }

    /// A condition key and its values in a simulated request.
    package struct ContextEntry: Hashable, Sendable {
        package let key: String
        package let values: [String]
        /// `string`, `stringList`, `boolean` and so on.
        package let type: String

        package init(_ key: String, _ values: [String], type: String = "string") {
            self.key = key
            self.values = values
            self.type = type
        }
    }

    /// IAM's verdict on one action.
    ///
    /// Asked about several resources, IAM answers for all of them together by the strictest decision
    /// and for each in `resources` (IAM API, EvaluationResult).
    package struct Evaluation: Hashable, Sendable {
        package enum Decision: String, Hashable, Sendable {
            case allowed
            case explicitDeny
            case implicitDeny
        }

        package let actionName: String
        /// `*` where none was asked about.
        package let resourceARN: String
        package let decision: Decision
        /// The policies whose statements decided.
        package let matchedPolicyIDs: [String]
        /// Condition keys that the policies look at and the question gave no value for.
        package let missingContextValues: [String]
        /// What it comes to for each resource; empty where IAM says nothing of that.
        package let resources: [ResourceVerdict]
        /// `nil` where no boundary, or no organization, has a say.
        package let isAllowedByBoundary: Bool?
        package let isAllowedByOrganization: Bool?

        init(_ element: XMLElement) throws(MalformedAnswer) {
            actionName = try element.string("EvalActionName")
            resourceARN = element.stringIfPresent("EvalResourceName") ?? "*"
            decision = try element.decision("EvalDecision")
            matchedPolicyIDs = try element.matchedPolicyIDs
            missingContextValues = try element.missingContextValues
            resources =
                try element.listIfPresent("ResourceSpecificResults", ResourceVerdict.init) ?? []
            isAllowedByBoundary = try element.childIfPresent("PermissionsBoundaryDecisionDetail")?
                .boolIfPresent("AllowedByPermissionsBoundary")
            isAllowedByOrganization = try element.childIfPresent("OrganizationsDecisionDetail")?
                .boolIfPresent("AllowedByOrganizations")
        }
    }

    /// IAM's verdict on one action on one resource.
    package struct ResourceVerdict: Hashable, Sendable {
        package let resourceARN: String
        package let decision: Evaluation.Decision
        package let matchedPolicyIDs: [String]
        package let missingContextValues: [String]

        init(_ element: XMLElement) throws(MalformedAnswer) {
            resourceARN = try element.string("EvalResourceName")
            decision = try element.decision("EvalResourceDecision")
            matchedPolicyIDs = try element.matchedPolicyIDs
            missingContextValues = try element.missingContextValues
        }
    }
}

extension XMLElement {
    fileprivate func decision(
        _ name: String
    ) throws(MalformedAnswer) -> IAM.Evaluation.Decision {
        guard let decision = IAM.Evaluation.Decision(rawValue: try string(name)) else {
            throw MalformedAnswer("\(self.name).\(name) is not a decision")
        }
        return decision
    }

    fileprivate var matchedPolicyIDs: [String] {
        get throws(MalformedAnswer) {
            try listIfPresent("MatchedStatements") { (statement) throws(MalformedAnswer) in
                statement.stringIfPresent("SourcePolicyId")
            }?.compactMap { $0 } ?? []
        }
    }

    fileprivate var missingContextValues: [String] {
        get throws(MalformedAnswer) {
            try listIfPresent("MissingContextValues") { (key) throws(MalformedAnswer) in key.text }
                ?? []
        }
    }
}
