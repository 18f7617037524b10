internal import SigV4

// By hand, since a signing credential itself must not be written anywhere by accident.
extension FrontDoor.AccessKey: Codable {
    private enum CodingKeys: CodingKey {
        case id, secret, token, account, caller, principal
    }

    init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        self.init(
            credential: SigningCredential(
                accessKeyID: try container.decode(String.self, forKey: .id),
                secretAccessKey: try container.decode(String.self, forKey: .secret),
                sessionToken: try container.decodeIfPresent(String.self, forKey: .token)),
            account: try container.decode(String.self, forKey: .account),
            caller: try container.decode(String.self, forKey: .caller),
            principal: try container.decode(String.self, forKey: .principal))
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(credential.accessKeyID, forKey: .id)
        try container.encode(credential.secretAccessKey, forKey: .secret)
        try container.encodeIfPresent(credential.sessionToken, forKey: .token)
        try container.encode(account, forKey: .account)
        try container.encode(caller, forKey: .caller)
        try container.encode(principal, forKey: .principal)
    }
}
