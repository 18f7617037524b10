/// What CloudWatch refuses, by the names of its JSON protocol; `x-amzn-query-error` has the others.
extension Refusal {
    /// An alarm's declaration is not valid.
    private static func alarm(_ text: String, source: String) -> Refusal {
        Refusal("ValidationException", text, source: source)
    }

    static let alarmOnNothing = alarm(
        "Exactly one of MetricName and Metrics must be set",
        source: "model PutMetricAlarm.MetricName; text not recorded")
    static let memberBesideMetrics = alarm(
        "{} should not be set if list of Metrics is set.", source: "cloudtools/troposphere#1276")
    static let memberWithMetricName = alarm(
        "{} is required for alarms on MetricName",
        source: "model PutMetricAlarm; sevenwestmedia-labs/pulumi-components#33; "
            + "text not recorded")
    static let statisticTwice = alarm(
        "Statistic and ExtendedStatistic are mutually exclusive",
        source: "model PutMetricAlarm.Statistic; text not recorded")
    static let extendedStatistic = Refusal(
        "InvalidParameterValueException",
        "The value {} for parameter ExtendedStatistic is not supported.",
        source: "moto cloudwatch/models.py")
    static let alarmPeriod = alarm(
        "Period must be 10, 20, 30 or a multiple of 60",
        source: "model PutMetricAlarm.Period; text not recorded")
    static let alarmWindow = alarm(
        "Metrics cannot be checked across more than {} (EvaluationPeriods * Period must be <= {})",
        source: "model PutMetricAlarm.Period; hashicorp/terraform-provider-aws#1143; "
            + "text by analogy")
    static let datapointsToAlarm = alarm(
        "DatapointsToAlarm must be less than or equal to EvaluationPeriods",
        source: "hashicorp/terraform#24070")
    static let rangeNeedsBand = alarm(
        "ComparisonOperators for ranges require ThresholdMetricId to be set",
        source: "aws/aws-cdk#10540")
    static let bandNeedsRange = alarm(
        "ThresholdMetricId requires a ComparisonOperator for ranges",
        source: "model ComparisonOperator; text not recorded")
    static let bandAndThreshold = alarm(
        "Threshold must not be set if ThresholdMetricId is set",
        source: "model PutMetricAlarm.Threshold; text not recorded")
    static let thresholdMissing = alarm(
        "Threshold is required for alarms based on static thresholds",
        source: "model PutMetricAlarm.Threshold; text not recorded")
    static let bandIsNoQuery = alarm(
        "ThresholdMetricId must be the Id of an ANOMALY_DETECTION_BAND expression in Metrics",
        source: "model PutMetricAlarm.ThresholdMetricId; text not recorded")
    static let oneReturnData = alarm(
        "Exactly one element of the metrics list should return data",
        source: "model PutMetricAlarm.Metrics; text not recorded")
    static let queryID = alarm(
        "The value {} for parameter {}.Id is not matching the expected pattern "
            + "^[a-z][a-zA-Z0-9_]*$.", source: "influxdata/telegraf#5420")
    static let queryIDTwice = alarm(
        "The values for parameter Id in {} are not unique.",
        source: "model MetricDataQuery.Id; text not recorded")
    static let queryOnNothing = alarm(
        "Exactly one of MetricStat and Expression must be set in {}",
        source: "model MetricDataQuery; text not recorded")
    static let alarmAction = alarm(
        "Invalid arn syntax: {}", source: "model PutMetricAlarm.AlarmActions; text not recorded")
    static let alarmName = alarm(
        "AlarmName must not contain control characters",
        source: "model PutMetricAlarm.AlarmName; text not recorded")
    static let missingData = alarm(
        "Option {} is not supported. Supported options for parameter TreatMissingData are "
            + "breaching, notBreaching, ignore and missing.",
        source: "moto cloudwatch/models.py, for EvaluateLowSampleCountPercentile")
    static let lowSampleCount = alarm(
        "Option {} is not supported. Supported options for parameter "
            + "EvaluateLowSampleCountPercentile are evaluate and ignore.",
        source: "moto cloudwatch/models.py")
    static let namesAndPrefix = alarm(
        "AlarmNames and AlarmNamePrefix are mutually exclusive",
        source: "model DescribeAlarms.AlarmNamePrefix; text not recorded")
    static let noSuchAlarm = Refusal(
        "ResourceNotFound", 404, "", source: "LS test_set_alarm_invalid_input")
    static let stateReasonData = Refusal(
        "InvalidFormatFault", "Unknown", source: "moto cloudwatch/models.py")
    static let cloudWatchToken = Refusal(
        "InvalidNextToken", "Request parameter NextToken is invalid",
        source: "moto cloudwatch/models.py; model")
    static let noSuchTagged = Refusal(
        "ResourceNotFoundException", 404, "Unknown", source: "model TagResource; text not recorded")
    static let taggedARN = Refusal(
        "InvalidParameterValueException", "The value {} for parameter ResourceARN is invalid.",
        source: "model TagResource; text by analogy")
    static let alarmTags = Refusal(
        "InvalidParameterValueException", "{}",
        source: "model PutMetricAlarm.Tags; text not recorded")

