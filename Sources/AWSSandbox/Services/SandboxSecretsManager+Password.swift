internal import JSON

/// Random passwords, of the sandbox's seed: nothing for real use.
extension SandboxSecretsManager {
    private static let punctuation = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~"

    static func getRandomPassword(
        _ call: Call, _ input: Input, _ region: inout Region
    ) throws(Refused) -> JSON? {
        let length = try input.number("PasswordLength", in: 1...4096) ?? 32
        let excluded = Set(try input.text("ExcludeCharacters", length: 0...4096) ?? "")
        var kinds: [[Character]] = []
        func add(_ letters: String, unless flag: String) throws(Refused) {
            guard try !(input.flag(flag) ?? false) else { return }
            kinds.append(letters.filter { !excluded.contains($0) }.map(\.self))
        }
        try add("abcdefghijklmnopqrstuvwxyz", unless: "ExcludeLowercase")
        try add("ABCDEFGHIJKLMNOPQRSTUVWXYZ", unless: "ExcludeUppercase")
        try add("0123456789", unless: "ExcludeNumbers")
        try add(punctuation, unless: "ExcludePunctuation")
        var all = kinds.flatMap(\.self)
        if try input.flag("IncludeSpace") ?? false, !excluded.contains(" ") { all.append(" ") }
        guard !all.isEmpty else { throw Refused(.passwordOfNothing) }

        func draw(_ letters: [Character]) -> Character {
            letters[Int(region.random.next() % UInt64(letters.count))]
        }
        var password = (0..<length).map { _ in draw(all) }
        if try input.flag("RequireEachIncludedType") ?? true {
            let required = kinds.filter { !$0.isEmpty }
            guard required.count <= length else { throw Refused(.passwordTooShort) }
            // One of each kind, at places that differ.
            var places = Array(0..<length)
            for kind in required {
                let place = places.remove(at: Int(region.random.next() % UInt64(places.count)))
                password[place] = draw(kind)
            }
        }
        return ["RandomPassword": .string(String(password))]
    }
}
