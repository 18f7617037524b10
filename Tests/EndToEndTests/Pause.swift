import Glibc

/// A short wait on a thread outside Swift's pool, between two looks at another process.
enum Pause {
    static func milliseconds(_ count: Int32) { _ = poll(nil, 0, count) }
}
