import Glibc

/// What libFuzzer calls with each input (https://llvm.org/docs/LibFuzzer.html).
@_cdecl("LLVMFuzzerTestOneInput")
func testOneInput(_ data: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    let bytes = unsafe UnsafeBufferPointer(start: data, count: count)
    chosenTarget.check(unsafe Array(bytes))
    return 0
}

/// One program holds all targets, so that the modules are compiled and linked once.
private let targets: [any FuzzTarget.Type] = [
    ProfileTarget.self, XMLTarget.self, JSONTarget.self, ErrorBodyTarget.self, YAMLTarget.self,
    ARNTarget.self, DotEnvTarget.self,
]

/// The target that `GAARA_FUZZ_TARGET` names.
private let chosenTarget: any FuzzTarget.Type = {
    let name = unsafe getenv("GAARA_FUZZ_TARGET").map { unsafe String(cString: $0) } ?? ""
    guard let target = targets.first(where: { $0.name == name }) else {
        fatalError("GAARA_FUZZ_TARGET is none of \(targets.map { $0.name })")
    }
    return target
}()
