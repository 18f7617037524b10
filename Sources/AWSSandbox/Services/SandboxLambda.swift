internal import JSON

/// Lambda, as far as the resource policies of functions go: who may invoke them.
enum SandboxLambda {
    /// The status of the answer and its body.
    typealias Operation =
        @Sendable (Call, Input, inout Region) throws(Refused) -> (Int, JSON?)

    /// Every operation that the sandbox knows.
    static let operations: [String: Operation] = [
        "GetPolicy": getPolicy,
        "AddPermission": addPermission,
        "RemovePermission": removePermission,
    ]

    /// A function that has no policy is answered as one that does not exist.
    static func getPolicy(
        _ call: Call, _ input: Input, _ region: inout Region
    ) throws(Refused) -> (Int, JSON?) {
        let name = try FunctionName(of: input, in: region)
        guard name.qualifier == nil, let function = region.functions[name.arn],
            !function.permissions.isEmpty
        else { throw Refused(.noSuchFunctionPolicy) }
        let policy: JSON = [
            "Version": "2012-10-17", "Id": "default",
            "Statement": .array(
                function.permissions.map { $0.statement(of: function.arn, in: call.account) }),
        ]
        return (
            200, ["Policy": .string(policy.compact), "RevisionId": .string(function.revision)]
        )
    }

    static func addPermission(
        _ call: Call, _ input: Input, _ region: inout Region
    ) throws(Refused) -> (Int, JSON?) {
        let name = try FunctionName(of: input, in: region)
        let permission = try FunctionPermission(reading: input)
        if name.qualifier == "$LATEST" { throw Refused(.latestHasNoPolicy) }
        guard !name.isAlias else { throw Refused(.noSuchFunctionAlias, name.qualifiedARN) }
        guard name.qualifier == nil, var function = region.functions[name.arn] else {
            throw Refused(.noSuchFunction, name.qualifiedARN)
        }
        try check(revision: input, of: function)
        guard !function.permissions.contains(where: { $0.sid == permission.sid }) else {
            throw Refused(.statementExists, permission.sid)
        }
        guard permission.isPrincipal else { throw Refused(.functionPrincipal) }
        function.permissions.append(permission)
        // Lambda guide, "Quotas": 20 KB for a function's resource policy.
        let statements = function.permissions.map {
            $0.statement(of: function.arn, in: call.account)
        }
        guard JSON.array(statements).compactBytes.count <= 20_480 else {
            throw Refused(.functionPolicySize)
        }
        function.revision = region.random.uuid()
        region.functions[name.arn] = function
        let statement = permission.statement(of: function.arn, in: call.account)
        return (201, ["Statement": .string(statement.compact)])
    }

    static func removePermission(
        _ call: Call, _ input: Input, _ region: inout Region
    ) throws(Refused) -> (Int, JSON?) {
        let name = try FunctionName(of: input, in: region)
        let sid = try input.required("StatementId", length: 1...100)
        guard !name.isAlias else { throw Refused(.noSuchFunctionAlias, name.qualifiedARN) }
        guard name.qualifier == nil, var function = region.functions[name.arn] else {
            throw Refused(.noPolicyOfFunction, name.qualifiedARN)
        }
        guard !function.permissions.isEmpty else { throw Refused(.noFunctionPolicy) }
        try check(revision: input, of: function)
        guard let position = function.permissions.firstIndex(where: { $0.sid == sid }) else {
            throw Refused(.noSuchStatement, sid)
        }
        function.permissions.remove(at: position)
        function.revision = region.random.uuid()
        region.functions[name.arn] = function
        return (204, nil)
    }

    private static func check(
        revision input: Input, of function: RotationFunction
    ) throws(Refused) {
        guard let revision = try input.text("RevisionId"), revision != function.revision else {
            return
        }
        throw Refused(.functionRevision)
    }
}

/// A function as a request names it: by name, by `account:function:name` or by ARN, each with or
/// without a version or alias behind (botocore FunctionName).
struct FunctionName {
    /// Without version or alias.
    let arn: String
    let qualifier: String?

    /// Whether it names an alias, of which there are none: a number is a version, and `$` stands in
    /// no alias's name (botocore Alias).
    var isAlias: Bool {
        guard let qualifier else { return false }
        return !qualifier.contains("$") && !qualifier.allSatisfy(\.isNumber)
    }

    var qualifiedARN: String { qualifier.map { "\(arn):\($0)" } ?? arn }

