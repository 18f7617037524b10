import POSIX
import Testing

/// The code of the error that `body` throws; `nil` when it throws none.
func refusal<R>(_ body: () throws -> R) -> POSIXError.Code? {
    do {
        _ = try body()
        return nil
    } catch let error as POSIXError {
        return error.code
    } catch {
        Issue.record(error)
        return nil
    }
}

/// Runs a tool of the system for a test, and gives its output as text.
@discardableResult
func run(_ arguments: String...) throws(POSIXError) -> String {
    let child = ChildProcess(arguments, environment: ["PATH": "/usr/bin:/bin"])
    return String(decoding: try child.run().output, as: UTF8.self)
}
