internal import JSON

extension SecretsManager {
    /// Configures a secret's rotation, and rotates it now unless told not to.
    package struct RotateSecret: JSONOperation {
        package typealias Output = VersionReference
        package static let operation = Operation(
            .secretsManager, "RotateSecret", .answers("InvalidRequestException"))

        package var secretID: String
        /// 32 to 64 characters; becomes the id of the version that rotation makes.
        package var clientRequestToken: String
        package var rotationLambdaARN: String?
        package var rotationRules: RotationRules?
        /// `false` still tests the function, which makes and removes an AWSPENDING version.
        package var rotateImmediately: Bool

        package init(
            secretID: String, clientRequestToken: String, rotationLambdaARN: String? = nil,
            rotationRules: RotationRules? = nil, rotateImmediately: Bool
        ) {
            self.secretID = secretID
            self.clientRequestToken = clientRequestToken
            self.rotationLambdaARN = rotationLambdaARN
            self.rotationRules = rotationRules
            self.rotateImmediately = rotateImmediately
        }

        package func encode(into request: inout JSONRequest) {
            request.set("SecretId", secretID)
            request.set("ClientRequestToken", clientRequestToken)
            request.set("RotationLambdaARN", rotationLambdaARN)
            request.set("RotationRules", rotationRules?.json)
            request.set("RotateImmediately", rotateImmediately)
        }

        package static func decode(
            _ answer: JSONAnswer
        ) throws(MalformedAnswer) -> VersionReference {
            VersionReference(
                arn: try answer.string("ARN"), versionID: try answer.stringIfPresent("VersionId"))
        }
    }

    /// Turns rotation off.
    ///
    /// An AWSPENDING version stays behind.
    package struct CancelRotateSecret: JSONOperation {
        package typealias Output = VersionReference
        package static let operation = Operation(
            .secretsManager, "CancelRotateSecret", .answers("InvalidRequestException"))

        package var secretID: String

        package init(secretID: String) {
            self.secretID = secretID
        }

        package func encode(into request: inout JSONRequest) {
            request.set("SecretId", secretID)
        }

        package static func decode(
            _ answer: JSONAnswer
        ) throws(MalformedAnswer) -> VersionReference {
            VersionReference(
                arn: try answer.string("ARN"), versionID: try answer.stringIfPresent("VersionId"))
        }
    }

    /// When rotation happens: by days or by a schedule, never both.
    package struct RotationRules: Hashable, Sendable {
        /// 1 to 1000.
        ///
        /// With a schedule AWS computes it, so compare the one that was set.
        package let automaticallyAfterDays: Int?
        /// The window, in hours: `3h`.
        package let duration: String?
        /// `rate(10 days)`, or `cron(...)` in UTC.
        package let scheduleExpression: String?

        package init(
            automaticallyAfterDays: Int? = nil, duration: String? = nil,
            scheduleExpression: String? = nil
        ) {
            self.automaticallyAfterDays = automaticallyAfterDays
            self.duration = duration
            self.scheduleExpression = scheduleExpression
        }

        init(_ answer: JSONAnswer) throws(MalformedAnswer) {
            automaticallyAfterDays = try answer.intIfPresent("AutomaticallyAfterDays")
            duration = try answer.stringIfPresent("Duration")
            scheduleExpression = try answer.stringIfPresent("ScheduleExpression")
        }

        var json: JSON {
            var rules = JSONObject()
            rules["AutomaticallyAfterDays"] = automaticallyAfterDays.map { .number(String($0)) }
            rules["Duration"] = duration.map(JSON.string)
            rules["ScheduleExpression"] = scheduleExpression.map(JSON.string)
            return .object(rules)
        }
    }
}
