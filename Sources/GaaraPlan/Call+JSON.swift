package import JSON

extension Call {
    /// All that the call will send, for `--json` and for the fingerprint: `action`, then its
    /// parameters.
    ///
    /// It holds no value of a secret.
    package var json: JSON {
        var members: [(String, JSON)] = [("action", .string(action))]
        members += parameters
        return .object(JSONObject(members))
    }

    private var parameters: [(String, JSON)] {
        switch self {
        case .key(let call): call.parameters
        case .secret(let call): call.parameters
        case .policy(let call): call.parameters
        case .role(let call): call.parameters
        }
    }
}

extension KeyCall {
    fileprivate var parameters: [(String, JSON)] {
        switch self {
        case .create(let role, let description, let policy, let tags):
            [
                ("role", .string(role.rawValue)), ("description", .string(description)),
                ("policy", .string(policy)), ("tags", JSON(tags)),
            ]
        case .createAlias(let alias, let key):
            [("alias", .string(alias)), ("key", JSON(key))]
        case .updateDescription(let key, let description):
            [("key", JSON(key)), ("description", .string(description))]
        case .enableRotation(let key, let days), .scheduleDeletion(let key, let days):
            [("key", JSON(key)), ("days", JSON(days))]
        case .disableRotation(let key), .cancelDeletion(let key), .enable(let key):
            [("key", JSON(key))]
        case .putPolicy(let key, let policy):
            [("key", JSON(key)), ("policy", .string(policy))]
        case .tag(let key, let tags):
            [("key", JSON(key)), ("tags", JSON(tags))]
        case .untag(let key, let names):
            [("key", JSON(key)), ("tag_keys", JSON(names))]
        }
    }
}

extension SecretCall {
    fileprivate var parameters: [(String, JSON)] {
        switch self {
        case .create(let name, let description, let key, let value, let tags):
            [
                ("secret", .string(name)), ("description", .string(description)),
                ("key", JSON(key)), ("value", value?.json ?? .null), ("tags", JSON(tags)),
            ]
        case .update(let name, let description, let key):
            [("secret", .string(name))]
                + (description.map { [("description", .string($0))] } ?? [])
                + (key.map { [("key", JSON($0))] } ?? [])
        case .putValue(let name, let write), .moveCurrent(let name, let write),
            .removeStagedLabel(let name, let write):
            [("secret", .string(name)), ("write", write.json)]
        case .removeLabel(let name, let label, let version):
            [
                ("secret", .string(name)), ("label", .string(label)),
                ("version", .string(version)),
            ]
        case .tag(let name, let tags):
            [("secret", .string(name)), ("tags", JSON(tags))]
        case .untag(let name, let names):
            [("secret", .string(name)), ("tag_keys", JSON(names))]
        case .restore(let name), .cancelRotation(let name), .removePolicy(let name):
            [("secret", .string(name))]
        case .delete(let name, let days):
            [("secret", .string(name)), ("recovery_window_days", JSON(days))]
        case .rotate(let name, let rules, let immediately):
            [
                ("secret", .string(name)), ("rules", rules.json),
                ("immediately", .bool(immediately)),
            ]
        case .replicate(let name, let region, let key):
            [
                ("secret", .string(name)), ("region", .string(region)),
                ("key", key.map(JSON.string) ?? .null),
            ]
        case .removeReplica(let name, let region):
            [("secret", .string(name)), ("region", .string(region))]
        case .putPolicy(let name, let seen, let document):
            [
                ("secret", .string(name)), ("seen", seen.json),
                ("document", .string(document)),
            ]
        }
    }
}