    // Numbers.

    static let metricNamespace = Refusal(
        "InvalidParameterValueException", "The value {} for parameter Namespace is invalid.",
        source: "model PutMetricData.Namespace: none of AWS/; text by analogy")
    static let metricDataMissing = Refusal(
        "MissingRequiredParameterException", "The parameter MetricData is required.",
        source: "model; text by analogy")
    static let metricDataCount = Refusal(
        "InvalidParameterValueException",
        "The collection MetricData must not have a size greater than 1000.",
        source: "model PutMetricData.MetricData; text by analogy")
    static let valuesCount = Refusal(
        "InvalidParameterValueException",
        "The collection MetricData.member.{}.Values must not have a size greater than 150.",
        source: "model MetricDatum.Values; text by analogy")
    static let valueExclusive = Refusal(
        "InvalidParameterCombinationException",
        "The parameters MetricData.member.{}.{} and MetricData.member.{}.{} are mutually "
            + "exclusive and you have specified both.",
        source: "LS test_put_metric_data_validation")
    static let valueMissingInDatum = Refusal(
        "MissingRequiredParameterException",
        "At least one of the parameters MetricData.member.{}.Value, Values and StatisticValues "
            + "must be specified.", source: "model MetricDatum; text not recorded")
    static let valuesAndCounts = Refusal(
        "InvalidParameterValueException",
        "The parameters MetricData.member.{}.Values and MetricData.member.{}.Counts "
            + "must be of the same size.", source: "LS test_put_metric_data_validation")
    static let metricValue = Refusal(
        "InvalidParameterValueException",
        "The value {} for parameter MetricData.member.{}.Value is invalid.",
        source: "moto cloudwatch/models.py; model MetricDatum.Value: -2^360 to 2^360")
    static let metricTime = Refusal(
        "InvalidParameterValueException",
        "The parameter MetricData.member.{}.Timestamp must specify a time {}.",
        source: "cloud-custodian/cloud-custodian#2559; of the future by analogy")
    static let storageResolution = Refusal(
        "InvalidParameterValueException",
        "The value {} for parameter MetricData.member.{}.StorageResolution is invalid.",
        source: "model MetricDatum.StorageResolution: 1 or 60; text by analogy")
    static let metricTimes = Refusal(
        "ValidationException", "The parameter EndTime must be greater than StartTime.",
        source: "moto cloudwatch/models.py")
    static let queryCount = Refusal(
        "ValidationException",
        "The collection MetricDataQueries must have a size between 1 and 500.",
        source: "model GetMetricData.MetricDataQueries; text not recorded")

    // Models of what is normal.

    static let detectorCombination = Refusal(
        "InvalidParameterCombinationException",
        "Exactly one of SingleMetricAnomalyDetector, MetricMathAnomalyDetector and "
            + "Namespace with MetricName and Stat can be specified.",
        source: "model PutAnomalyDetector; text not recorded")
    static let detectorMember = Refusal(
        "MissingRequiredParameterException", "The parameter {} is required.",
        source: "model PutAnomalyDetector; text by analogy")
    static let detectorStatistic = Refusal(
        "InvalidParameterValueException", "The value {} for parameter Stat is invalid.",
        source: "model AnomalyDetectorMetricStat; text by analogy")
    static let noSuchDetector = Refusal(
        "ResourceNotFoundException", 404, "Anomaly detector not found",
        source: "model DeleteAnomalyDetector; text not recorded")
}
