import JSON

extension KnownDifference {
    static let all = wire + ofKMS + ofSecretsManager + ofIAM + ofCloudWatch

    static let wire: [KnownDifference] = [
        KnownDifference(
            id: "null-members", source: "LS: no recorded answer has a member that is null"
        ) { _, _, motos in
            guard let answer = motos.answer else { return }
            motos = .answer(answer.isNull ? [:] : answer.withoutNulls)
        },
        KnownDifference(
            id: "missing-secret-404", source: "moto.md, wire level: not found status"
        ) { step, ours, motos in
            guard step.operation.hasPrefix("secretsmanager "), let code = motos.code,
                motos == .refusal(status: 404, code: code)
            else { return }
            motos = .refusal(status: 400, code: code)
        },
        refusal("two-faults", "a call with two faults: which is named first is not documented") {
            step, ours, motos in
            guard let mine = ours.code, let theirs = motos.code else { return false }
            let looked: Set<String> = [
                "NotFoundException", "ResourceNotFoundException", "NoSuchEntity",
                "KMSInvalidStateException", "InvalidRequestException", "InvalidParameterException",
                "UnsupportedOperationException", "AlreadyExistsException", "EntityAlreadyExists",
                "MalformedPolicyDocument",
            ]
            let checked: Set<String> = [
                "ValidationException", "ValidationError", "NotAuthorizedException",
                "MalformedPolicyDocument", "TagException", "InvalidParameterException",
            ]
            return checked.contains(mine) && looked.contains(theirs)
                || looked.contains(mine) && checked.contains(theirs)
        },
    ]
}
