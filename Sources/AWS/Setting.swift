/// What a setting says, and who says it: `region us-east-1 (AWS_REGION)`.
package struct Setting<Value: Sendable>: Sendable {
    package let value: Value
    /// As its author knows it: `--region`, `AWS_REGION`, `region of profile work`, or `default`.
    package let source: String

    package init(_ value: Value, source: String) {
        self.value = value
        self.source = source
    }
}

extension Setting: Equatable where Value: Equatable {}
extension Setting: Hashable where Value: Hashable {}
