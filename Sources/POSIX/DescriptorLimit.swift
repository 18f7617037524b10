import Glibc

/// How many files and connections this process may have open.
package enum DescriptorLimit {
    /// Asks for as many as the system allows without privilege, and gives the number.
    @discardableResult
    package static func raise() -> Int {
        var limit = rlimit()
        let files = __rlimit_resource_t(RLIMIT_NOFILE.rawValue)
        guard unsafe getrlimit(files, &limit) == 0 else { return 256 }
        if limit.rlim_cur < limit.rlim_max {
            // Where the system says "no limit" poll(2) is still given one entry a connection.
            var raised = rlimit(
                rlim_cur: min(limit.rlim_max, 65_536), rlim_max: limit.rlim_max)
            if raised.rlim_cur > limit.rlim_cur, unsafe setrlimit(files, &raised) == 0 {
                limit = raised
            }
        }
        return Int(clamping: limit.rlim_cur)
    }
}
