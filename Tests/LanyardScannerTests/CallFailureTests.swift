import GRPCCore
import GRPCProtobuf
import LanyardAPI
import LanyardClient
import LanyardServer
import LanyardTesting
import Testing

@Suite("A failed call")
struct CallFailureTests {
  @Test(
    "Of something in between is named as such, and is no refusal",
    arguments: [
      ("401", "text/html", RPCError.Code.unauthenticated), ("403", "text/html; charset=utf-8", .permissionDenied),
      ("404", "text/plain", .unimplemented), ("413", "text/html", .unknown), ("502", "text/html", .unavailable),
      ("503", "", .unavailable), ("200", "text/html", .internalError), ("200", "", .internalError),
    ]
  )
  func strangers(status: String, type: String, code: RPCError.Code) {
    var metadata: Metadata = [":status": "\(status)"]
    if !type.isEmpty { metadata.addString(type, forKey: "content-type") }
    let failure = CallFailure(RPCError(code: code, message: "Unexpected", metadata: metadata))
    #expect(failure.source == .stranger && !failure.isRefusal && failure.isServerOrNetwork)
    #expect(failure.message.contains("Something in between answered"))
    #expect(failure.message.contains(type.isEmpty ? "no content type" : type))
    #expect(status == "200" || failure.message.contains("HTTP status \(status)"))
  }

  @Test("Refuses only by the service's own word, whatever gRPC status a proxy gives")
  func proxyInGRPC() {
    let headers: Metadata = [":status": "200", "content-type": "application/grpc"]
    let proxy = CallFailure(RPCError(code: .permissionDenied, message: "RBAC: access denied", metadata: headers))
    #expect(proxy.source == .stranger && !proxy.isRefusal && proxy.message.contains("RBAC"))
    let info = ErrorDetails.errorInfo(reason: "DEVICE_REVOKED", domain: "example.org", metadata: [:])
    let other = CallFailure(
      RPCError(GoogleRPCStatus(code: .unauthenticated, message: "Revoked.", details: [info]))
    )
    #expect(other.source == .stranger && !other.isRefusal && other.reason.isEmpty)
  }

  @Test("Of the server's own transport, or without any answer, is nobody else's")
  func connection() {
    let headers: Metadata = [":status": "200", "content-type": "application/grpc"]
    for (code, metadata) in [(RPCError.Code.unimplemented, headers), (.unavailable, [:]), (.deadlineExceeded, [:])] {
      let failure = CallFailure(RPCError(code: code, message: "No.", metadata: metadata))
      #expect(failure.source == .connection && failure.isServerOrNetwork && failure.message == "No.")
    }
  }

  @Test("Of the service is known by its domain")
  func service() async throws {
    #expect(CallFailure.domain == errorDomain)
    try await ServerHarness.run { server in
      let access = server.access("lyt_0000000000000000000000000000000000000000000000000000")
      let failure = await withServerFailure(access)
      #expect(failure?.source == .service && failure?.isRefusal == true && failure?.reason == "TOKEN_REFUSED")
    }
  }

  private func withServerFailure(_ access: ServerAccess) async -> CallFailure? {
    do {
      try await withServerConnection(access) { client in
        _ = try await Lanyard_V1_EventService.Client(wrapping: client).listEvents(.init())
      }
      return nil
    } catch {
      return (error as? RPCError).map { CallFailure($0) }
    }
  }
}
