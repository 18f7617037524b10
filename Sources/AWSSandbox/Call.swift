/// One call as its service sees it: who calls, where, when.
struct Call: Sendable {
    let operation: String
    let account: String
    /// The role session's, user's or root's ARN, as STS says it.
    let caller: String
    /// The ARN that permissions are about: the role's for a session of it.
    let principal: String
    /// The terms of the caller's temporary key; `nil` for a long-term one.
    var session: Session?
    /// Seconds since 1970.
    let now: Int
    /// ARNs of all roles and users in all accounts.
    let principals: Set<String>
    let denials: Denials
    /// What policies say of the caller; `nil` where they are not held against calls.
    var authority: Authority?
    /// How late what the call changes becomes visible.
    var delays = Delays.none

    /// Whether the caller lacks that action, such as `kms:Decrypt`.
    func isDenied(_ action: String) -> Bool { denials.cover(action) }
}

/// The actions that one principal lacks: names, or beginnings of names with `*` behind them, in
/// any case.
struct Denials: Hashable, Sendable, Codable {
    private var patterns: [String] = []

    mutating func add(_ pattern: String) { patterns.append(pattern.lowercased()) }

    mutating func remove(_ pattern: String) { patterns.removeAll { $0 == pattern.lowercased() } }

    func cover(_ action: String) -> Bool {
        let action = action.lowercased()
        return patterns.contains { pattern in
            pattern.hasSuffix("*") ? action.hasPrefix(pattern.dropLast()) : action == pattern
        }
    }
}

/// A call that reached the sandbox, for the assertions of tests.
///
/// It holds no input.
package struct SandboxCall: Hashable, Sendable {
    package enum Outcome: Hashable, Sendable {
        case done
        /// AWS's error code.
        case refused(String)
        /// A fault of the script came first: nothing was executed.
        case notExecuted
    }

    /// The signing name: `kms`, `secretsmanager`, `iam`, `sts`.
    package let service: String
    /// `CreateKey`.
    package let operation: String
    package let account: String
    package let region: String
    package let principal: String
    /// Counts the calls of this service and operation in the sandbox, from 1.
    package let ordinal: Int
    /// Counts all calls of the sandbox, from 1.
    package let sequence: Int
    package internal(set) var outcome: Outcome
    /// What the script did to the call, if anything.
    package internal(set) var fault: Fault?

    /// Whether the operation changes the account.
    ///
    /// A refused write is one too: see `outcome`.
    package var isWrite: Bool { Self.isWrite(operation) }

    static func isWrite(_ operation: String) -> Bool {
        let reads = [
            "Describe", "Get", "List", "BatchGet", "Generate", "VerifyMac", "Encrypt", "Decrypt",
            "ReEncrypt", "ValidateResourcePolicy", "Simulate",
        ]
        return !reads.contains(where: operation.hasPrefix)
    }
}

extension Call {
    /// Whether the operation changes the account.
    var isWrite: Bool { SandboxCall.isWrite(operation) }
}
