internal import JSON

/// What IAM checks of a role's trust policy when it is written: size, JSON, grammar, and that the
/// principals of AWS that it names are there.
///
/// IAM guide, "Grammar of the IAM JSON policy language" and "AWS JSON policy elements: Principal".
enum TrustGrammar {
    /// - Parameter exists: whether that ARN is a role or user of any account.
    static func check(
        _ document: String, where exists: (String) -> Bool
    ) throws(Refused) {
        try PolicyGrammar.checkLetters(of: document)
        guard PolicyGrammar.size(of: document) <= 2048 else { throw Refused(.trustQuota) }
        for statement in try PolicyGrammar.statements(of: document) {
            try check(statement)
            for (kind, name) in try principals(of: statement) {
                try check(kind, name, where: exists)
            }
        }
    }

    private static func check(_ statement: JSONObject) throws(Refused) {
        guard statement["Resource"] == nil, statement["NotResource"] == nil else {
            throw Refused(.trustResource)
        }
        guard statement["NotPrincipal"] == nil else { throw Refused(.trustNotPrincipal) }
        try PolicyGrammar.checkMembers(of: statement)
        guard let actions = statement["Action"]?.texts, !actions.isEmpty else {
            throw Refused(.trustWithoutAction)
        }
        guard actions.allSatisfy({ isSTS($0.lowercased()) }) else { throw Refused(.trustAction) }
    }

    /// What STS lets a trust policy give; patterns of it too.
    private static func isSTS(_ action: String) -> Bool {
        let names = [
            "assumerole", "assumerolewithsaml", "assumerolewithwebidentity", "tagsession",
            "setsourceidentity", "setcontext",
        ]
        guard action.hasPrefix("sts:") else { return false }
        return names.contains { Wildcards.match(action.dropFirst(4), $0) }
    }

    /// The principals with what they are called by; `*` for everybody.
    static func principals(
        of statement: JSONObject
    ) throws(Refused) -> [(kind: String, name: String)] {
        if statement["Principal"]?.string == "*" { return [("AWS", "*")] }
        guard let members = statement["Principal"]?.object?.members, !members.isEmpty else {
            throw Refused(.trustWithoutPrincipal)
        }
        var principals: [(kind: String, name: String)] = []
        for (kind, value) in members {
            guard ["AWS", "Service", "Federated", "CanonicalUser"].contains(kind),
                let names = value.texts, !names.isEmpty
            else { throw Refused(.policySyntax) }
            principals += names.map { (kind, $0) }
        }
        return principals
    }

    private static func check(
        _ kind: String, _ name: String, where exists: (String) -> Bool
    ) throws(Refused) {
        let isThere =
            switch kind {
            case "AWS": isPrincipal(name, where: exists)
            case "Service": name.hasSuffix(".amazonaws.com") || name.hasSuffix(".amazon.com")
            case "Federated": true
            default: false
            }
        guard isThere else { throw Refused(.trustPrincipal, kind.uppercased(), name) }
        guard kind != "Federated" || isFederation(name) else { throw Refused(.trustFederation) }
    }

    private static func isPrincipal(_ name: String, where exists: (String) -> Bool) -> Bool {
        let isAccount = name.utf8.count == 12 && name.allSatisfy(\.isNumber)
        if name == "*" || isAccount || name.hasPrefix("AROA") || name.hasPrefix("AIDA") {
            return true
        }
        let parts = name.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 6, parts[0] == "arn", parts[4].count == 12 else { return false }
        switch parts[2] {
        case "iam": return parts[5] == "root" || exists(name)
        // A session of a role: arn:aws:sts::123456789012:assumed-role/name/session.
        case "sts": return parts[5].split(separator: "/").count == 3
        default: return false
        }
    }

    private static func isFederation(_ name: String) -> Bool {
        guard name.hasPrefix("arn:") else {
            return name.contains(".") && !name.contains("/") && !name.contains(":")
        }
        let parts = name.split(separator: ":", maxSplits: 5, omittingEmptySubsequences: false)
        guard parts.count == 6, parts[2] == "iam", parts[4].count == 12 else { return false }
        return parts[5].hasPrefix("oidc-provider/") || parts[5].hasPrefix("saml-provider/")
    }
}
