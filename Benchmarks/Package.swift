// swift-tools-version: 6.3

import PackageDescription

// What Benchmarks/run measures with; no part of gaara-infra and not in its test run.

let settings: [SwiftSetting] = [
    .strictMemorySafety(),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("ExistentialAny"),
]

// Links to the folders of gaara-infra: what is `package` there is so here.
func ours(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
    .target(name: name, dependencies: dependencies, swiftSettings: settings)
}

let package = Package(
    name: "Benchmarks",
    targets: [
        .systemLibrary(
            name: "CCurl", pkgConfig: "libcurl", providers: [.apt(["libcurl4-openssl-dev"])]),
        .systemLibrary(
            name: "CLibCrypto", pkgConfig: "libcrypto", providers: [.apt(["libssl-dev"])]),
        ours("JSON"),
        ours("Digest", ["CLibCrypto"]),
        ours("POSIX"),
        ours("HTTP", ["CCurl"]),
        ours("SigV4", ["Digest"]),
        ours("AWS", ["HTTP", "SigV4", "Digest", "JSON", "POSIX"]),

        .executableTarget(name: "Floor", dependencies: ["CCurl"]),
        .executableTarget(name: "StartTime", swiftSettings: [.strictMemorySafety()]),
        .executableTarget(
            name: "Client", dependencies: ["AWS", "HTTP", "SigV4", "POSIX"],
            swiftSettings: settings),
        .executableTarget(
            name: "Load", dependencies: ["HTTP", "SigV4", "POSIX"], swiftSettings: settings),
        // In C, since Swift cannot be what Swift is measured with.
        .executableTarget(
            name: "Plain", linkerSettings: [.linkedLibrary("curl"), .linkedLibrary("pthread")]),
        .executableTarget(
            name: "TLSServer",
            linkerSettings: [
                .linkedLibrary("ssl"), .linkedLibrary("crypto"), .linkedLibrary("pthread"),
            ]),
    ],
    swiftLanguageModes: [.v6]
)
