/// What a plan says of alarms on the access to its secrets.
package struct Alarms: Hashable, Sendable {
    /// The CloudWatch namespace that the resolver publishes in and the alarms watch.
    package var namespace: String
    /// ARNs of SNS topics.
    package var notify: [String]
    package var failedAccess: Threshold?
    package var cacheHitRate: Threshold?
    package var unusualAccess: Deviations?
    /// The CloudWatch log group that CloudTrail writes to.
    package var trailLogGroup: String?
    package var place: Place

    package struct Threshold: Hashable, Sendable {
        /// Percent, 0 to 100: the bound above or below which the alarm fires.
        package var percent: Double
        package var minutes: Int
        package var place: Place

        package init(percent: Double, minutes: Int, place: Place) {
            self.percent = percent
            self.minutes = minutes
            self.place = place
        }
    }

    package struct Deviations: Hashable, Sendable {
        /// Width of the anomaly band in standard deviations.
        package var deviations: Double
        package var place: Place

        package init(deviations: Double, place: Place) {
            self.deviations = deviations
            self.place = place
        }
    }

    package init(
        namespace: String, notify: [String], failedAccess: Threshold? = nil,
        cacheHitRate: Threshold? = nil, unusualAccess: Deviations? = nil,
        trailLogGroup: String? = nil, place: Place
    ) {
        self.namespace = namespace
        self.notify = notify
        self.failedAccess = failedAccess
        self.cacheHitRate = cacheHitRate
        self.unusualAccess = unusualAccess
        self.trailLogGroup = trailLogGroup
        self.place = place
    }
}
