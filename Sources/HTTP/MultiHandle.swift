internal import CCurl

/// libcurl's set of transfers that run together.
///
/// Owned by the transfer thread; `wakeUp` alone may be called by others (curl_multi_wakeup(3)),
/// while the mailbox's lock holds the thread back from freeing the handle.
@safe struct MultiHandle: Sendable {
    nonisolated(unsafe) private let pointer: UnsafeMutableRawPointer

    /// `nil` when there is no memory.
    init?() {
        guard let pointer = unsafe curl_multi_init() else { return nil }
        unsafe self.pointer = pointer
    }

    func wakeUp() { unsafe _ = curl_multi_wakeup(pointer) }

    /// Frees it; no transfer may be in it any more.
    func free() { unsafe _ = curl_multi_cleanup(pointer) }

    func add(_ easy: UnsafeMutableRawPointer) -> Bool {
        unsafe curl_multi_add_handle(pointer, easy) == CURLM_OK
    }

    func remove(_ easy: UnsafeMutableRawPointer) {
        unsafe _ = curl_multi_remove_handle(pointer, easy)
    }

    /// Does what can be done without waiting; false when libcurl itself is broken.
    func perform() -> Bool {
        var running: Int32 = 0
        return unsafe curl_multi_perform(pointer, &running) == CURLM_OK
    }

    /// Waits for a socket, a timer of libcurl or `wakeUp`, for so many milliseconds at most.
    func wait(milliseconds: Int32) {
        unsafe _ = curl_multi_poll(pointer, nil, 0, milliseconds, nil)
    }

    /// The next transfer that came to its end, with its result; `nil` when there is none.
    func nextFinished() -> (easy: UnsafeMutableRawPointer, code: CURLcode)? {
        var left: Int32 = 0
        while let message = unsafe curl_multi_info_read(pointer, &left) {
            // The message is libcurl's and ends with the next call: copy at once.
            let copy = unsafe message.pointee
            if unsafe copy.msg == CURLMSG_DONE, let easy = unsafe copy.easy_handle {
                return unsafe (easy, copy.data.result)
            }
        }
        return nil
    }
}
