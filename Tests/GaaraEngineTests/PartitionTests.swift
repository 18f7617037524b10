import AWS
import GaaraPlan
import GaaraStore
import Testing

@Suite("A partition")
struct PartitionTests {
    @Test(
        "the ARNs of a plan are of the partition that its calls go to",
        arguments: [
            "us-east-1", "eu-west-1", "cn-north-1", "cn-northwest-1", "us-gov-east-1",
            "us-gov-west-1", "eusc-de-east-1", "us-iso-east-1", "us-iso-west-1", "us-isob-east-1",
            "us-isob-west-1", "eu-isoe-west-1", "us-isof-east-1", "us-isof-south-1",
            "mars-north-1",
        ])
    func agreement(region: String) {
        let identity = Identity(
            application: "shop", environment: .staging, account: "123456789012", region: region)
        #expect(identity.partition == Partition(ofRegion: region).name)
    }
}
