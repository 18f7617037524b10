package import GaaraPlan
package import GaaraStore
internal import JSON
internal import POSIX

/// The declared values that are at hand, in memory and nowhere else.
package struct Values: Sendable {
    private var parts: [SecretName: [String: SecretValue]] = [:]
    private var missing: [SecretName: String] = [:]

    package init() {}

    /// Whether any source gave anything.
    var isAnyAtHand: Bool { !parts.isEmpty }

    /// Reads what the sources give for `secrets`.
    ///
    /// A source that gives nothing is no error here: the value is then not compared, and apply
    /// refuses to create without it.
    package init(of secrets: [Secret], from sources: ValueSources) {
        for secret in secrets {
            do throws(ValueGap) {
                parts[secret.name] = try sources.parts(of: secret)
                try refuseTooLong(secret)
            } catch {
                parts[secret.name] = nil
                missing[secret.name] = error.reason
            }
        }
    }

    /// Fields that are short enough each may be too long together.
    private func refuseTooLong(_ secret: Secret) throws(ValueGap) {
        guard !secret.value.isDrawn, let value = try? value(of: secret, random: { _ in [] })
        else { return }
        try ValueSources.refuseTooLong(value)
    }

    /// What is at hand of each of `secrets`, told without the values.
    ///
    /// - Parameter readings: of values in force that were read, whether they are the declared ones.
    package func supply(
        of secrets: [Secret], pepper: Pepper?, identity: Identity,
        readings: [SecretName: Bool] = [:]
    ) -> [SecretName: Supply] {
        var supply: [SecretName: Supply] = [:]
        for secret in secrets where secret.value != .external {
            if let reason = missing[secret.name] {
                supply[secret.name] = .missing(reason)
            } else if secret.value.isDrawn {
                supply[secret.name] = .drawn
            } else if parts[secret.name] == nil {
                continue
            } else {
                let value = try? self.value(of: secret, random: { _ in [] })
                let token = pepper.flatMap { pepper in
                    value.map { pepper.token(of: $0, name: secret.path(in: identity)) }
                }
                if let isSame = readings[secret.name] {
                    supply[secret.name] = .read(isSame: isSame, token: token)
                } else {
                    supply[secret.name] = token.map(Supply.token) ?? .unkeyed
                }
            }
        }
        return supply
    }

    /// Whether `live` is the declared value; `nil` where there is none at hand, or it is drawn.
    func isSame(_ live: SecretValue, as secret: Secret) -> Bool? {
        guard !secret.value.isDrawn, parts[secret.name] != nil,
            let declared = try? value(of: secret, random: { _ in [] })
        else { return nil }
        return declared.kind == live.kind && declared.constantTimeEquals(live)
    }

    /// Whether a value of `secret` is at hand that another could be compared with.
    func canCompare(_ secret: Secret) -> Bool {
        parts[secret.name] != nil && !secret.value.isDrawn
    }

    /// The value to write.
    ///
    /// Its random parts are drawn here, so every call gives others.
    ///
    /// - Parameter random: that many random bytes.
    package func value(
        of secret: Secret, random: (Int) throws -> [UInt8]
    ) throws(EngineError) -> SecretValue {
        guard let parts = parts[secret.name] else {
            throw EngineError(
                .value, "no value for \(secret.address)", hint: missing[secret.name])
        }
        guard case .fields(let fields) = secret.value else {
            return try Self.part(secret.value, parts[""], secret, random)
        }
        var text: [UInt8] = []
        for field in fields.sorted(by: { $0.name < $1.name }) {
            text.append(text.isEmpty ? UInt8(ascii: "{") : UInt8(ascii: ","))
            JSON.appendQuoted(field.name.utf8, to: &text)
            text.append(UInt8(ascii: ":"))
            switch field.source {
            case .literal(let literal): JSON.appendQuoted(literal.utf8, to: &text)
            case .value(let source):
                let value = try Self.part(source, parts[field.name], secret, random)
                value.bytes.withBytes { JSON.appendQuoted($0, to: &text) }
            }
        }
        text.append(UInt8(ascii: "}"))
        return SecretValue(.string, text)
    }

    private static func part(
        _ source: ValueSource, _ found: SecretValue?, _ secret: Secret,
        _ random: (Int) throws -> [UInt8]
    ) throws(EngineError) -> SecretValue {
        if case .generate(let length, let alphabet) = source {
            do {
                return try RandomText(length: length, alphabet: alphabet).draw(random)
            } catch {
                throw EngineError(.value, "no random bytes for \(secret.address)")
            }
        }
        guard let found else {
            throw EngineError(.value, "no value for \(secret.address)")
        }
        return found
    }
}

extension ValueSource {
    /// Whether any part is drawn at random, so that the value is known only in apply.
    package var isDrawn: Bool {
        switch self {
        case .generate: true
        case .fields(let fields):
            fields.contains { field in
                if case .value(let source) = field.source { source.isDrawn } else { false }
            }
        case .envFile, .environment, .file, .command, .external: false
        }
    }
}
