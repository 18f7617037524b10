extension CloudWatch {
    /// Makes an alarm, or replaces the one of that name as a whole; then its tags stay as they are.
    package struct PutMetricAlarm: JSONOperation {
        package typealias Output = Void
        package static let operation = Operation(.cloudWatch, "PutMetricAlarm", .idempotent)

        package var alarm: MetricAlarm
        /// Only of a new alarm.
        package var tags: [Tag]

        package init(alarm: MetricAlarm, tags: [Tag] = []) {
            self.alarm = alarm
            self.tags = tags
        }

        package func encode(into request: inout JSONRequest) {
            alarm.encode(into: &request)
            request.set("Tags", tags, keyName: "Key", valueName: "Value")
        }
    }

    /// The alarms on metrics, with their states.
    package struct DescribeAlarms: JSONOperation, PagedOperation {
        package typealias Item = LiveAlarm
        package static let operation = Operation(.cloudWatch, "DescribeAlarms", .reads)

        package var selection: Selection
        package var marker: String?

        package enum Selection: Hashable, Sendable {
            /// Up to 100; those that do not exist are left out.
            case names([String])
            case prefix(String)
        }

        package init(_ selection: Selection) {
            self.selection = selection
        }

        package func encode(into request: inout JSONRequest) {
            switch selection {
            case .names(let names): request.set("AlarmNames", names)
            case .prefix(let prefix): request.set("AlarmNamePrefix", prefix)
            }
            request.set("AlarmTypes", ["MetricAlarm"])
            request.set("MaxRecords", 100)
            request.set("NextToken", marker)
        }

        package static func decode(_ answer: JSONAnswer) throws(MalformedAnswer) -> Page<LiveAlarm>
        {
            Page(
                items: try answer.list("MetricAlarms", LiveAlarm.init),
                next: try answer.stringIfPresent("NextToken"))
        }
    }

    /// Deletes alarms; one that does not exist fails the call, and the others are deleted all the
    /// same (CloudWatch API reference, DeleteAlarms).
    package struct DeleteAlarms: JSONOperation {
        package typealias Output = Void
        package static let operation = Operation(
            .cloudWatch, "DeleteAlarms", .answers("ResourceNotFound"))

        /// 1 to 100.
        package var alarmNames: [String]

        package init(alarmNames: [String]) {
            self.alarmNames = alarmNames
        }

        package func encode(into request: inout JSONRequest) {
            request.set("AlarmNames", alarmNames)
        }
    }

    /// An alarm as it is in the account.
    package struct LiveAlarm: Hashable, Sendable {
        package let alarm: MetricAlarm
        package let arn: String
        /// `OK`, `ALARM` or `INSUFFICIENT_DATA`.
        package let state: String
        /// CloudWatch's words.
        package let stateReason: String?
        /// Seconds since 1970.
        package let stateUpdatedDate: Int?

        init(_ answer: JSONAnswer) throws(MalformedAnswer) {
            alarm = try MetricAlarm(answer)
            arn = try answer.string("AlarmArn")
            state = try answer.string("StateValue")
            stateReason = try answer.stringIfPresent("StateReason")
            stateUpdatedDate = try answer.timeIfPresent("StateUpdatedTimestamp")
        }
    }
}
