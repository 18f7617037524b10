/// The words by which scripts know what is wrong with a plan: `code` in the JSON diagnostics.
///
/// Faults of the YAML itself have those of the YAML reader. Each has a file in `Faults/`.
package enum FaultCode: String, CaseIterable, Sendable {
    // The files.
    case unreadableInclude = "unreadable-include"
    case nestedInclude = "nested-include"
    case outsideFolder = "outside-folder"

    // The schema.
    case unknownKey = "unknown-key"
    case misplacedKey = "misplaced-key"
    case missingKey = "missing-key"
    case conflictingKeys = "conflicting-keys"
    case wrongShape = "wrong-shape"
    case wrongCount = "wrong-count"
    case wrongText = "wrong-text"
    case unknownWord = "unknown-word"
    case emptyValue = "empty-value"
    case notABool = "not-a-bool"
    case notANumber = "not-a-number"
    case notADuration = "not-a-duration"
    case notAPercentage = "not-a-percentage"
    case notQuoted = "not-quoted"
    case outOfRange = "out-of-range"
    case placeholder
    case ambiguousText = "ambiguous-text"
    case unknownVariable = "unknown-variable"
    case brokenVariable = "broken-variable"
    case misplacedVariable = "misplaced-variable"

    // What it means.
    case repeatedItem = "repeated-item"
    case development
    case literalSecret = "literal-secret"
    case looksSecret = "looks-secret"
    case reservedTag = "reserved-tag"
    case foldedTags = "folded-tags"
    case wrongName = "wrong-name"
    case nameTooLong = "name-too-long"
    case partialARN = "partial-arn"
    case foldedVariables = "folded-variables"
    case sameAlias = "same-alias"
    case shortDeletionWindow = "short-deletion-window"
    case generatedOwner = "generated-owner"
    case noSecretField = "no-secret-field"
    case externalSecret = "external-secret"
    case wrongSchedule = "wrong-schedule"
    case wrongWindow = "wrong-window"
    case rotationOfText = "rotation-of-text"
    case foreignARN = "foreign-arn"
    case ownRegion = "own-region"
    case lockout
    case unknownSecret = "unknown-secret"
    case samePolicyName = "same-policy-name"
    case roleTrust = "role-trust"
    case policyTooLong = "policy-too-long"
    case notSupportedYet = "not-supported-yet"
}

extension Diagnostic {
    /// An error with one of our codes.
    static func error(
        _ code: FaultCode, _ message: String, hint: String? = nil, at place: Place?,
        concealsSource: Bool = false
    ) -> Diagnostic {
        Diagnostic(
            .error, code.rawValue, message, hint: hint, at: place, concealsSource: concealsSource)
    }
}
