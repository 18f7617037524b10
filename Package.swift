// swift-tools-version: 6.3

import PackageDescription

// The layers and the one-way rule are design: an import may only go to a lower line, and a target
// imports only what it declares here. `Scripts/check-imports` holds both.
//
//   5  terminal   gaara-infra
//   4  effects    GaaraEngine  AWSSandbox  GaaraSecrets
//   3  meaning    GaaraPlan (pure)  AWS (typed calls)
//   2  protocol   GaaraStore  SigV4 (pure)
//   1  values     YAML  JSON  Digest  HTTP  POSIX
//   0  C          CYAML  CLibCrypto  CCurl

let strict: [SwiftSetting] = [
    .strictMemorySafety(),
    .treatAllWarnings(as: .error),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("ExistentialAny"),
]

func target(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
    .target(name: name, dependencies: dependencies, swiftSettings: strict)
}

// Data beside the tests is excluded and read by its path: a resource would bring in Foundation.
func tests(
    _ name: String, _ dependencies: [Target.Dependency], excluding data: [String] = []
) -> Target {
    .testTarget(name: name, dependencies: dependencies, exclude: data, swiftSettings: strict)
}

let package = Package(
    name: "gaara-infra",
    platforms: [.macOS(.v15)],
    products: [
        .executable(name: "gaara-infra", targets: ["gaara-infra"]),
        .library(name: "GaaraSecrets", targets: ["GaaraSecrets"]),
    ],
    traits: [
        .trait(name: "CommandLine", description: "The gaara-infra command; needs ArgumentParser."),
        .default(enabledTraits: ["CommandLine"]),
    ],
    dependencies: [
        // Arguments, help and completions of the command: outside what this project exists for.
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2")
    ],
    targets: [
        .systemLibrary(
            name: "CCurl", pkgConfig: "libcurl",
            providers: [.apt(["libcurl4-openssl-dev"]), .brew(["curl"])]),
        .systemLibrary(
            name: "CLibCrypto", pkgConfig: "libcrypto",
            providers: [.apt(["libssl-dev"]), .brew(["openssl@3"])]),
        .systemLibrary(
            name: "CYAML", pkgConfig: "yaml-0.1",
            providers: [.apt(["libyaml-dev"]), .brew(["libyaml"])]),

        target("YAML", ["CYAML"]),
        target("JSON"),
        target("Digest", ["CLibCrypto"]),
        target("HTTP", ["CCurl"]),
        target("POSIX"),

        target("SigV4", ["Digest"]),
        target("GaaraStore", ["Digest", "POSIX"]),

        target("AWS", ["HTTP", "SigV4", "Digest", "JSON", "POSIX"]),
        target("GaaraPlan", ["GaaraStore", "YAML", "JSON", "Digest"]),

        target("AWSSandbox", ["AWS", "SigV4", "Digest", "JSON", "HTTP", "POSIX"]),
        // Beside GaaraPlan and AWS, the modules whose members it touches (MemberImportVisibility).
        target("GaaraEngine", ["GaaraPlan", "AWS", "GaaraStore", "JSON", "Digest", "POSIX"]),
        target("GaaraSecrets", ["GaaraStore", "AWS", "JSON", "POSIX"]),

        .executableTarget(
            name: "gaara-infra",
            dependencies: [
                "GaaraEngine", "GaaraSecrets", "AWSSandbox", "GaaraPlan", "AWS", "GaaraStore",
                "SigV4", "YAML", "JSON", "Digest", "HTTP", "POSIX",
                .product(
                    name: "ArgumentParser", package: "swift-argument-parser",
                    condition: .when(traits: ["CommandLine"])),
            ],
            swiftSettings: strict),

        // The engine under thousands of seeded schedules; `Scripts/simulate` builds and runs it.
        .executableTarget(
            name: "Simulation",
            dependencies: [
                "GaaraEngine", "AWSSandbox", "GaaraPlan", "AWS", "GaaraStore", "POSIX",
            ], swiftSettings: strict),

        tests("YAMLTests", ["YAML"]),
        tests("JSONTests", ["JSON"]),
        tests("DigestTests", ["Digest"]),
        tests("POSIXTests", ["POSIX"]),
        tests("HTTPTests", ["HTTP", "POSIX"]),
        tests("SigV4Tests", ["SigV4", "Digest", "JSON", "POSIX"], excluding: ["Cases"]),
        tests("GaaraStoreTests", ["GaaraStore", "Digest", "POSIX"], excluding: ["Cases"]),
        tests("AWSTests", ["AWS", "HTTP", "SigV4", "JSON", "POSIX"], excluding: ["Cases"]),
        tests(
            "AWSSandboxTests",
            ["AWSSandbox", "AWS", "SigV4", "Digest", "JSON", "HTTP", "POSIX"], excluding: ["Cases"]),
        tests("GaaraSecretsTests", ["GaaraSecrets", "AWS", "AWSSandbox", "POSIX"]),
        tests(
            "CommandTests",
            [
                "gaara-infra", "GaaraEngine", "AWSSandbox", "GaaraPlan", "AWS", "SigV4",
                "GaaraStore", "JSON",
                "HTTP", "POSIX",
            ], excluding: ["Transcripts"]),
        tests(
            "GaaraPlanTests", ["GaaraPlan", "GaaraStore", "YAML", "JSON", "POSIX"],
            excluding: ["Faults"]),
        tests(
            "GaaraEngineTests",
            [
                "GaaraEngine", "GaaraPlan", "GaaraStore", "AWS", "AWSSandbox", "JSON", "HTTP",
                "POSIX",
            ]),
        tests(
            "DocumentationTests",
            ["gaara-infra", "GaaraSecrets", "GaaraPlan", "AWS", "HTTP", "JSON", "POSIX"]),
        // Runs the built command, which GAARA_INFRA_BINARY names, as a program.
        // Its comparison with moto runs the sandbox in process.
        tests(
            "EndToEndTests", ["AWSSandbox", "AWS", "SigV4", "POSIX", "JSON", "HTTP"],
            excluding: ["Judge"]),
    ],
    swiftLanguageModes: [.v6]
)
