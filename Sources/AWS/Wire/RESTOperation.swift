/// An operation of a service that names it by method and path, and speaks JSON.
///
/// A conforming type says its own `line`; without members its body is empty, as a GET's must be.
package protocol RESTOperation: JSONOperation {}

extension RESTOperation {
    package func encode(into request: inout JSONRequest) {}

    package func body() -> [UInt8] {
        guard line.method != "GET" else { return [] }
        var request = JSONRequest()
        encode(into: &request)
        return request.finish()
    }
}
