internal import CCurl
import Glibc

/// libcurl as a whole, set up once for the process.
enum CurlLibrary {
    static func prepare() { _ = isReady }

    /// Whether libcurl could be set up.
    static let isReady: Bool = {
        // curl_global_init opens the file that this variable names (vtls/keylog.c).
        unsafe unsetenv("SSLKEYLOGFILE")
        return curl_global_init(Int(CURL_GLOBAL_DEFAULT)) == CURLE_OK
    }()
}
