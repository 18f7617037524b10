// swift-tools-version: 6.3

import PackageDescription

// What Benchmarks/run measures with; no part of gaara-infra and not in its test run.
let package = Package(
    name: "Benchmarks",
    targets: [
        .systemLibrary(
            name: "CCurl", pkgConfig: "libcurl", providers: [.apt(["libcurl4-openssl-dev"])]),
        .executableTarget(name: "Floor", dependencies: ["CCurl"]),
        .executableTarget(name: "StartTime", swiftSettings: [.strictMemorySafety()]),
    ],
    swiftLanguageModes: [.v6]
)
