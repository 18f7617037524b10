internal import JSON
internal import POSIX

/// An operation of a service that speaks JSON 1.1.
package protocol JSONOperation: AWSOperation {
    func encode(into request: inout JSONRequest)

    /// Reads the answer's object, which is empty for an operation without output.
    static func decode(_ answer: JSONAnswer) throws(MalformedAnswer) -> Output
}

extension JSONOperation {
    package func body() -> [UInt8] {
        var request = JSONRequest()
        encode(into: &request)
        return request.finish()
    }

    package static func output(from body: [UInt8]) throws(MalformedAnswer) -> Output {
        let isVoid = Output.self == Void.self
        // An operation without output answers with an empty body.
        if isVoid, body.isEmpty { return try decode(JSONAnswer(JSONObject())) }
        let value: JSON
        do {
            value = try JSON(parsing: body)
        } catch {
            throw MalformedAnswer("the answer is not JSON, at \(error)")
        }
        if isVoid, value.isNull { return try decode(JSONAnswer(JSONObject())) }
        guard let object = value.object else {
            throw MalformedAnswer("the answer is not a JSON object")
        }
        return try decode(JSONAnswer(object))
    }
}

extension JSONOperation where Output == Void {
    package static func decode(_ answer: JSONAnswer) throws(MalformedAnswer) {}
}
