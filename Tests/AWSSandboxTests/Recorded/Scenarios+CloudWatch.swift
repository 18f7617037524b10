import JSON

/// CloudWatch's, in the JSON form.
extension Scenario {
    static let metrics: [Scenario] = [
        ("invalid-param-combination", ["Value": 1, "Values": [1, 2]] as JSONObject),
        ("invalid-param-value", ["Values": [1, 2], "Counts": [1]]),
        (
            "invalid-param-combination-2",
            [
                "Value": 1,
                "StatisticValues": ["SampleCount": 1, "Sum": 1, "Minimum": 1, "Maximum": 1],
            ]
        ),
    ].map { step, value in
        Scenario("TestCloudwatch::test_put_metric_data_validation[json] \(step)") {
            var datum = value
            datum["MetricName"] = "m"
            return try await $0.call(
                "monitoring PutMetricData",
                ["Namespace": "n", "MetricData": [.object(datum)]])
        }
    }

    static let alarms: [Scenario] = [
        Scenario("TestCloudwatch::test_set_alarm_invalid_input[json] error-invalid-state") {
            try await state($0, "INVALID", inQueryMode: true)
        },
        Scenario("TestCloudwatch::test_set_alarm_invalid_input[json] error-resource-not-found") {
            try await state($0, "OK", inQueryMode: true)
        },
        Scenario(raw + " invalid-value-response") {
            try await state($0, "INVALID", inQueryMode: false)
        },
        Scenario(raw + " not-found-response") { try await state($0, "OK", inQueryMode: false) },
        Scenario(raw + " not-found-response-query-mode-true") {
            try await state($0, "OK", inQueryMode: true)
        },
    ]

    private static let raw =
        "TestCloudWatchMultiProtocol::test_exception_serializing_with_no_shape_in_spec[json]"

    /// Sets the state of an alarm that is not there.
    private static func state(
        _ wire: Wire, _ state: String, inQueryMode: Bool
    ) async throws -> Wire.Reply {
        try await wire.call(
            "monitoring SetAlarmState",
            [
                "AlarmName": "nothing", "StateValue": .string(state), "StateReason": "test",
            ], inQueryMode: inQueryMode)
    }
}
