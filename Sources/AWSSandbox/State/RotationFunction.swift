/// A Lambda function, as far as Secrets Manager minds: who may invoke it, and what it does.
///
/// Who may is its resource policy, `permissions`: a list of statements in the order in which they
/// were added, each an Allow with one principal and one action. Lambda's AddPermission and
/// RemovePermission change it; RotateSecret asks `permits(_:_:for:in:)`.
struct RotationFunction: Sendable, Codable {
    let arn: String
    /// The statements of its resource policy.
    var permissions: [FunctionPermission] = []
    /// Names the state of the resource policy; another one after each change.
    var revision: String = ""
    /// What it does when it is invoked.
    var behaviour: RotationBehaviour

    init(
        arn: String, permissions: [FunctionPermission] = [],
        behaviour: RotationBehaviour = .succeeds
    ) {
        self.arn = arn
        self.permissions = permissions
        self.behaviour = behaviour
    }

    /// `rotate` of `arn:aws:lambda:us-east-1:111122223333:function:rotate`.
    var name: String { arn.split(separator: ":").last.map(String.init) ?? arn }

    /// Whether a statement lets the service `principal` do `action`, such as
    /// `lambda:InvokeFunction`.
    ///
    /// - Parameters:
    ///   - source: the ARN of what the service calls for, such as a secret.
    ///   - account: the account of that.
    func permits(
        _ principal: String, _ action: String, for source: String, in account: String
    ) -> Bool {
        permissions.contains { $0.covers(principal, action, for: source, in: account) }
    }
}

/// One statement of a function's resource policy (botocore AddPermissionRequest).
struct FunctionPermission: Hashable, Sendable, Codable {
    /// The statement id, unique in the policy.
    let sid: String
    /// `lambda:InvokeFunction`, or `lambda:*`.
    let action: String
    /// A service's name, `secretsmanager.amazonaws.com`; an account or an ARN; `*`.
    let principal: String
    /// The ARN that the call must be for, `*` and `?` allowed; `nil` for any.
    var sourceARN: String?
    /// The account that the call must be for; `nil` for any.
    var sourceAccount: String?
    /// `o-a1b2c3d4e5`, for a principal of an organization.
    var organization: String?
    /// What a Lambda-based application sends along.
    var eventSourceToken: String?

    /// That Secrets Manager may invoke a function, for any secret of any account.
    static let secretsManager = FunctionPermission(
        sid: "SecretsManagerAccess", action: "lambda:InvokeFunction",
        principal: "secretsmanager.amazonaws.com")

    func covers(
        _ principal: String, _ action: String, for source: String, in account: String
    ) -> Bool {
        guard self.principal == principal || self.principal == "*" else { return false }
        guard self.action == "*" || self.action == "lambda:*" || self.action == action else {
            return false
        }
        guard organization == nil, eventSourceToken == nil else { return false }
        if let sourceAccount, sourceAccount != account { return false }
        return sourceARN.map { ARNPattern($0).matches(source) } ?? true
    }
}

/// An ARN in which `*` stands for any text and `?` for one character, as in ArnLike.
struct ARNPattern {
    private let pattern: [UInt8]

    init(_ pattern: String) { self.pattern = Array(pattern.utf8) }

    func matches(_ text: String) -> Bool {
        let text = Array(text.utf8)
        var (place, at) = (0, 0)
        // Where the last star stood, and how much of the text it has taken.
        var star: (place: Int, at: Int)?
        while at < text.count {
            if place < pattern.count, pattern[place] == UInt8(ascii: "*") {
                star = (place, at)
                place += 1
            } else if place < pattern.count,
                pattern[place] == text[at] || pattern[place] == UInt8(ascii: "?")
            {
                place += 1
                at += 1
            } else if let last = star {
                star = (last.place, last.at + 1)
                (place, at) = (last.place + 1, last.at + 1)
            } else {
                return false
            }
        }
        return pattern[place...].allSatisfy { $0 == UInt8(ascii: "*") }
    }
}
