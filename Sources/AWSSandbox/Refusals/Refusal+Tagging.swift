/// What the Resource Groups Tagging API refuses.
extension Refusal {
    static let resourcesPerPage = Refusal(
        "InvalidParameterException", "ResourcesPerPage must be between 1 and 100",
        source: "model ResourcesPerPage; text not recorded")
    static let resourceARNCount = Refusal(
        "InvalidParameterException", "ResourceARNList must have between 1 and 100 entries",
        source: "model ResourceARNListForGet; text not recorded")
    static let resourceARNsAlone = Refusal(
        "InvalidParameterException", "ResourceARNList and {} cannot be specified together",
        source: "model ResourceARNList; text not recorded")
    static let notAnARN = Refusal(
        "InvalidParameterException", "{} is not a valid AmazonResourceName (ARN)",
        source: "boto/boto3#2760, for TagResources")
    static let paginationToken = Refusal(
        "InvalidParameterException", "Invalid pagination token",
        source: "model PaginationToken; text not recorded")
    static let paginationTokenExpired = Refusal(
        "PaginationTokenExpiredException", "The pagination token has expired",
        source: "model PaginationTokenExpiredException: 15 minutes; text not recorded")
}
