/// AWS Key Management Service: its operations are the types inside, named as AWS names them.
///
/// Members and limits from botocore 1.44.5's model of version 2014-11-01. A key's policy is always
/// the one called `default`, the only one that there is.
package enum KMS {
    /// A list of KMS, which tells by `Truncated` that more follows.
    static func page<Item: Sendable>(
        _ answer: JSONAnswer, _ name: String,
        _ decode: (JSONAnswer) throws(MalformedAnswer) -> Item
    ) throws(MalformedAnswer) -> Page<Item> {
        let items = try answer.list(name, decode)
        let isTruncated = try answer.boolIfPresent("Truncated") ?? false
        return Page(items: items, next: isTruncated ? try answer.string("NextMarker") : nil)
    }

    static func tag(_ answer: JSONAnswer) throws(MalformedAnswer) -> Tag {
        Tag(try answer.string("TagKey"), try answer.string("TagValue"))
    }
}
