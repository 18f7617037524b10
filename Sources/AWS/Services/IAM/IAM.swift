/// AWS Identity and Access Management: its operations are the types inside, named as AWS names them.
///
/// Members and limits from botocore 1.44.5's model of version 2010-05-08.
package enum IAM {
    /// A list of IAM, which tells by `IsTruncated` that more follows.
    static func page<Item: Sendable>(
        _ result: XMLElement, _ name: String,
        _ decode: (XMLElement) throws(MalformedAnswer) -> Item
    ) throws(MalformedAnswer) -> Page<Item> {
        Page(items: try result.list(name, decode), next: try marker(result))
    }

    static func marker(_ result: XMLElement) throws(MalformedAnswer) -> String? {
        let isTruncated = try result.boolIfPresent("IsTruncated") ?? false
        return isTruncated ? try result.string("Marker") : nil
    }

    static func tag(_ element: XMLElement) throws(MalformedAnswer) -> Tag {
        Tag(try element.string("Key"), try element.string("Value"))
    }

    /// A policy document, which IAM percent-encodes inside its XML (RFC 3986: `+` is no space).
    static func document(
        _ element: XMLElement, _ name: String
    ) throws(MalformedAnswer) -> String? {
        guard let encoded = element.stringIfPresent(name) else { return nil }
        guard let document = PercentCoding.decode(encoded) else {
            throw MalformedAnswer("\(element.name).\(name) is not percent-encoded UTF-8")
        }
        return document
    }
}
