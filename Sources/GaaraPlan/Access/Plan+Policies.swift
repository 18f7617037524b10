/// The policies that follow from a plan: each a pure function of it, and for readers of the data
/// key's ARN as well.
extension Plan {
    /// What the managed policy of one of the plan's access entries says, once the key is known.
    package func readerPolicy(of access: Access) -> ReaderPolicy {
        ReaderPolicy(of: access, in: self)
    }

    /// The policy of one of the plan's own keys, the data key or that of the value tokens.
    package func keyPolicy(of key: Key) -> PolicyDocument {
        KeyPolicy(plan: self, key: key).document
    }

    /// One error for each policy that AWS would refuse for its length.
    package var policyFaults: [Diagnostic] {
        let readers = access.compactMap { entry in
            PolicyLimit.managedPolicy.fault(
                of: readerPolicy(of: entry).document(
                    keyARN: KeyARN.standIn(for: identity),
                    regionalKeys: Dictionary(
                        uniqueKeysWithValues: regionalKeys.map { key in
                            (key, key.standIn(for: identity))
                        })),
                address: "policy/\(entry.entry)", at: entry.place)
        }
        let keys = keys.filter { !$0.isExisting }.compactMap { key in
            PolicyLimit.keyPolicy.fault(
                of: keyPolicy(of: key),
                address: key.role == .data ? "key" : "key/\(key.role.rawValue)", at: key.place)
        }
        return readers + keys
    }
}
