import Glibc

/// Runs programs in turns and prints the median time of each, from its start to its end.
///
/// Usage: StartTime ROUNDS PROGRAM [ARGUMENT] [-- PROGRAM [ARGUMENT]]...
///
/// One line a program: the median in milliseconds, then its ratio to that of the first. In turns,
/// so that what else the machine does meets all of them alike.
struct StartTime {
    let rounds: Int
    let programs: [[String]]

    init?(_ arguments: [String]) {
        guard let first = arguments.first, let rounds = Int(first), rounds > 0 else { return nil }
        self.rounds = rounds
        programs = arguments.dropFirst().split(separator: "--").map(Array.init)
        guard !programs.isEmpty else { return nil }
    }

    /// Nanoseconds of each program; `nil` when one does not run or does not end with 0.
    func medians() -> [UInt64]? {
        var times: [[UInt64]] = programs.map { _ in [] }
        // The first round only brings files into memory.
        for round in 0...rounds {
            for (index, program) in programs.enumerated() {
                guard let time = Self.time(of: program) else { return nil }
                if round > 0 { times[index].append(time) }
            }
        }
        return times.map { $0.sorted()[$0.count / 2] }
    }

    private static func time(of program: [String]) -> UInt64? {
        var actions = unsafe posix_spawn_file_actions_t()
        unsafe posix_spawn_file_actions_init(&actions)
        defer { unsafe posix_spawn_file_actions_destroy(&actions) }
        unsafe posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0)
        var arguments = unsafe program.map { unsafe strdup($0) } + [nil]
        defer { for index in unsafe arguments.indices { unsafe free(arguments[index]) } }
        var child: pid_t = 0
        let start = now()
        guard unsafe posix_spawn(&child, program[0], &actions, nil, &arguments, environ) == 0 else {
            return nil
        }
        var status: Int32 = 0
        guard unsafe waitpid(child, &status, 0) == child, status == 0 else { return nil }
        return now() - start
    }

    private static func now() -> UInt64 {
        var time = timespec()
        unsafe clock_gettime(CLOCK_MONOTONIC, &time)
        return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
    }
}

guard let run = StartTime(Array(CommandLine.arguments.dropFirst())), let medians = run.medians()
else {
    print("usage: StartTime ROUNDS PROGRAM [ARGUMENT] [-- PROGRAM [ARGUMENT]]...")
    exit(64)
}
for median in medians {
    let hundredths = (median * 100 + medians[0] / 2) / medians[0]
    let milliseconds = (median + 50_000) / 100_000
    print(
        "\(milliseconds / 10).\(milliseconds % 10) ms",
        "\(hundredths / 100).\(hundredths % 100 < 10 ? "0" : "")\(hundredths % 100)")
}
