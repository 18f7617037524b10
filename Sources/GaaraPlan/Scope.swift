/// What the person asked for beyond the plan itself: it is part of what is approved.
package struct Scope: Hashable, Sendable {
    /// Globs over addresses; empty for everything.
    package var only: [String]
    package var except: [String]
    /// Whether things with our names and without our tags are taken over.
    package var adopt: Bool
    /// Whether orphans are deleted.
    package var prune: Bool
    /// Secrets whose value, changed outside, is overwritten.
    package var overwrite: Set<String>
    /// Whether `destroy` takes the keys down, and nothing else.
    package var key: Bool

    package init(
        only: [String] = [], except: [String] = [], adopt: Bool = false, prune: Bool = false,
        overwrite: Set<String> = [], key: Bool = false
    ) {
        self.only = only
        self.except = except
        self.adopt = adopt
        self.prune = prune
        self.overwrite = overwrite
        self.key = key
    }

    package func contains(_ address: Address) -> Bool {
        let text = address.description
        let isAskedFor = only.isEmpty || only.contains { Self.matches(text, $0) }
        return isAskedFor && !except.contains { Self.matches(text, $0) }
    }

    /// Whether `text` matches `glob`, in which `*` stands for any characters, `/` included, and `?`
    /// for one.
    package static func matches(_ text: String, _ glob: String) -> Bool {
        let text = Array(text)
        let glob = Array(glob)
        var (at, pattern) = (0, 0)
        var retry: (at: Int, pattern: Int)?
        while at < text.count {
            if pattern < glob.count, glob[pattern] == "*" {
                pattern += 1
                retry = (at, pattern)
            } else if pattern < glob.count, glob[pattern] == "?" || glob[pattern] == text[at] {
                at += 1
                pattern += 1
            } else if let last = retry {
                at = last.at + 1
                pattern = last.pattern
                retry = (at, pattern)
            } else {
                return false
            }
        }
        return glob[pattern...].allSatisfy { $0 == "*" }
    }
}
