extension ValueSource {
    /// Where the value comes from, in words for people.
    ///
    /// - Parameter variable: of the secret or field whose value it is.
    func told(variable: String) -> String {
        switch self {
        case .envFile: "\(variable) in the --env-file"
        case .environment: "\(variable) in the environment"
        case .file(let path, let binary): "the file \(path)\(binary ? ", as bytes" : "")"
        case .command(let run): "what \(run.first ?? "the program") prints"
        case .generate(let length, let alphabet):
            "\(length) random characters, \(alphabet.rawValue)"
        case .external: "somebody else"
        case .fields(let fields): fields.map(\.told).joined(separator: "; ")
        }
    }
}

extension ValueSource.Field {
    fileprivate var told: String {
        switch source {
        case .literal: "\(name): as in the plan"
        case .value(let source): "\(name): \(source.told(variable: variable))"
        }
    }
}