extension PolicyCall {
    fileprivate var parameters: [(String, JSON)] {
        switch self {
        case .create(let name, let path, let document, let tags):
            [
                ("name", .string(name)), ("path", .string(path)), ("document", .string(document)),
                ("tags", JSON(tags)),
            ]
        case .createVersion(let arn, let document):
            [("policy", .string(arn)), ("document", .string(document))]
        case .deleteVersion(let arn, let version):
            [("policy", .string(arn)), ("version", .string(version))]
        case .delete(let arn):
            [("policy", .string(arn))]
        case .tag(let arn, let tags):
            [("policy", .string(arn)), ("tags", JSON(tags))]
        case .untag(let arn, let names):
            [("policy", .string(arn)), ("tag_keys", JSON(names))]
        case .attach(let arn, let principal), .detach(let arn, let principal):
            [("policy", .string(arn)), ("principal", .string(principal.description))]
        }
    }
}

extension RoleCall {
    fileprivate var parameters: [(String, JSON)] {
        switch self {
        case .create(let name, let path, let trust, let boundary, let tags):
            [
                ("name", .string(name)), ("path", .string(path)), ("trust", .string(trust)),
                ("boundary", boundary.map(JSON.string) ?? .null), ("tags", JSON(tags)),
            ]
        case .putTrust(let arn, let document):
            [("role", .string(arn)), ("trust", .string(document))]
        case .putBoundary(let arn, let boundary):
            [("role", .string(arn)), ("boundary", .string(boundary))]
        case .tag(let arn, let tags):
            [("role", .string(arn)), ("tags", JSON(tags))]
        case .untag(let arn, let names):
            [("role", .string(arn)), ("tag_keys", JSON(names))]
        case .delete(let arn):
            [("role", .string(arn))]
        }
    }
}

extension JSON {
    fileprivate init(_ reference: KeyReference) { self = .string(reference.description) }

    fileprivate init(_ number: Int) { self = .number(String(number)) }

    fileprivate init(_ strings: [String]) { self = .array(strings.sorted().map(JSON.string)) }

    fileprivate init(_ tags: [String: String]) {
        self = .object(
            JSONObject(tags.sorted { $0.key < $1.key }.map { ($0.key, .string($0.value)) }))
    }
}

extension ValueWrite {
    fileprivate var json: JSON {
        .object(
            JSONObject([
                ("seen", seen.map(JSON.string) ?? .null),
                ("token", token.map(JSON.string) ?? .null), ("source", source.json),
            ]))
    }
}

extension ValueSource {
    /// Where the value comes from, never the value.
    package var json: JSON {
        switch self {
        case .envFile: .object(JSONObject([("from", .string("env-file"))]))
        case .environment: .object(JSONObject([("from", .string("environment"))]))
        case .file(let path, let binary):
            .object(
                JSONObject([
                    ("from", .string("file")), ("path", .string(path)), ("binary", .bool(binary)),
                ]))
        case .command(let run):
            .object(
                JSONObject([
                    ("from", .string("command")), ("run", .array(run.map(JSON.string))),
                ]))
        case .generate(let length, let alphabet):
            .object(
                JSONObject([
                    ("generate", JSON(length)), ("alphabet", .string(alphabet.rawValue)),
                ]))
        case .external: .string("external")
        case .fields(let fields):
            .object(JSONObject([("fields", .array(fields.map(\.json)))]))
        }
    }
}

extension ValueSource.Field {
    fileprivate var json: JSON {
        switch source {
        case .literal(let text):
            .object(JSONObject([("name", .string(name)), ("literal", .string(text))]))
        case .value(let source):
            .object(JSONObject([("name", .string(name)), ("value", source.json)]))
        }
    }
}

extension Rotation.Rules {
    fileprivate var json: JSON {
        .object(
            JSONObject([
                ("function", .string(function ?? "managed")),
                ("every_days", everyDays.map { JSON($0) } ?? .null),
                ("schedule", expression.map(JSON.string) ?? .null),
                ("window_hours", windowHours.map { JSON($0) } ?? .null),
            ]))
    }
}

extension Secret.Live.ResourcePolicy {
    fileprivate var json: JSON {
        switch self {
        case .unread: .bool(false)
        case .none: .null
        case .text(let text): .string(text)
        }
    }
}
