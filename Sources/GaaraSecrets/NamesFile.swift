internal import JSON

/// What `gaara-infra validate PLAN --names FILE` writes: the secrets of a plan and their variables.
struct NamesFile {
    let application: String
    let variables: [SecretName: String]
    /// The environment of the plan, and the roles that it lets read; older files have no roles.
    private let environment: String?
    private let readers: [String]

    /// - Parameter path: the file's name, for messages.
    init(_ bytes: [UInt8], path: String) throws(SecretError) {
        func wrong(_ what: String) -> SecretError {
            SecretError(
                .configuration, "GAARA_NAMES: \(path): \(what)",
                hint: "gaara-infra validate PLAN --names \(path)")
        }
        let content: JSON
        do {
            content = try JSON(parsing: bytes)
        } catch {
            throw wrong("\(error)")
        }
        guard content["format_version"]?.int == 1 else {
            throw wrong("format_version is not 1")
        }
        guard let application = content["application"]?.string,
            let names = content["names"]?.object
        else { throw wrong("application or names is missing") }
        self.application = application
        environment = content["environment"]?.string
        readers = content["readers"]?.array?.compactMap(\.string) ?? []

        var variables: [SecretName: String] = [:]
        for (text, variable) in names.members {
            let name: SecretName
            do {
                name = try SecretName(validating: text)
            } catch {
                throw wrong(error.reason)
            }
            guard let variable = variable.string, !variable.isEmpty else {
                throw wrong("\(name) has no variable")
            }
            variables[name] = variable
        }
        self.variables = variables
    }

    /// The roles that the plan lets read that environment; none when it is not the plan's.
    func readers(of environment: DeploymentEnvironment) -> [String] {
        environment.name == self.environment ? readers : []
    }
}
