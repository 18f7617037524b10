/// An operation of a service that speaks the query protocol: a form goes, XML comes.
package protocol QueryOperation: AWSOperation {
    func encode(into request: inout QueryRequest)

    /// Reads the `...Result` element; for an operation without output, the root.
    static func decode(_ result: XMLElement) throws(MalformedAnswer) -> Output
}

extension QueryOperation {
    package func body() -> [UInt8] {
        let operation = Self.operation
        guard case .query(let version) = operation.service.form else { return [] }
        var request = QueryRequest(action: operation.name, version: version)
        encode(into: &request)
        return request.bytes
    }

    package static func output(from body: [UInt8]) throws(MalformedAnswer) -> Output {
        let root: XMLElement
        do {
            root = try XMLElement(parsing: body)
        } catch {
            throw MalformedAnswer("the answer is not XML: \(error.reason)")
        }
        guard root.name == operation.name + "Response" else {
            throw MalformedAnswer("the answer is not a \(operation.name)Response")
        }
        if Output.self == Void.self { return try decode(root) }
        return try decode(root.child(operation.name + "Result"))
    }
}

extension QueryOperation where Output == Void {
    package static func decode(_ result: XMLElement) throws(MalformedAnswer) {}
}
