/// How fast each API may be called, kept on our side, so that a large apply runs at the allowed
/// rate instead of being throttled.
///
/// A value: it reads no clock. When a service throttles all the same, because others use the
/// account too, the lane of the refused call stands still for as long as that call waits before it
/// is sent again; an operation without a lane holds back its whole service.
package struct Pacing: Sendable {
    /// A place among the calls of a lane.
    package struct Turn: Hashable, Sendable {
        /// Nanoseconds to wait before sending.
        package let wait: UInt64
        fileprivate let road: Road
        fileprivate let moment: UInt64
    }

    /// A lane in a region; without a lane, all the unpaced of a service.
    fileprivate struct Road: Hashable, Sendable {
        let service: ServiceID
        let lane: Int?
        let region: String
    }

    /// The moments of a lane's calls in the last second and to come, in order.
    private struct Window: Sendable {
        private var moments: [UInt64] = []
        /// How many at the front are older than anybody asks for; taken out by and by.
        private var past = 0

        /// The earliest moment from `now` on that leaves no second with more than `limit`.
        mutating func take(_ limit: Int, from now: UInt64) -> UInt64 {
            while past < moments.count, moments[past] + 1_000_000_000 <= now { past += 1 }
            if past > 64, past * 2 > moments.count {
                moments.removeFirst(past)
                past = 0
            }
            var moment = now
            // A second after the call that is `limit` places before, in the order of moments.
            if moments.count - past >= limit {
                moment = max(now, moments[moments.count - limit] + 1_000_000_000)
            }
            var index = moments.count
            while index > past, moments[index - 1] > moment { index -= 1 }
            moments.insert(moment, at: index)
            return moment
        }

        mutating func giveBack(_ moment: UInt64) {
            guard let index = moments[past...].lastIndex(of: moment) else { return }
            moments.remove(at: index)
        }
    }

    private var windows: [Road: Window] = [:]
    /// Until when a road stands still, after the service said that it is too busy.
    private var pauses: [Road: UInt64] = [:]

    package init() {}

    /// Takes the next place for `operation`.
    ///
    /// - Parameter now: nanoseconds of a clock that never goes back.
    package mutating func reserve(
        _ operation: Operation, in region: String, at now: UInt64
    ) -> Turn {
        let road = Self.road(operation, region)
        let start = max(now, pauses[road] ?? 0)
        var moment = start
        if let lane = road.lane {
            moment = windows[road, default: Window()].take(Self.lanes[lane].perSecond, from: start)
        }
        return Turn(wait: moment - now, road: road, moment: moment)
    }

    /// Takes back a place that was not used, so that the next caller need not wait for it.
    package mutating func giveBack(_ turn: Turn) {
        windows[turn.road]?.giveBack(turn.moment)
    }

    /// Lets no further call of the operation's lane begin before `until`.
    package mutating func pause(_ operation: Operation, in region: String, until: UInt64) {
        let road = Self.road(operation, region)
        pauses[road] = max(pauses[road] ?? 0, until)
    }

    private static func road(_ operation: Operation, _ region: String) -> Road {
        Road(
            service: operation.service,
            lane: laneOf[Name(service: operation.service, name: operation.name)], region: region)
    }

    private static let laneOf: [Name: Int] = Dictionary(
        lanes.enumerated().flatMap { index, lane in
            lane.names.map { (Name(service: lane.service, name: $0), index) }
        },
        uniquingKeysWith: { first, _ in first })

    private struct Name: Hashable {
        let service: ServiceID
        let name: String
    }
}
