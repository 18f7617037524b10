package import GaaraStore

/// One secret: its name, where its value comes from, and how it is kept.
package struct Secret: Hashable, Sendable {
    package var name: SecretName
    package var description: String
    /// The environment variable that stands for it in `.env` and in the process environment.
    package var variable: String
    package var value: ValueSource
    package var owner: Owner
    /// Days in which a deleted secret can be restored, 7 to 30.
    package var recoveryWindowDays: Int
    package var isProtected: Bool
    package var rotation: RotationPart
    /// `nil` where the plan does not say: then replicas are not managed.
    package var replicas: [Replica]?
    /// `nil` where the plan does not say: then the resource policy is not managed.
    package var readersOnly: Bool?
    package var place: Place

    /// Who corrects a value that differs.
    package enum Owner: String, Hashable, Sendable {
        /// The plan: a difference is corrected.
        case plan
        /// Set once at creation, then left to rotation or to people.
        case initial
    }

    package struct Replica: Hashable, Sendable {
        package var region: String
        /// `alias/NAME` or a key ARN in that region; `nil` for AWS's own key.
        package var key: String?
        package var place: Place

        package init(region: String, key: String?, place: Place) {
            self.region = region
            self.key = key
            self.place = place
        }
    }

    package init(
        name: SecretName, description: String = "", variable: String, value: ValueSource,
        owner: Owner, recoveryWindowDays: Int = 30, isProtected: Bool = false,
        rotation: RotationPart = .unmanaged, replicas: [Replica]? = nil, readersOnly: Bool? = nil,
        place: Place
    ) {
        self.name = name
        self.description = description
        self.variable = variable
        self.value = value
        self.owner = owner
        self.recoveryWindowDays = recoveryWindowDays
        self.isProtected = isProtected
        self.rotation = rotation
        self.replicas = replicas
        self.readersOnly = readersOnly
        self.place = place
    }
}

/// Where a value comes from.
///
/// Never the value: a literal secret in a plan is refused.
package indirect enum ValueSource: Hashable, Sendable {
    /// The variable of the secret or field, in the file given by `--env-file`.
    case envFile
    /// The variable of the secret or field, in the environment of the process.
    case environment
    /// A file under the plan's folder; `binary` stores it as SecretBinary.
    case file(path: String, binary: Bool)
    /// A program and its arguments, run without a shell; its standard output less one final
    /// newline is the value. Only with `--allow-commands`.
    case command([String])
    /// Drawn at random in apply, once, when the secret is created.
    case generate(length: Int, alphabet: Alphabet)
    /// Neither the secret nor its value is ours; it must exist.
    case external
    /// One JSON object made of these fields, in the order of their names.
    case fields([Field])

    package enum Alphabet: String, Hashable, Sendable, CaseIterable {
        case alphanumeric
        case urlSafe = "url-safe"
        case hex
        case printable
    }

    package struct Field: Hashable, Sendable {
        package var name: String
        /// The environment variable of `from: env-file` and `from: environment`; by default the
        /// secret's, an underscore and the field's name in upper case.
        package var variable: String
        package var source: Source
        package var place: Place

        package enum Source: Hashable, Sendable {
            /// Plain text beside a secret field, such as a user name. Not a secret.
            case literal(String)
            /// Any source but `external` and `fields`.
            case value(ValueSource)
        }

        package init(name: String, variable: String, source: Source, place: Place) {
            self.name = name
            self.variable = variable
            self.source = source
            self.place = place
        }
    }
}
