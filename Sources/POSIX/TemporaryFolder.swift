import Glibc

/// A folder of its own under the system's temporary folder, removed with its last reference.
package final class TemporaryFolder: Sendable {
    package let path: String

    /// Makes the folder, readable by its owner only (mkdtemp(3) gives 0700).
    package init() throws(POSIXError) {
        let parent = ProcessEnvironment.value("TMPDIR") ?? "/tmp"
        var template = Array((parent + "/gaara-XXXXXX").utf8CString)
        guard let made = unsafe mkdtemp(&template) else {
            throw POSIXError(lastError: "make a temporary folder in", parent)
        }
        path = unsafe String(cString: made)
    }

    deinit { try? Folder.remove(path) }

    /// The path of `name` inside.
    package func file(_ name: String) -> String { path + "/" + name }
}
