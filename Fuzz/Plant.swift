/// A defect for `Scripts/fuzz --self-test`, which proves that each target would report one.
///
/// The targets show it what came out of the reader, so it is reached only by an input that the
/// reader takes. Without `-D PLANTED` it does nothing.
enum Plant {
    static func see(_ text: String) {
        #if PLANTED
            if text.utf8.count >= 5, text.utf8.starts(with: "pLaNt".utf8) { readOutOfBounds() }
        #endif
    }

    #if PLANTED
        private static func readOutOfBounds() {
            let memory = UnsafeMutablePointer<UInt8>.allocate(capacity: 16)
            defer { unsafe memory.deallocate() }
            unsafe memory.initialize(repeating: 7, count: 16)
            // Printed, so that the read is not optimised away.
            print("read", unsafe memory[16])
        }
    #endif
}
