import POSIX
import Testing

@Suite("Transcripts")
struct TranscriptTests {
    /// `RECORD_TRANSCRIPTS=1 swift test --filter TranscriptTests` writes what is shown now into
    /// the files, for a person to read the difference.
    private static let records = ProcessEnvironment.value("RECORD_TRANSCRIPTS") == "1"

    @Test("the commands show exactly what the transcript says", arguments: TranscriptFolder.names)
    func replays(name: String) async throws {
        let transcript = try Transcript(try TranscriptFolder.text(name + ".txt"))
        let played = try await Player().play(transcript)
        guard !Self.records else {
            let path = "\(TranscriptFolder.path)/\(name).txt"
            return try File.write(path, Array(Transcript.text(played).utf8))
        }
        for case (.command(let command, let expected), let shown?) in played {
            #expect(
                shown.description == expected.description, "\(name).txt, after: $ \(command)")
        }
    }

    @Test("there are transcripts")
    func exist() {
        #expect(TranscriptFolder.names.count > 10)
    }

    @Test("a transcript is written as it was read")
    func isReversible() throws {
        for name in TranscriptFolder.names {
            let text = try TranscriptFolder.text(name + ".txt")
            #expect(Transcript.text(try Transcript(text).lines.map { ($0, nil) }) == text)
        }
    }
}
