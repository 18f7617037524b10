// swift-tools-version: 6.3

import PackageDescription

// What a user of the library writes; Tests/Linkage/run builds it beside a link called gaara-infra.
let package = Package(
    name: "Consumer",
    platforms: [.macOS(.v15)],
    dependencies: [.package(path: "../gaara-infra", traits: [])],
    targets: [
        .executableTarget(
            name: "Consumer",
            dependencies: [.product(name: "GaaraSecrets", package: "gaara-infra")])
    ],
    swiftLanguageModes: [.v6]
)
