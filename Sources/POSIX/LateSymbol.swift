import Glibc

/// C functions that the C library has but Swift's view of its headers hides.
///
/// They are declared under `_GNU_SOURCE`, which the Glibc module does not define, or are variadic;
/// this target has no C part of its own. They are looked up by name when first needed. A type in
/// `@convention(c)` with fixed parameters calls a variadic function correctly on x86-64 and on
/// aarch64 Linux, since no floating-point value is passed.
enum LateSymbol {
    /// prctl(PR_SET_DUMPABLE); false when it is not available or refuses.
    static func setDumpable(_ isDumpable: Bool) -> Bool {
        prctl(setDumpable, isDumpable ? 1 : 0) == 0
    }

    /// prctl(PR_GET_DUMPABLE); true when it is not available.
    static var isDumpable: Bool { prctl(getDumpable, 0) != 0 }

    // linux/prctl.h
    private static let getDumpable: Int32 = 3
    private static let setDumpable: Int32 = 4

    private static func prctl(_ option: Int32, _ value: UInt) -> Int32 {
        typealias Function = @convention(c) (Int32, UInt, UInt, UInt, UInt) -> Int32
        guard let symbol = unsafe dlsym(nil, "prctl") else { return -1 }
        let function = unsafe unsafeBitCast(symbol, to: Function.self)
        return function(option, value, 0, 0, 0)
    }

    /// posix_spawn_file_actions_addclosefrom_np, glibc 2.34; false when it is not available.
    static func addCloseFrom(
        _ first: Int32, to actions: inout posix_spawn_file_actions_t
    ) -> Bool {
        typealias Function =
            @convention(c) (
                UnsafeMutablePointer<posix_spawn_file_actions_t>, Int32
            ) -> Int32
        guard let symbol = unsafe dlsym(nil, "posix_spawn_file_actions_addclosefrom_np") else {
            return false
        }
        let function = unsafe unsafeBitCast(symbol, to: Function.self)
        return unsafe function(&actions, first) == 0
    }

    /// posix_spawn_file_actions_addchdir_np, glibc 2.29; false when it is not available.
    static func addChangeFolder(
        _ path: String, to actions: inout posix_spawn_file_actions_t
    ) -> Bool {
        typealias Function =
            @convention(c) (
                UnsafeMutablePointer<posix_spawn_file_actions_t>, UnsafePointer<CChar>
            ) -> Int32
        guard let symbol = unsafe dlsym(nil, "posix_spawn_file_actions_addchdir_np") else {
            return false
        }
        let function = unsafe unsafeBitCast(symbol, to: Function.self)
        return unsafe function(&actions, path) == 0
    }
}
