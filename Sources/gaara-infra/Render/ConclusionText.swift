internal import GaaraEngine
internal import GaaraPlan

/// The last lines of an apply or destroy: how much was done, and of which changeset.
struct ConclusionText {
    let changeset: Changeset
    let receipt: Receipt
    let style: Style

    var text: String { style.bold(sentence) + "\nFingerprint: \(changeset.fingerprint)\n" }

    private var sentence: String {
        let word = changeset.isDestroy ? "Destroy" : "Apply"
        guard !receipt.isComplete else {
            return "\(word) complete: \(Summary(receipt.effective).done)."
        }
        let counts = [
            "\(receipt.effective.count) done", "\(receipt.failures.count) failed",
            "\(receipt.notTried.count) not tried",
        ]
        return "\(word) stopped: \(counts.joined(separator: ", "))."
    }
}
