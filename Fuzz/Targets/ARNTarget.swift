@testable import AWS

/// Names of things, from plans and answers.
enum ARNTarget: FuzzTarget {
    static let name = "arn"

    static func check(_ input: [UInt8]) {
        let text = String(decoding: input, as: UTF8.self)
        guard let arn = ARN(text) else { return }
        require(Array(arn.description.utf8) == Array(text.utf8), "it prints as it was written")
        require(ARN(arn.description) == arn, "printed and read again it is the same")
        require(input.count <= 2048, "no longer than 2048 bytes")
        require(input.allSatisfy { $0 > 0x20 && $0 < 0x7F }, "visible ASCII only")
        require(arn.region.isEmpty || Region.isValid(arn.region), "its region is one")
        Plant.see(arn.resource)
    }
}
