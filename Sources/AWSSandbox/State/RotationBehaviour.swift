/// What a rotation function does when Secrets Manager invokes it: the script of a test.
///
/// The sandbox plays the four steps of a rotation itself, on its own state and by its own clock.
package enum RotationBehaviour: Hashable, Sendable, Codable {
    /// All four steps are done before RotateSecret answers.
    case succeeds
    /// Succeeds that many seconds after it was invoked; until then AWSPENDING is on a version
    /// without a value.
    case takes(seconds: Int)
    /// Fails in that step, and leaves what the steps before it made.
    case fails(at: RotationStep)
    /// Succeeds, and leaves AWSPENDING on the version that is current now, which is no rotation
    /// under way (botocore RotateSecret).
    case keepsPending
    /// Leaves AWSPENDING on a version without a value for ever.
    case neverAnswers
}

/// A step of a rotation function (Secrets Manager guide, "How rotation works").
package enum RotationStep: String, Hashable, Sendable, Codable, CaseIterable {
    case createSecret, setSecret, testSecret, finishSecret
}

/// A rotation that was begun and is not finished.
struct RotationRun: Hashable, Sendable, Codable {
    /// The version that it makes.
    let token: String
    /// When its function will have answered, in seconds since 1970.
    let end: Int
    /// Whether it runs the step testSecret only, and changes no value.
    let isTest: Bool
}
