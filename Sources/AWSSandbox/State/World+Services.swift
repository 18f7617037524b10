internal import HTTP

/// From a call to the operation of its service.
extension World {
    mutating func perform(
        _ visit: FrontDoor.Visit, _ key: FrontDoor.AccessKey, _ region: String
    ) throws(Refused) -> Answer {
        let call = Call(
            operation: visit.operation, account: key.account, caller: key.caller,
            principal: key.principal, session: key.session, now: now, principals: principalsSeen,
            denials: accounts[key.account]?.denials[key.principal] ?? Denials(),
            delays: delays)
        switch visit.service {
        case .kms:
            let operation = try found(SandboxKMS.operations[visit.operation], visit)
            let input = try Input(visit.request.body)
            try checkPermission(call, visit, on: input.named(["KeyId", "AliasName"]))
            return .json(
                try accounts[key.account, default: Account(seed: seed, id: key.account)]
                    .with(region: region, for: call) { region throws(Refused) in
                        try operation(call, input, &region)
                    })
        case .secretsmanager:
            let operation = try found(SandboxSecretsManager.operations[visit.operation], visit)
            let input = try Input(visit.request.body)
            try checkPermission(call, visit, on: input.named(["SecretId", "Name"]))
            // Also after a refusal: RotateSecret takes an unfinished rotation up again.
            defer { if call.isWrite { accounts[key.account]?.replicate(now: call.now) } }
            return .json(
                try accounts[key.account, default: Account(seed: seed, id: key.account)]
                    .with(region: region, for: call) { region throws(Refused) in
                        try SandboxSecretsManager.run(operation, call, input, &region)
                    })
        case .monitoring, .tagging:
            let operations =
                visit.service == .tagging ? SandboxTagging.operations : SandboxCloudWatch.operations
            let operation = try found(operations[visit.operation], visit)
            let input = try Input(try visit.unpackedBody())
            try checkPermission(call, visit, on: input.named(["AlarmName", "ResourceARN"]))
            return .json(
                try accounts[key.account, default: Account(seed: seed, id: key.account)]
                    .with(region: region, for: call) { region throws(Refused) in
                        try operation(call, input, &region)
                    })
        case .lambda:
            let operation = try found(SandboxLambda.operations[visit.operation], visit)
            let input = try Input(visit.request.body, with: visit.parameters)
            try checkPermission(call, visit, on: input.named(["FunctionName"]))
            let (status, output) =
                try accounts[key.account, default: Account(seed: seed, id: key.account)]
                .with(region: region) { region throws(Refused) in
                    try operation(call, input, &region)
                }
            return .rest(status, output)
        case .iam:
            let operation = try found(SandboxIAM.operations[visit.operation], visit)
            let form = try form(of: visit)
            let resource =
                ["PolicyArn", "PolicyName", "RoleName", "UserName", "GroupName"]
                .lazy.compactMap { form[$0] }.first
            try checkPermission(call, visit, on: resource)
            return .query(
                try accounts[key.account, default: Account(seed: seed, id: key.account)]
                    .with(iamFor: call) { account throws(Refused) in
                        try operation(call, form, &account)
                    })
        case .sts:
            let operation = try found(SandboxSTS.operations[visit.operation], visit)
            let form = try form(of: visit)
            if visit.operation == "AssumeRole" {
                try checkPermission(call, visit, on: form["RoleArn"])
            }
            return .query(try operation(call, form, &self))
        case .portal, .oidc:
            let operation = try found(SandboxSignIn.operations[visit.operation], visit)
            var parameters = visit.parameters
            // The one member that stands in a header (botocore GetRoleCredentials).
            parameters["accessToken"] = visit.request.header("x-amz-sso_bearer_token")
            let input = try Input(visit.request.body, with: parameters)
            return .rest(200, try operation(call, input, &self))
        }
    }

    private func found<Operation>(
        _ operation: Operation?, _ visit: FrontDoor.Visit
    ) throws(Refused) -> Operation {
        guard let operation else {
            throw Refused(
                .unknownOperation, "\(visit.service.rawValue) \(visit.operation)")
        }
        return operation
    }

    private func form(of visit: FrontDoor.Visit) throws(Refused) -> Form {
        guard let form = Form(visit.request.body) else {
            throw Refused(.unknownOperation, "this form")
        }
        return form
    }

    /// Lists and creations without a name have no resource to say.
    private func checkPermission(
        _ call: Call, _ visit: FrontDoor.Visit, on resource: String?
    ) throws(Refused) {
        let action = "\(visit.service.actionPrefix):\(visit.operation)"
        guard call.isDenied(action) else { return }
        throw Refused(
            visit.service.isJSON ? .denied : .deniedQuery, call.caller, action,
            resource.map { " on resource: \($0)" } ?? "", action)
    }
}

extension Input {
    /// The first of these members that is a text.
    fileprivate func named(_ keys: [String]) -> String? {
        keys.lazy.compactMap { try? text($0) }.first
    }
}

extension API {
    /// What the service says to a caller that is too fast.
    var throttling: Refusal {
        switch self {
        case .kms, .secretsmanager, .monitoring: .throttled
        case .iam, .sts: .throttledQuery
        case .tagging: .throttledTagging
        case .lambda: .throttledLambda
        case .portal, .oidc: .throttledLambda
        }
    }

    /// What the service says when it fails itself (botocore: the exceptions with `fault`).
    func failure(_ status: Int) -> Refusal {
        let code =
            switch (self, status) {
            case (_, 503): isJSON ? "ServiceUnavailableException" : "ServiceUnavailable"
            case (.kms, _): "KMSInternalException"
            case (.secretsmanager, _): "InternalServiceError"
            case (.iam, _), (.sts, _): "ServiceFailure"
            case (.monitoring, _): "InternalServiceFault"
            case (.tagging, _): "InternalServiceException"
            case (.lambda, _): "ServiceException"
            case (.portal, _), (.oidc, _): "InternalServerException"
            }
        return Refusal(code, status, "An error occurred on the server side.", source: "model")
    }
}
