internal import CCurl

/// libcurl's handle of one transfer at a time, freed with its last reference.
///
/// Made, used and freed on the transfer thread only.
@safe final class EasyHandle {
    let pointer: UnsafeMutableRawPointer

    /// `nil` when there is no memory.
    init?() {
        guard let pointer = unsafe curl_easy_init() else { return nil }
        unsafe self.pointer = pointer
    }

    deinit { unsafe curl_easy_cleanup(pointer) }

    /// Forgets all options, the pointers among them; connections are the multi handle's and stay.
    func reset() { unsafe curl_easy_reset(pointer) }

    func set(_ option: CURLoption, _ value: Int) -> Bool {
        unsafe gaara_easy_set_long(pointer, option, value) == CURLE_OK
    }

    /// libcurl keeps a copy; `nil` takes the option back, defaults of the build included.
    func set(_ option: CURLoption, _ value: String?) -> Bool {
        guard let value else {
            return unsafe gaara_easy_set_text(pointer, option, nil) == CURLE_OK
        }
        return unsafe gaara_easy_set_text(pointer, option, value) == CURLE_OK
    }

    var status: Int { unsafe gaara_easy_status(pointer) }
}
