/// The role of IAM Identity Center that a profile stands for, with its `sso-session` read in.
package struct SSOSource: Hashable, Sendable {
    /// The portal where people sign in: `https://example.awsapps.com/start`.
    package let startURL: String
    /// The region of Identity Center, which need not be the one that is worked in.
    package let region: String
    package let accountID: String
    package let roleName: String
    /// The name of the `sso-session`; `nil` for a profile that has start URL and region itself.
    package let sessionName: String?
    /// The profile that says all this, for messages.
    package let profile: String

    package init(
        startURL: String, region: String, accountID: String, roleName: String,
        sessionName: String?, profile: String
    ) {
        self.startURL = startURL
        self.region = region
        self.accountID = accountID
        self.roleName = roleName
        self.sessionName = sessionName
        self.profile = profile
    }
}
