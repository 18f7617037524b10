import Glibc

/// The environment that this process was given.
///
/// To be read once at the start and passed on as a value. The C library's environment is shared
/// and unlocked: `set` and `unset` belong before the first thread.
package enum ProcessEnvironment {
    /// All variables.
    ///
    /// Of a name that appears twice the first counts, as in getenv(3); bytes that are not UTF-8
    /// are replaced (see `bytes`).
    package static func snapshot() -> [String: String] {
        var variables: [String: String] = [:]
        let first: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>? = unsafe environ
        guard var entry = unsafe first else { return variables }
        while let text = unsafe entry.pointee {
            let line = unsafe String(cString: text)
            if let equals = line.dropFirst().firstIndex(of: "=") {
                let name = String(line[..<equals])
                if variables[name] == nil {
                    variables[name] = String(line[line.index(after: equals)...])
                }
            }
            unsafe entry += 1
        }
        return variables
    }

    /// One variable; `nil` when it is not set.
    package static func value(_ name: String) -> String? {
        guard let text = unsafe getenv(name) else { return nil }
        return unsafe String(cString: text)
    }

    /// One variable exactly as it stands, for values that need not be text.
    package static func bytes(_ name: String) -> [UInt8]? {
        guard let text = unsafe getenv(name) else { return nil }
        return unsafe [UInt8](UnsafeRawBufferPointer(start: text, count: strlen(text)))
    }

    /// Gives a variable a value, for libraries that read the environment by themselves.
    package static func set(_ name: String, _ value: String) {
        unsafe setenv(name, value, 1)
    }

    /// Takes a variable away, from this process and its later children.
    package static func unset(_ name: String) {
        unsafe unsetenv(name)
    }
}
