import GaaraPlan
import JSON
import Testing

@Suite struct ReaderPolicyTests {
    private func reader(region: String = "us-east-1", isBatch: Bool = false) throws -> ReaderPolicy
    {
        var plan = try PolicyFixture.plan(region: region)
        plan.access[0].isBatch = isBatch
        return plan.readerPolicy(of: plan.access[0])
    }

    @Test("names the exact secrets, and the key only through Secrets Manager for them")
    func golden() throws {
        let document = try reader().document(keyARN: PolicyFixture.keyARN)
        #expect(
            document.text
                == #"{"Version":"2012-10-17","Statement":[{"Sid":"ReadSecretValues","Effect":"Allow","#
                + #""Action":["secretsmanager:DescribeSecret","secretsmanager:GetSecretValue"],"#
                + #""Resource":["#
                + #""arn:aws:secretsmanager:us-east-1:123456789012:secret:gaara-store/production/database-url-??????","#
                + #""arn:aws:secretsmanager:us-east-1:123456789012:secret:gaara-store/production/jwt-secret-??????","#
                + #""arn:aws:secretsmanager:us-east-1:123456789012:secret:gaara-store/production/redis-url-??????"]},"#
                + #"{"Sid":"DecryptOnlyThroughSecretsManager","Effect":"Allow","Action":"kms:Decrypt","#
                + #""Resource":"arn:aws:kms:us-east-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab","#
                + #""Condition":{"StringEquals":{"kms:ViaService":"secretsmanager.us-east-1.amazonaws.com"},"#
                + #""StringLike":{"kms:EncryptionContext:SecretARN":["#
                + #""arn:aws:secretsmanager:us-east-1:123456789012:secret:gaara-store/production/database-url-??????","#
                + #""arn:aws:secretsmanager:us-east-1:123456789012:secret:gaara-store/production/jwt-secret-??????","#
                + #""arn:aws:secretsmanager:us-east-1:123456789012:secret:gaara-store/production/redis-url-??????"]}}}]}"#
        )
    }

    // KMS Developer Guide, "kms:ViaService": the suffix is .amazonaws.com in all partitions.
    @Test(
        "takes the partition from the region, and keeps the suffix of kms:ViaService",
        arguments: [("cn-north-1", "aws-cn"), ("us-gov-west-1", "aws-us-gov")])
    func partitions(region: String, partition: String) throws {
        let key = "arn:\(partition):kms:\(region):123456789012:key/1"
        let text = try reader(region: region, isBatch: true).document(keyARN: key).text
        let secrets = ["database-url", "jwt-secret", "redis-url"].map {
            "\"arn:\(partition):secretsmanager:\(region):123456789012:secret:"
                + "gaara-store/production/\($0)-??????\""
        }.joined(separator: ",")
        #expect(
            text
                == #"{"Version":"2012-10-17","Statement":[{"Sid":"ReadSecretValues","Effect":"Allow","#
                + #""Action":["secretsmanager:DescribeSecret","secretsmanager:GetSecretValue"],"#
                + #""Resource":[\#(secrets)]},"#
                + #"{"Sid":"DecryptOnlyThroughSecretsManager","Effect":"Allow","Action":"kms:Decrypt","#
                + #""Resource":"\#(key)","Condition":{"StringEquals":{"kms:ViaService":"#
                + #""secretsmanager.\#(region).amazonaws.com"},"StringLike":{"#
                + #""kms:EncryptionContext:SecretARN":[\#(secrets)]}}},"#
                + #"{"Sid":"BatchRead","Effect":"Allow","Action":"secretsmanager:BatchGetSecretValue","#
                + #""Resource":"*","Condition":{"StringEquals":{"aws:RequestedRegion":"\#(region)"}}}]}"#
        )
        #expect(!text.contains("arn:aws:"))
    }

    @Test("adds the batch call, which has no resources, only where it is asked for")
    func batch() throws {
        let without = try reader().document(keyARN: PolicyFixture.keyARN)
        let with = try reader(isBatch: true).document(keyARN: PolicyFixture.keyARN)
        #expect(with.statements.map(\.sid) == without.statements.map(\.sid) + ["BatchRead"])
        #expect(with.statements.prefix(2) == without.statements.prefix(2))
    }

    @Test("finds the key by its alias in the document for a file")
    func portable() throws {
        let decrypt = try reader().portableDocument.json["Statement"]?[1]
        #expect(decrypt?["Resource"] == "arn:aws:kms:us-east-1:123456789012:key/*")
        #expect(
            decrypt?["Condition"]?["ForAnyValue:StringEquals"]
                == ["kms:ResourceAliases": "alias/gaara-store/production"])
        #expect(decrypt?["Condition"]?["StringLike"] != nil)
        #expect(
            decrypt?["Condition"]?["StringEquals"]
                == ["kms:ViaService": "secretsmanager.us-east-1.amazonaws.com"])
    }

    @Test("reads an external secret like the others")
    func external() throws {
        var plan = try PolicyFixture.plan()
        plan.secrets.append(try PolicyFixture.secret("sentry-dsn", value: .external))
        plan.access = [try PolicyFixture.access("app", read: ["sentry-dsn"], roles: ["app"])]
        let document = plan.readerPolicy(of: plan.access[0]).document(keyARN: "k")
        let pattern: JSON =
            "arn:aws:secretsmanager:us-east-1:123456789012:secret:gaara-store/production/sentry-dsn-??????"
        #expect(document.json["Statement"]?[0]?["Resource"] == pattern)
        #expect(
            document.json["Statement"]?[1]?["Condition"]?["StringLike"]
                == ["kms:EncryptionContext:SecretARN": pattern])
    }
}
