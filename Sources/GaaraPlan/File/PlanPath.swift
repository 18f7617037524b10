/// Paths that a plan names.
///
/// Pure text: whether something is a link is for who opens it.
package enum PlanPath {
    /// Whether `path` is relative and stays in its folder: no `..`, no empty part, no backslash or
    /// control character.
    package static func isBelowItsFolder(_ path: String) -> Bool {
        guard !path.unicodeScalars.contains(where: { $0.value < 0x20 || $0 == "\\" }) else {
            return false
        }
        let parts = path.split(separator: "/", omittingEmptySubsequences: false)
        return parts.allSatisfy { $0 != ".." && !$0.isEmpty }
    }

    /// `path` relative to the folder of `file`: `plans/base.yaml` beside `plans/staging.yaml`.
    package static func beside(_ file: String, _ path: String) -> String {
        let plain = path.split(separator: "/").filter { $0 != "." }.joined(separator: "/")
        guard let slash = file.lastIndex(of: "/") else { return plain }
        return file[...slash] + plain
    }
}
