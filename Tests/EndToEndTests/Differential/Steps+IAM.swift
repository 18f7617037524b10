import JSON

extension Step {
    /// The role `r`, the user `u` and the group `g` are there from the beginning.
    static let policies: [Kind] =
        [
            Kind(4) { draw in
                Step(
                    "iam CreatePolicy",
                    .object(
                        JSONObject([
                            ("PolicyName", policyName(&draw)), ("PolicyDocument", document(&draw)),
                        ])
                        .with("Path", "/x/", draw.once(in: 20))
                        .with("Description", "d", draw.once(in: 3))
                        .with("Tags", tagPairs(&draw), draw.once(in: 3))))
            },
            Kind(2) { draw in Step("iam GetPolicy", ["PolicyArn": policy(&draw)]) },
            Kind(1) { draw in
                Step(
                    "iam ListPolicies",
                    .object(
                        JSONObject([("Scope", "Local")])
                            .with("OnlyAttached", true, draw.once(in: 2))
                            .with("PathPrefix", "/x/", draw.once(in: 3))))
            },
            Kind(2) { draw in Step("iam DeletePolicy", ["PolicyArn": policy(&draw)]) },
            Kind(5) { draw in
                Step(
                    "iam CreatePolicyVersion",
                    .object(
                        JSONObject([
                            ("PolicyArn", policy(&draw)), ("PolicyDocument", document(&draw)),
                        ])
                        .with("SetAsDefault", true, draw.once(in: 2))))
            },
            Kind(2) { draw in
                Step(
                    "iam GetPolicyVersion",
                    ["PolicyArn": policy(&draw), "VersionId": version(&draw)])
            },
            Kind(2) { draw in Step("iam ListPolicyVersions", ["PolicyArn": policy(&draw)]) },
            Kind(2) { draw in
                Step(
                    "iam DeletePolicyVersion",
                    ["PolicyArn": policy(&draw), "VersionId": version(&draw)])
            },
            Kind(2) { draw in
                Step(
                    "iam SetDefaultPolicyVersion",
                    ["PolicyArn": policy(&draw), "VersionId": version(&draw)])
            },
            Kind(1) { draw in
                Step("iam TagPolicy", ["PolicyArn": policy(&draw), "Tags": tagPairs(&draw)])
            },
            Kind(1) { draw in
                Step(
                    "iam UntagPolicy",
                    ["PolicyArn": policy(&draw), "TagKeys": [draw.one(of: ["a", "b"])]])
            },
            Kind(1) { draw in Step("iam ListPolicyTags", ["PolicyArn": policy(&draw)]) },
            Kind(1) { draw in Step("iam ListEntitiesForPolicy", ["PolicyArn": policy(&draw)]) },
        ] + [("Role", "r"), ("User", "u"), ("Group", "g")].flatMap(attachments)

    private static func attachments(_ kind: String, _ name: String) -> [Kind] {
        let key = "\(kind)Name"
        return [
            Kind(2) { draw in
                Step(
                    "iam Attach\(kind)Policy",
                    .object([key: entity(name, &draw), "PolicyArn": policy(&draw)]))
            },
            Kind(1) { draw in
                Step(
                    "iam Detach\(kind)Policy",
                    .object([key: entity(name, &draw), "PolicyArn": policy(&draw)]))
            },
            Kind(1) { draw in
                Step(
                    "iam ListAttached\(kind)Policies", .object([key: entity(name, &draw)]))
            },
            Kind(1) { draw in Step("iam Get\(kind)", .object([key: entity(name, &draw)])) },
        ]
    }

    private static func entity(_ name: String, _ draw: inout Draw) -> JSON {
        draw.once(in: 8) ? "nobody" : .string(name)
    }

    private static func policyName(_ draw: inout Draw) -> JSON {
        draw.once(in: 40) ? draw.one(of: ["P", "no name"]) : draw.one(of: ["p", "p", "q"])
    }

    private static func policy(_ draw: inout Draw) -> JSON {
        let name = draw.one(of: ["p", "p", "p", "q", "x/p", "nobody"])
        return .string("arn:aws:iam::123456789012:policy/\(name)")
    }

    private static func version(_ draw: inout Draw) -> JSON {
        draw.one(of: ["v1", "v1", "v2", "v3", "v6"])
    }

    private static func document(_ draw: inout Draw) -> JSON {
        let good =
            #"{"Version":"2012-10-17","Statement":{"Effect":"Allow","#
            + #""Action":"s3:GetObject","Resource":"*"}}"#
        guard draw.once(in: 6) else {
            return .string(draw.once(in: 2) ? good : good.replacing("Get", with: "Put"))
        }
        return draw.one(of: [
            .string(good.replacing("s3:", with: "")), .string(String(good.dropLast())),
            .string(good.replacing("Resource", with: "Resources")),
        ])
    }
}
