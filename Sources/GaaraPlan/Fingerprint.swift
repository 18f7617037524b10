internal import GaaraStore
internal import JSON
internal import Digest

extension Changeset {
    /// What an approval names: SHA-256 over everything that applying will do and over what it was
    /// computed from, as `sha256:` and hex.
    ///
    /// It holds no value, no unkeyed hash of one, no time and no request id, so the same situation
    /// gives the same fingerprint (design 5.10).
    package var fingerprint: String {
        "sha256:" + Hex.encode(SHA256.hash(Array(fingerprinted.canonical.utf8)))
    }

    private var fingerprinted: JSON {
        .object(
            JSONObject([
                ("format_version", .number("1")), ("account", .string(identity.account)),
                ("partition", .string(identity.partition)), ("region", .string(identity.region)),
                ("application", .string(identity.application)),
                ("environment", .string(identity.environment.name)),
                ("destroy", .bool(isDestroy)), ("scope", scope.json),
                ("plan", .string(planDigest)), ("steps", .array(steps.map(\.fingerprinted))),
            ]))
    }
}

extension Step {
    /// The consequence stands in it, since the approval covers it too: what has become graver
    /// since the review has to be reviewed again.
    fileprivate var fingerprinted: JSON {
        .object(
            JSONObject(
                [
                    ("address", .string(address.description)), ("verb", .string(verb.rawValue)),
                    ("calls", .array(calls.map(\.json))),
                ] + (consequence.map { [("consequence", .string($0))] } ?? [])))
    }
}

extension Scope {
    fileprivate var json: JSON {
        .object(
            JSONObject(
                [
                    ("only", .array(only.sorted().map(JSON.string))),
                    ("except", .array(except.sorted().map(JSON.string))),
                    ("adopt", .bool(adopt)), ("prune", .bool(prune)),
                    ("overwrite", .array(overwrite.sorted().map(JSON.string))),
                ] + (key ? [("key", .bool(true))] : [])))
    }
}
