internal import HTTP

/// From a call to the operation of its service.
extension World {
    mutating func perform(
        _ visit: FrontDoor.Visit, _ key: FrontDoor.AccessKey, _ region: String
    ) throws(Refused) -> Answer {
        let authority =
            try enforcesIAM && visit.isSigned
            ? authority(of: key, in: region) : nil
        let call = Call(
            operation: visit.operation, account: key.account, caller: key.caller,
            principal: key.principal, session: key.session, now: now, principals: principalsSeen,
            denials: accounts[key.account]?.denials[key.principal] ?? Denials(),
            authority: authority, delays: delays)
        switch visit.service {
        case .kms:
            let operation = try found(SandboxKMS.operations[visit.operation], visit)
            let input = try Input(visit.request.body)
            try checkPermission(call, visit, on: input.named(["KeyId", "AliasName"]))
            try authorize(call, visit, in: region) {
                KMSNeeds.rows[visit.operation]?(call, input, $0)
            }
            return .json(
                try accounts[key.account, default: Account(seed: seed, id: key.account)]
                    .with(region: region, for: call) { region throws(Refused) in
                        try operation(call, input, &region)
                    })
        case .secretsmanager:
            let operation = try found(SandboxSecretsManager.operations[visit.operation], visit)
            let input = try Input(visit.request.body)
            try checkPermission(call, visit, on: input.named(["SecretId", "Name"]))
            try authorize(call, visit, in: region) {
                SecretsManagerNeeds.rows[visit.operation]?(call, input, $0)
            }
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
            let rows = visit.service == .tagging ? TaggingNeeds.rows : CloudWatchNeeds.rows
            try authorize(call, visit, in: region) { rows[visit.operation]?(call, input, $0) }
            return .json(
                try accounts[key.account, default: Account(seed: seed, id: key.account)]
                    .with(region: region, for: call) { region throws(Refused) in
                        try operation(call, input, &region)
                    })
        case .lambda:
            let operation = try found(SandboxLambda.operations[visit.operation], visit)
            let input = try Input(visit.request.body, with: visit.parameters)
            try checkPermission(call, visit, on: input.named(["FunctionName"]))
            try authorize(call, visit, in: region) {
                LambdaNeeds.rows[visit.operation]?(call, input, $0)
            }
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
            if call.authority != nil {
                let account = accountSeen(key.account)
                try check(call, visit, IAMNeeds.rows[visit.operation]?(call, form, account))
            }
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
            try check(call, visit, STSNeeds.rows[visit.operation]?(call, form))
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

    /// What policies say of whoever has that key, by what is seen of IAM now.
    private func authority(
        of key: FrontDoor.AccessKey, in region: String
    ) throws(Refused) -> Authority {
        try Authority(of: key, in: accountSeen(key.account), region: region, now: now)
    }

    private func accountSeen(_ id: String) -> Account {
        accounts[id]?.seen(now: now) ?? Account(seed: seed, id: id)
    }

    private func authorize(
        _ call: Call, _ visit: FrontDoor.Visit, in region: String,
        _ needs: (Region) -> [AccessNeed]?
    ) throws(Refused) {
        guard call.authority != nil else { return }
        let region =
            accounts[call.account]?.regions[region]
            ?? Region(seed: seed, account: call.account, name: region)
        try check(call, visit, needs(region))
    }

    /// An operation whose rights nobody has written down is one that the sandbox does not know.
    private func check(
        _ call: Call, _ visit: FrontDoor.Visit, _ needs: [AccessNeed]?
    ) throws(Refused) {
        guard let authority = call.authority else { return }
        guard let needs else {
            throw Refused(.unknownOperation, "who may \(visit.service.rawValue) \(call.operation)")
        }
        for need in needs { try authority.check(need, isJSON: visit.service.isJSON) }
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
