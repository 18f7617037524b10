internal import CCurl

/// What carries TLS here, for a person to be told.
package struct TLSFacts: Hashable, Sendable {
    /// libcurl's version: `7.88.1`.
    package let curl: String
    /// The library below it, with its version: `OpenSSL/3.0.17`; `nil` where libcurl has none.
    package let library: String?
    /// Whose certificates are believed: `/etc/ssl/certs`.
    package let trust: String

    package init(curl: String, library: String?, trust: String) {
        self.curl = curl
        self.library = library
        self.trust = trust
    }

    /// What the process runs on, with the trust that a transport made with `caBundle` has.
    package static func ofThisProcess(caBundle: String?) -> TLSFacts {
        // It gives one table whatever age is asked for, which says its own (curl_version_info(3)).
        let table = unsafe curl_version_info(CURLVERSION_FIRST)
        guard let version = unsafe table?.pointee else {
            return TLSFacts(curl: "of unknown version", library: nil, trust: "unknown")
        }
        let trust =
            switch TrustStore(bundle: caBundle) {
            case .file(let path), .folder(let path): path
            case .builtIn:
                // 7.70.0, CURLVERSION_SEVENTH.
                unsafe version.age.rawValue >= CURLVERSION_SEVENTH.rawValue
                    ? text(version.cainfo) ?? text(version.capath) ?? "libcurl's own certificates"
                    : "libcurl's own certificates"
            }
        return unsafe TLSFacts(
            curl: text(version.version) ?? "of unknown version", library: text(version.ssl_version),
            trust: trust)
    }

    private static func text(_ pointer: UnsafePointer<CChar>?) -> String? {
        guard let pointer = unsafe pointer else { return nil }
        let text = unsafe String(cString: pointer)
        return text.isEmpty ? nil : text
    }
}