    init(of input: Input, in region: Region) throws(Refused) {
        let text = try input.required("FunctionName", length: 1...256)
        var parts = text.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
        var place = region.arn("lambda", "function")
        if let kind = parts.firstIndex(of: "function") {
            if kind == 5 { place = parts[0...5].joined(separator: ":") }
            if kind == 1 { place = "arn:aws:lambda:\(region.name):\(parts[0]):function" }
            parts.removeFirst(kind + 1)
        }
        guard let name = parts.first, parts.count <= 2,
            name.unicodeScalars.allSatisfy({
                $0.isASCIIAlphanumeric || "-_.".unicodeScalars.contains($0)
            }), !name.isEmpty
        else {
            throw Refused(
                .constraint, " '\(text)'", "functionName",
                "Member must satisfy regular expression pattern: \(Self.pattern)")
        }
        let given = try input.text("Qualifier", length: 1...128)
        try input.check("Qualifier", against: #"\$(LATEST(\.PUBLISHED)?)|[a-zA-Z0-9-_$]+"#) {
            $0.unicodeScalars.allSatisfy {
                $0.isASCIIAlphanumeric || "-_$".unicodeScalars.contains($0)
            }
        }
        let own = parts.count == 2 ? parts[1] : nil
        if let own, let given, own != given { throw Refused(.qualifierMismatch) }
        arn = "\(place):\(name)"
        qualifier = own ?? given
    }

    private static let pattern =
        #"(arn:(aws[a-zA-Z-]*)?:lambda:)?([a-z]{2}(-gov)?-[a-z]+-\d{1}:)?(\d{12}:)?"#
        + #"(function:)?([a-zA-Z0-9-_\.]+)(:(\$LATEST|[a-zA-Z0-9-_]+))?"#
}

extension FunctionPermission {
    /// Reads the statement under the constraints of botocore's AddPermissionRequest.
    init(reading input: Input) throws(Refused) {
        sid = try input.required("StatementId", length: 1...100)
        try input.check("StatementId", against: "([a-zA-Z0-9-_]+)") {
            $0.unicodeScalars.allSatisfy {
                $0.isASCIIAlphanumeric || "-_".unicodeScalars.contains($0)
            }
        }
        action = try input.required("Action", length: 0...10_000)
        try input.check("Action", against: "(lambda:[*]|lambda:[a-zA-Z]+|[*])") { action in
            let name = action.dropFirst(7)
            return action == "*" || action == "lambda:*"
                || action.hasPrefix("lambda:") && !name.isEmpty
                    && name.allSatisfy { $0.isASCII && $0.isLetter }
        }
        principal = try input.required("Principal", length: 0...2048)
        try input.check("Principal", against: #"[^\s]+"#) {
            !$0.isEmpty && !$0.contains(where: \.isWhitespace)
        }
        sourceARN = try input.text("SourceArn", length: 0...10_000)
        try input.check("SourceArn", against: Self.sourcePattern) {
            $0.hasPrefix("arn:aws")
                && $0.split(separator: ":", omittingEmptySubsequences: false).count >= 6
        }
        sourceAccount = try input.text("SourceAccount", length: 0...12)
        try input.check("SourceAccount", against: #"\d{12}"#) {
            $0.utf8.count == 12 && $0.utf8.allSatisfy { (48...57).contains($0) }
        }
        organization = try input.text("PrincipalOrgID", length: 12...34)
        eventSourceToken = try input.text("EventSourceToken", length: 0...256)
    }

    private static let sourcePattern =
        #"arn:(aws[a-zA-Z0-9-]*):([a-zA-Z0-9\-])+:((eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-"#
        + #"[a-z]+-\d{1})?:(\d{12})?:(.*)"#

    /// Whether Lambda takes the principal: a service, an account, an IAM ARN or everybody.
    var isPrincipal: Bool {
        if principal == "*" || principal.hasSuffix(".amazonaws.com") { return true }
        if principal.utf8.count == 12, principal.allSatisfy(\.isNumber) { return true }
        return principal.hasPrefix("arn:aws") && principal.contains(":iam::")
    }

    /// The statement as it stands in the policy of the function `arn`
    /// (LS test_add_lambda_permission_fields).
    func statement(of arn: String, in account: String) -> JSON {
        var equal = JSONObject()
        equal.add("AWS:SourceAccount", sourceAccount.map(JSON.string))
        equal.add("aws:PrincipalOrgID", organization.map(JSON.string))
        equal.add("lambda:EventSourceToken", eventSourceToken.map(JSON.string))
        var condition = JSONObject()
        if !equal.members.isEmpty { condition["StringEquals"] = .object(equal) }
        condition.add(
            "ArnLike", sourceARN.map { ["AWS:SourceArn": .string($0)] })
        var statement: JSONObject = [
            "Sid": .string(sid), "Effect": "Allow", "Principal": principalJSON,
            "Action": .string(action), "Resource": .string(arn),
        ]
        if !condition.members.isEmpty { statement["Condition"] = .object(condition) }
        return .object(statement)
    }

    private var principalJSON: JSON {
        if principal == "*" { return "*" }
        if principal.hasPrefix("arn:") { return ["AWS": .string(principal)] }
        if principal.allSatisfy(\.isNumber) {
            return ["AWS": .string("arn:aws:iam::\(principal):root")]
        }
        return ["Service": .string(principal)]
    }
}
