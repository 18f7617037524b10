/// How many public cases of a group agree, printed when a test is done with them.
struct Tally {
    private let group: String
    private(set) var run = 0
    /// What of a case is otherwise than recorded, where nothing says that it should be.
    private(set) var differences: [String: [String]] = [:]
    /// The cases that are deliberately answered otherwise, by the reason.
    private(set) var deviations: [String: Set<String>] = [:]

    init(_ group: String) { self.group = group }

    /// - Parameter reason: why a difference is deliberate; `nil` where there should be none.
    mutating func add(_ id: String, _ differences: [String], because reason: String? = nil) {
        run += 1
        guard !differences.isEmpty else { return }
        if let reason {
            deviations[reason, default: []].insert(id)
        } else {
            self.differences[id] = differences
        }
    }

    /// `credentials.json awsLogin: run 8, agree 7, differ 1`, and a line for each reason.
    var lines: [String] {
        let deliberate = deviations.map { (reason: $0.key, count: $0.value.count) }
        let differ = deliberate.reduce(differences.count) { $0 + $1.count }
        return ["\(group): run \(run), agree \(run - differ), differ \(differ)"]
            + deliberate.sorted { $0.reason < $1.reason }
            .map { "\(group): \($0.count) differ: \($0.reason)" }
    }

    func report() {
        for line in lines { print(line) }
    }
}
