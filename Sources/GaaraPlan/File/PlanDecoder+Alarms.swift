extension PlanDecoder {
    mutating func alarms(_ node: CheckedNode, _ identity: Identity?) -> Alarms? {
        for topic in node["notify"]?.list ?? [] {
            // A topic of another account may be told, where its policy lets it.
            checkHome(topic, identity, "the topic", anyAccount: true)
        }
        guard let namespace = node["namespace"]?.text else { return nil }
        return Alarms(
            namespace: namespace, notify: node["notify"]?.texts ?? [],
            failedAccess: threshold(node, "failed-access", "above"),
            cacheHitRate: threshold(node, "cache-hit-rate", "below"),
            unusualAccess: node["unusual-access"]?["deviations"]?.number.map {
                Alarms.Deviations(deviations: $0, place: place(of: "alarms.unusual-access"))
            }, trailLogGroup: node["trail-log-group"]?.text, place: place(of: "alarms"))
    }

    private func threshold(_ node: CheckedNode, _ key: String, _ bound: String) -> Alarms.Threshold?
    {
        guard let percent = node[key]?[bound]?.number, let minutes = node[key]?["for"]?.minutes
        else { return nil }
        return Alarms.Threshold(
            percent: percent, minutes: minutes, place: place(of: "alarms.\(key)"))
    }
}
