/// How far this machine's clock is from a service's, by the `Date` of an answer.
package struct ClockOffset: Hashable, Sendable {
    /// Seconds to add to this machine's clock to get the service's; negative when it is ahead.
    package let seconds: Int

    /// Seconds that a signature's date may be off before we call it the reason of a refusal.
    ///
    /// AWS refuses at 5 minutes (IAM user guide, "Signature Version 4 request elements"); an answer
    /// may have been under way for up to the 30 seconds of a call.
    package static let tolerance = 240

    package init(seconds: Int) { self.seconds = seconds }

    /// By an answer's `Date`; `nil` where it has none that can be read.
    init?(date: String?, now: Int) {
        guard let date = date.flatMap(HTTPDate.seconds) else { return nil }
        seconds = date - now
    }

    /// Whether signatures by this clock are refused, or soon will be.
    package var isTooMuch: Bool { seconds.magnitude > UInt(Self.tolerance) }
}

extension ClockOffset: CustomStringConvertible {
    /// `your clock is 12 minutes off (behind)`; seconds below two minutes.
    package var description: String {
        let size = seconds.magnitude
        let amount = size < 120 ? "\(size) seconds" : "\((size + 30) / 60) minutes"
        guard size > 0 else { return "your clock is right" }
        return "your clock is \(amount) off (\(seconds > 0 ? "behind" : "ahead"))"
    }

    /// The error codes that a signature's date can be the reason of: those that .NET's SDK corrects
    /// (aws/aws-sdk-java#519).
    static let codes: Set<String> = [
        "RequestTimeTooSkewed", "RequestExpired", "RequestInTheFuture", "InvalidSignatureException",
        "SignatureDoesNotMatch", "AuthFailure",
    ]
}
