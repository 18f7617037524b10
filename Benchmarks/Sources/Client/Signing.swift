import POSIX
import SigV4

/// What a signature costs.
enum Signing {
    /// Nanoseconds of a signature, then the signature, for comparison with another signer's.
    static func measure(rounds: Int) -> String {
        let clock = SystemTime()
        let signer = SigV4(region: "us-east-1", service: "secretsmanager")
        let credential = SigningCredential(accessKeyID: "EXAMPLE", secretAccessKey: "made-up")
        let request = SignableRequest(
            method: "POST", target: "/",
            headers: [
                (name: "Host", value: "secretsmanager.us-east-1.amazonaws.com"),
                (name: "X-Amz-Target", value: "secretsmanager.GetSecretValue"),
                (name: "Content-Type", value: "application/x-amz-json-1.1"),
            ],
            body: Array(#"{"SecretId":"gaara-store/production/database-url"}"#.utf8))
        var last = ""
        let start = clock.monotonicNanoseconds()
        for round in 0..<rounds {
            // Another second each time, and in the end 20261123T000000Z.
            let date = SigningDate(secondsSince1970: 1_795_392_000 - (rounds - 1 - round) % 1000)
            last = signer.sign(request, with: credential, at: date).last?.value ?? ""
        }
        let took = clock.monotonicNanoseconds() - start
        return "\(took / UInt64(rounds)) \(last.split(separator: "=").last ?? "")"
    }
}
