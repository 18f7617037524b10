import AWS
import AWSSandbox
import POSIX

/// Plays one transcript: its commands in a sandbox of its own, its events behind the scenes.
final class Player {
    private let stage: Stage
    private var notation: Notation

    init() throws {
        stage = try Stage()
        notation = Notation(folder: stage.folder.path)
    }

    /// Each line with what its command showed.
    func play(_ transcript: Transcript) async throws -> [(Transcript.Line, Transcript.Shown?)] {
        var played: [(Transcript.Line, Transcript.Shown?)] = []
        for line in transcript.lines {
            switch line {
            case .remark: played.append((line, nil))
            case .event(let text):
                try await happen(text)
                played.append((line, nil))
            case .command(let command, _): played.append((line, try await run(command)))
            }
        }
        return played
    }

    private func run(_ command: String) async throws -> Transcript.Shown {
        let pipe = command.split(separator: " | head -")
        var words = Self.words(of: notation.read(String(pipe[0])))
        guard words.first == "gaara-infra" else {
            throw Transcript.Fault(message: "not a command: \(command)")
        }
        words.removeFirst()
        let result = await stage.run(
            zip(words, [""] + words).map { word, before in located(word, after: before) })
        var output = notation.written(result.output)
        if pipe.count == 2, let count = Int(pipe[1]) {
            output = output.split(separator: "\n", omittingEmptySubsequences: false)
                .prefix(count).map { $0 + "\n" }.joined()
        }
        return Transcript.Shown(
            output: output, complaint: notation.written(result.complaint), code: result.code)
    }

    /// A name of a file as a path in the stage's folder, since the process has only one folder.
    private func located(_ word: String, after option: String) -> String {
        let takesFile = ["--env-file", "--output", "--check", "--names"].contains(option)
        return takesFile || word.hasSuffix(".yaml") ? stage.path(word) : word
    }

    private static func words(of command: String) -> [String] {
        var words: [String] = []
        var word = ""
        var isQuoted = false
        for character in command {
            switch character {
            case "'": isQuoted.toggle()
            case " " where !isQuoted:
                if !word.isEmpty { words.append(word) }
                word = ""
            default: word.append(character)
            }
        }
        return word.isEmpty ? words : words + [word]
    }

    /// Everything that can happen beside commands.
    private func happen(_ event: String) async throws {
        if let match = event.wholeMatch(of: #/here is (?<name>\S+)/#) {
            let name = String(match.output.name)
            try stage.write(name, try TranscriptFolder.text(name))
        } else if let match = event.wholeMatch(of: #/there is (?<what>role|user)/(?<name>\S+)/#) {
            let name = String(match.output.name)
            if match.output.what == "role" { stage.account.addRole(name) }
            if match.output.what == "user" { stage.account.addUser(name) }
        } else if let match = event.wholeMatch(of: #/there is (?<arn>arn:aws:lambda:\S+)/#) {
            stage.account.addFunction(String(match.output.arn))
        } else if let match = event.wholeMatch(of: #/(?<file>\S+): (?<old>.*?) becomes (?<new>.*)/#)
        {
            try edit(String(match.output.file), match.output.old, match.output.new)
        } else if let match = event.wholeMatch(of: #/(?<name>\w+)=(?<value>.*) in the environment/#)
        {
            let value = String(match.output.value)
            stage.set(String(match.output.name), to: value.isEmpty ? nil : value)
        } else if event == "at a terminal" {
            stage.sit(atTerminal: true, columns: 100)
        } else if event == "no terminal" {
            stage.sit(atTerminal: false)
        } else if let match = event.wholeMatch(of: #/the person will say: (?<words>.*)/#) {
            stage.answer(match.output.words.split(separator: ", ").map(String.init))
        } else if let match = event.wholeMatch(of: #/(?<signal>SIGINT|SIGTERM) at (?<call>\w+)/#) {
            let isInterrupt = match.output.signal == "SIGINT"
            stage.send(
                isInterrupt ? Signals.interrupt : Signals.terminate,
                at: String(match.output.call))
        } else if let match = event.wholeMatch(of: #/alice may (?<action>\S+:\S+)/#) {
            stage.allow(String(match.output.action))
        } else if let match = event.wholeMatch(of: #/quietly: (?<command>.*)/#) {
            let shown = try await run(String(match.output.command))
            guard shown.code == 0 else { throw Transcript.Fault(message: shown.description) }
        } else if let match = event.wholeMatch(of: #/alice may not (?<action>\S+)/#) {
            stage.deny(String(match.output.action))
        } else if let match = event.wholeMatch(of: #/the credentials are of account (?<id>\d+)/#) {
            stage.useCredentials(of: stage.sandbox.addAccount(id: String(match.output.id)))
        } else if event == "IAM simulates policies" {
            stage.front.simulate()
        } else if let match = event.wholeMatch(
            of: #/the clock is (?<minutes>\d+) minutes behind/#)
        {
            stage.front.date(ahead: (Int(match.output.minutes) ?? 0) * 60)
        } else if let match = event.wholeMatch(of: #/(?<days>\d+) days pass/#) {
            stage.sandbox.advance(by: (Int(match.output.days) ?? 0) * 86_400)
        } else {
            try await somebody(event)
        }
    }

    /// What somebody else does in the account.
    private func somebody(_ event: String) async throws {
        let client = try stage.account.client(as: "user/mallory", in: Stage.region)
        if let match = event.wholeMatch(of: #/somebody writes (?<text>\S+) to (?<name>\S+)/#) {
            _ = try await client.send(
                SecretsManager.PutSecretValue(
                    secretID: String(match.output.name),
                    clientRequestToken: String(repeating: "f", count: 32),
                    value: .string(ProtectedBytes(Array(match.output.text.utf8)))))
        } else if let match = event.wholeMatch(
            of: #/somebody describes (?<name>\S+) as (?<text>.*)/#)
        {
            let text = String(match.output.text).replacing("<ESC>", with: "\u{1B}")
                .replacing("<LF>", with: "\n").replacing("<RLO>", with: "\u{202E}")
            _ = try await client.send(
                SecretsManager.UpdateSecret(
                    secretID: String(match.output.name),
                    clientRequestToken: String(repeating: "e", count: 32), description: text))
        } else if let match = event.wholeMatch(of: #/somebody reads (?<name>\S+)/#) {
            _ = try await client.send(
                SecretsManager.GetSecretValue(secretID: String(match.output.name)))
        } else if let match = event.wholeMatch(of: #/there is the key (?<alias>alias/\S+)/#) {
            let key = try await client.send(KMS.CreateKey(description: "Shared by all"))
            _ = try await client.send(
                KMS.CreateAlias(aliasName: String(match.output.alias), targetKeyID: key.keyID))
        } else {
            throw Transcript.Fault(message: "nobody knows how: \(event)")
        }
    }

    private func edit(_ file: String, _ old: Substring, _ new: Substring) throws {
        let text = try stage.read(file)
        guard text.contains(old) else {
            throw Transcript.Fault(message: "\(file) does not say: \(old)")
        }
        try stage.write(file, text.replacing(old, with: new))
    }
}
