/// What the resolver remembers, for how long, and what is being fetched.
///
/// A value: it does no I/O and reads no clock. Times are nanoseconds of a clock that never goes
/// back.
struct SecretCache: Sendable {
    /// What a caller who wants a secret is to do.
    enum Action: Sendable {
        case use(Secret)
        /// Fetch it, and say how that ended by `land`.
        case fetch(Flight)
        /// Wait for the one who fetches it.
        case join(Flight)
    }

    /// One fetch that is under way.
    struct Flight: Hashable, Sendable {
        fileprivate let number: UInt64
    }

    /// What happened so far, counted.
    struct Counts: Hashable, Sendable {
        var hits: UInt64 = 0
        var misses: UInt64 = 0
        var coalesced: UInt64 = 0
        var failures: UInt64 = 0
    }

    private struct Entry {
        let secret: Secret
        /// From this time on it is no longer used.
        let expiry: UInt64
    }

    private let lifetime: UInt64
    private var entries: [SecretName: Entry] = [:]
    private var flights: [SecretName: Flight] = [:]
    private var lastFlight: UInt64 = 0
    private(set) var counts = Counts()

    /// - Parameter lifetime: nanoseconds that a value is used after it was fetched; 0 keeps none.
    init(lifetime: UInt64) { self.lifetime = lifetime }

    /// - Parameter isForced: a value fetched before now will not do, nor one that is being fetched:
    ///   it may have been read before whatever the caller knows to have changed.
    mutating func lookUp(
        _ name: SecretName, at now: UInt64, isForced: Bool = false
    ) -> Action {
        if !isForced {
            if let entry = entries[name], now < entry.expiry {
                counts.hits += 1
                return .use(entry.secret)
            }
            if let flight = flights[name] {
                counts.coalesced += 1
                return .join(flight)
            }
        }
        counts.misses += 1
        lastFlight += 1
        let flight = Flight(number: lastFlight)
        flights[name] = flight
        return .fetch(flight)
    }

    /// Ends a flight; its value is kept unless a later flight or `clear` has overtaken it.
    mutating func land(
        _ flight: Flight, of name: SecretName, with result: Result<Secret, SecretError>,
        at now: UInt64
    ) {
        if case .failure(let error) = result, error.code != .cancelled { counts.failures += 1 }
        guard flights[name] == flight else { return }
        flights[name] = nil
        switch result {
        case .success(let secret):
            guard lifetime > 0 else { return }
            entries[name] = Entry(secret: secret, expiry: now.addingSaturating(lifetime))
        case .failure(let error):
            // What is gone or forbidden must not live on; after other trouble the value we have is
            // as good as it was.
            if [.notFound, .accessDenied, .refused].contains(error.code) { entries[name] = nil }
        }
    }

    /// Forgets one secret, or all with `nil`, and what is being fetched of them.
    mutating func clear(_ name: SecretName?) {
        guard let name else {
            entries = [:]
            flights = [:]
            return
        }
        entries[name] = nil
        flights[name] = nil
    }

    /// The names whose values would be used at `now`, sorted.
    func names(at now: UInt64) -> [SecretName] {
        entries.filter { now < $0.value.expiry }.keys.sorted()
    }
}

extension UInt64 {
    fileprivate func addingSaturating(_ other: UInt64) -> UInt64 {
        let (sum, overflow) = addingReportingOverflow(other)
        return overflow ? .max : sum
    }
}
