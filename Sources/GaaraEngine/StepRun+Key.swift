internal import AWS
internal import GaaraPlan

extension StepRun {
    /// CreateKey takes no idempotency token, so it is never sent twice: after a lost answer the
    /// next run finds the key by its claim (design 5.4).
    mutating func createKey(
        _ role: Key.Role, description: String, policy: String, tags: [String: String]
    ) async throws(EngineError) {
        let isData = role == .data
        let input = KMS.CreateKey(
            description: description, keySpec: isData ? .symmetricDefault : .hmac256,
            keyUsage: isData ? .encryptDecrypt : .generateVerifyMAC, policy: policy,
            tags: Tag.list(tags))
        do {
            let metadata = try await settle(input)
            references.made(role, arn: try comparison.session.checked(metadata.arn))
        } catch let error as AWSError {
            guard error.isAmbiguous else {
                throw EngineError(error, doing: "create \(step.address)")
            }
            throw EngineError(
                .call, "cannot tell whether \(step.address) was created: \(error)",
                hint: "plan again in five minutes: a key that was made is found by its claim tag,"
                    + " and no second one is made")
        } catch let error as EngineError {
            throw error
        } catch {
            throw EngineError(.call, "cannot create \(step.address)")
        }
    }

    /// Creating the alias is atomic, so it decides who wins when two run at once.
    ///
    /// An alias that already points at our key is success: an earlier answer was lost.
    mutating func createAlias(_ alias: String, for key: String) async throws(EngineError) {
        do {
            try await settle(
                dependsOn: key, KMS.CreateAlias(aliasName: alias, targetKeyID: key))
            references.made(alias)
        } catch {
            guard error.kind == .alreadyExists else {
                throw EngineError(error, doing: "create \(alias)")
            }
            let target = try await calling("look at \(alias)") { () async throws(AWSError) in
                try await client.send(KMS.DescribeKey(keyID: alias))
            }
            guard target.arn == key else {
                throw EngineError(
                    .conflict, "\(alias) was given to another key while this ran",
                    hint: "plan again: the alias's key is used, and ours is listed as an orphan")
            }
        }
    }
}
