internal import AWS
internal import GaaraPlan

/// One call of the policy simulator: actions that are all asked about on the same resources, under
/// the same conditions.
struct Question {
    private(set) var permissions: [Permission] = []
    private var actions: [String] = []
    private var resources: [String] = []
    private var context: [String: [String]] = [:]

    /// No limit is published; a request stays well below what a form may hold.
    private static let mostResources = 50

    /// As few as answer for all of `permissions`.
    static func each(of permissions: [Permission]) -> [Question] {
        struct Thing: Hashable {
            let resource: String
            let context: [String: [String]]
        }
        var order: [Thing] = []
        var byThing: [Thing: [Permission]] = [:]
        for permission in permissions {
            let thing = Thing(resource: permission.example, context: permission.context)
            if byThing[thing] == nil { order.append(thing) }
            byThing[thing, default: []].append(permission)
        }
        var questions: [Question] = []
        for thing in order {
            let asked = byThing[thing] ?? []
            let actions = asked.map(\.action)
            let same = questions.firstIndex {
                $0.actions == actions && $0.context == thing.context
                    && $0.resources.count < mostResources
            }
            guard let same else {
                questions.append(
                    Question(
                        permissions: asked, actions: actions, resources: [thing.resource],
                        context: thing.context))
                continue
            }
            questions[same].permissions += asked
            questions[same].resources.append(thing.resource)
        }
        return questions
    }

    /// Whether IAM itself is what would be called; the actions of a question are of one service.
    var isAboutIAM: Bool { actions.first?.hasPrefix("iam:") == true }

    /// - Parameter region: where the calls would go.
    func call(about subject: String, in region: String) -> IAM.SimulatePrincipalPolicy {
        let context = context.merging(["aws:RequestedRegion": [region]]) { $1 }
        let entries = context.sorted { $0.key < $1.key }.map { key, values in
            IAM.ContextEntry(
                key, values.map(Permission.example),
                type: key == Self.list ? "stringList" : "string")
        }
        return IAM.SimulatePrincipalPolicy(
            policySourceARN: subject,
            question: IAM.Question(actionNames: actions, resourceARNs: resources, context: entries))
    }

    /// The one condition key among ours that has several values (IAM User Guide, "AWS global
    /// condition context keys").
    private static let list = "aws:TagKeys"
}

extension Permission {
    /// The resource with some character for each that only AWS knows: a policy's pattern matches
    /// it as it will match the real one.
    var example: String { Self.example(resource) }

    static func example(_ text: String) -> String { text.replacing("?", with: "0") }
}
