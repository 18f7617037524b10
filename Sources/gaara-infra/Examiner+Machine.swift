#if CommandLine
    internal import AWS
    internal import GaaraEngine
    internal import GaaraPlan
    internal import GaaraStore
    internal import HTTP
    internal import JSON
    internal import POSIX
    internal import SigV4

    /// Credentials, endpoints, clock, TLS and proxy.
    extension Examiner {
        /// Whether there is somebody to act as.
        mutating func examineCredentials(of client: AWSClient) async -> Bool {
            do throws(CredentialError) {
                tell(try await client.currentCredentials())
            } catch {
                let hint = EngineError(AWSError(.credentials, ""), doing: "").hint
                switch error {
                case .absent(let places):
                    add(
                        "credentials", .bad, "none were found", hint: hint,
                        details: [("looked_at", .array(places.map(JSON.string)))], more: places)
                case .unusable(let reason): add("credentials", .bad, reason)
                case .cancelled: add("credentials", .unknown, "the search was cancelled")
                }
                add("identity", .unknown, "not asked without credentials")
                return false
            }
            do {
                let caller = try await client.send(STS.GetCallerIdentity())
                add(
                    "identity", .good, "\(caller.arn), account \(caller.account)",
                    details: [
                        ("arn", .string(caller.arn)), ("account", .string(caller.account)),
                    ])
                return true
            } catch {
                add("identity", error)
                return false
            }
        }

        private mutating func tell(_ credentials: Credentials) {
            for warning in credentials.warnings { add("credentials", .doubtful, warning) }
            let id = credentials.signing.shortKeyID
            var text = (id.map { "\($0) from " } ?? "from ") + credentials.source
            let details: [(String, JSON)] = [
                ("source", .string(credentials.source)),
                ("access_key_id", id.map(JSON.string) ?? .null),
                (
                    "expiration",
                    credentials.expiration.map { .string(Self.moment($0)) } ?? .null
                ), ("long_lived", .bool(credentials.isLongLived)),
            ]
            if let end = credentials.expiration {
                let minutes = (end - world.now()) / 60
                text += ", until \(Self.moment(end))"
                text += minutes >= 0 ? " (in \(minutes) minutes)" : ", which is over"
                let hint = "new ones before a long apply, where these come from"
                let verdict: Examination.Verdict =
                    minutes < Self.shortMinutes ? .doubtful : .good
                return add(
                    "credentials", verdict, text, hint: verdict == .good ? nil : hint,
                    details: details)
            }
            guard credentials.isLongLived, isProduction else {
                text += credentials.isLongLived ? ", a key that never ends" : ", no end is known"
                return add("credentials", .good, text, details: details)
            }
            add(
                "credentials", .doubtful, text + ", a key that never ends, in production",
                hint: (plan?.operators ?? Operators()).advice, details: details)
        }

        /// What is left when the SDKs begin to fetch new ones (botocore `credentials.py`,
        /// `_advisory_refresh_timeout`).
        private static let shortMinutes: Int64 = 15

        private static func moment(_ seconds: Int64) -> String {
            SigningDate(secondsSince1970: Int(seconds)).extended
        }

        private var isProduction: Bool {
            plan?.identity.environment == .production
                || world.environment["ENVIRONMENT"] == "production"
        }

        /// Knocks at each service that the tool calls, then tells of clock, TLS and proxy.
        mutating func examineEndpoints(of client: AWSClient) async {
            async let sts = client.reach(.sts)
            async let kms = client.reach(.kms)
            async let secrets = client.reach(.secretsManager)
            async let iam = client.reach(.iam)
            let found: [(ServiceID, AWSClient.Reach)] = await [
                (.sts, sts), (.kms, kms), (.secretsManager, secrets), (.iam, iam),
            ]
            let doors = found.map { Door($0, client.settings.endpoint(for: $0), $1.error) }
            var told: Set<Door> = []
            for door in doors where told.insert(door).inserted {
                tell(door, services: zip(found, doors).filter { $1 == door }.map(\.0.0))
            }
            examineClock(of: client)
            examineTLS(client.settings, found.compactMap(\.1.error))
            examineProxy(client.settings, found.map(\.0))
        }

        /// What is told of an endpoint; services with one endpoint share it.
        private struct Door: Hashable {
            let url: String
            let source: String
            let error: AWSError?

            init(_ service: ServiceID, _ endpoint: Endpoint, _ error: AWSError?) {
                let scheme = endpoint.address.isSecure ? "https" : "http"
                url = "\(scheme)://\(endpoint.address.authority)"
                source = endpoint.source ?? "AWS's own"
                self.error = error
            }
        }

        private mutating func tell(_ door: Door, services: [ServiceID]) {
            let names = services.map(\.actionPrefix)
            let text = "\(door.url) (\(door.source)) for \(names.joined(separator: ", "))"
            let details: [(String, JSON)] = [
                ("url", .string(door.url)), ("source", .string(door.source)),
                ("services", .array(names.map(JSON.string))),
                ("reached", .bool(door.error == nil)),
            ]
            guard let error = door.error else {
                return add("endpoint", .good, text, details: details)
            }
            add(
                "endpoint", .bad, "\(text): \(error.message)",
                hint: EngineError(error, doing: "").hint, details: details)
        }

        private mutating func examineClock(of client: AWSClient) {
            guard let offset = client.clockOffset else {
                return add("clock", .unknown, "no answer has a date to compare with")
            }
            let details: [(String, JSON)] = [("offset_seconds", .number(String(offset.seconds)))]
            guard offset.isTooMuch else {
                return add("clock", .good, "\(offset)", details: details)
            }
            add(
                "clock", .doubtful, "\(offset); signatures are corrected by it",
                hint: "set it, for example with: sudo timedatectl set-ntp true", details: details)
        }

        /// - Parameter settings: `nil` where there are none that can be used.
        mutating func examineTLS(_ settings: Settings?, _ errors: [AWSError]) {
            let bundle = settings?.found.certificateBundle
            let facts = world.tls(bundle?.value)
            let trust = facts.trust + (bundle.map { " (\($0.source))" } ?? "")
            let library = facts.library ?? "no TLS library"
            let details: [(String, JSON)] = [
                ("libcurl", .string(facts.curl)),
                ("library", facts.library.map(JSON.string) ?? .null),
                ("trust", .string(facts.trust)),
                ("trust_source", .string(bundle?.source ?? "the system")),
            ]
            let text = "libcurl \(facts.curl), \(library), 1.2 or later, trusts \(trust)"
            if facts.library == nil {
                add(
                    "tls", .bad, text, hint: "install a libcurl with OpenSSL: libcurl4",
                    details: details)
            } else if errors.contains(where: { $0.kind == .untrusted }) {
                add(
                    "tls", .bad, "\(text), by which a certificate does not verify",
                    hint: "behind a proxy that opens TLS, AWS_CA_BUNDLE names its certificate",
                    details: details)
            } else {
                add("tls", .good, text, details: details)
            }
        }

        private mutating func examineProxy(_ settings: Settings, _ services: [ServiceID]) {
            let proxies = services.map { ($0, settings.proxy(for: $0)) }
            guard let first = proxies.compactMap(\.1).first else {
                return add("proxy", .good, "none", details: [("proxy", .null)])
            }
            let through = proxies.filter { $0.1 == first }.map(\.0.actionPrefix)
            let part =
                through.count == services.count ? "" : ", for " + through.joined(separator: ", ")
            add(
                "proxy", .good, "\(first.value) (\(first.source))\(part)",
                details: [
                    ("proxy", .string(first.value)), ("source", .string(first.source)),
                    ("services", .array(through.map(JSON.string))),
                ])
        }
    }
#endif
