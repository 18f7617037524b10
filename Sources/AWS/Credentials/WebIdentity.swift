/// A role that is assumed with a token of OpenID Connect, which some file has.
package struct WebIdentity: Hashable, Sendable {
    package var roleARN: String
    package var tokenFile: String
    package var sessionName: String?
    /// Where this stands, for messages: `profile deploy`, `the environment`.
    package var place: String
}
