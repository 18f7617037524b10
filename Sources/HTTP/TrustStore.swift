import Glibc

/// Whose certificates are believed, in the form that costs libcurl least.
///
/// Debian's libcurl has both a file and a hashed folder as defaults, and with a folder set it reads
/// the whole file again for every connection: 27 to 50 ms each, against 2 with the folder alone,
/// which is looked into by hash (measured on 7.88.1; `cache_criteria_met` in lib/vtls/openssl.c).
package enum TrustStore: Hashable, Sendable {
    /// A file of PEM certificates, and nothing else.
    case file(String)
    /// A folder made by `openssl rehash`.
    case folder(String)
    /// What libcurl was built with.
    case builtIn

    /// Debian's, and that of most distributions.
    package static let systemFolder = "/etc/ssl/certs"

    package init(bundle: String?, systemFolder: String = TrustStore.systemFolder) {
        if let bundle {
            self = .file(bundle)
        } else if Self.isHashed(systemFolder) {
            self = .folder(systemFolder)
        } else {
            self = .builtIn
        }
    }

    /// Whether the folder has an entry such as `5ed36f99.0` (openssl-rehash(1)).
    private static func isHashed(_ folder: String) -> Bool {
        guard let stream = unsafe opendir(folder) else { return false }
        defer { unsafe closedir(stream) }
        while let entry = unsafe readdir(stream) {
            guard let offset = MemoryLayout<dirent>.offset(of: \.d_name) else { return false }
            let start = unsafe UnsafeRawPointer(entry).advanced(by: offset)
            let name = unsafe String(cString: start.assumingMemoryBound(to: CChar.self))
            if name.utf8.count == 10, name.hasSuffix(".0") { return true }
        }
        return false
    }
}
