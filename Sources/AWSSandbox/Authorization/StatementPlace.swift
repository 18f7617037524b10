/// Where a statement stands in the text of its policy, as the policy simulator tells it.
///
/// Recorded answers begin the first of a list behind the list's bracket, a statement that stands
/// alone behind its own brace, and end each behind its closing brace (LS
/// test_simulate_principle_policy; aws-cli, example of simulate-principal-policy). That the others
/// of a list begin behind the one before is not recorded.
struct StatementPlace: Hashable, Sendable {
    /// Both count from 1, the column in characters.
    struct Position: Hashable, Sendable {
        var line = 1
        var column = 1

        fileprivate mutating func pass(_ scalar: Unicode.Scalar) {
            if scalar == "\n" {
                line += 1
                column = 1
            } else {
                column += 1
            }
        }
    }

    let start: Position
    let end: Position

    /// Of all statements of a policy, in their order; the text must be JSON.
    static func all(in document: String) -> [StatementPlace] {
        var places: [StatementPlace] = []
        var position = Position()
        var start: Position?
        var (depth, isList) = (0, false)
        var (isText, isEscaped, isStatement) = (false, false, false)
        var text = ""
        for scalar in document.unicodeScalars {
            position.pass(scalar)
            if isText {
                switch scalar {
                case _ where isEscaped: isEscaped = false
                case "\\": isEscaped = true
                case "\"": isText = false
                default: text.unicodeScalars.append(scalar)
                }
                continue
            }
            switch scalar {
            case "\"": (isText, text) = (true, "")
            case ":" where depth == 1: isStatement = text == "Statement"
            case "," where depth == 1: isStatement = false
            case "[", "{":
                depth += 1
                guard isStatement, depth == 2 else { break }
                (start, isList) = (position, scalar == "[")
            case "}":
                depth -= 1
                guard isStatement, depth == (isList ? 2 : 1), let begun = start else { break }
                places.append(StatementPlace(start: begun, end: position))
                start = position
            case "]": depth -= 1
            default: break
            }
        }
        return places
    }
}
