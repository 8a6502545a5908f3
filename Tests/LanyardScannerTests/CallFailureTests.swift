import GRPCCore
import GRPCProtobuf
import Glibc
import LanyardAPI
import LanyardCertificates
import LanyardClient
import LanyardDomain
import LanyardMessages
import LanyardServer
import LanyardTesting
import LanyardTexts
import NIOCore
import NIOSSL
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

  @Test("Is an answer where the service knows who called and says no, so that a command ends with 1 and not with 3")
  func denied() {
    for reason in ErrorReason.allCases {
      let info = ErrorDetails.errorInfo(reason: reason.rawValue, domain: ErrorReason.domain, metadata: [:])
      let failure = CallFailure(RPCError(GoogleRPCStatus(code: reason.code, message: "No.", details: [info])))
      switch reason.code {
      case .permissionDenied: #expect(failure.isRefusal && !failure.isServerOrNetwork, "\(reason)")
      case .unauthenticated: #expect(failure.isRefusal && failure.isServerOrNetwork, "\(reason)")
      case .notFound, .invalidArgument, .failedPrecondition, .alreadyExists: #expect(!failure.isServerOrNetwork)
      default: #expect(!failure.isRefusal)
      }
    }
  }

  @Test("Of the server's own transport, or without any answer, is nobody else's")
  func connection() {
    let headers: Metadata = [":status": "200", "content-type": "application/grpc"]
    for (code, metadata) in [(RPCError.Code.unimplemented, headers), (.unavailable, [:]), (.deadlineExceeded, [:])] {
      let failure = CallFailure(RPCError(code: code, message: "No.", metadata: metadata))
      #expect(failure.source == .connection && failure.isServerOrNetwork && failure.message == "No.")
    }
  }

  @Test(
    "Is told in the reader's language, with what was answered in the place of the server",
    arguments: Language.allCases
  )
  func told(language: Language) {
    let phrasebook = Phrasebook.of(language)
    let english = Phrasebook.of(.english)
    let metadata: Metadata = [":status": "502", "content-type": "text/html"]
    let stranger = CallFailure(RPCError(code: .unavailable, message: "Unexpected", metadata: metadata))
    #expect(phrasebook.text(stranger.sentence).contains("502"))
    #expect(stranger.message.hasPrefix(english.text(stranger.sentence)))
    for fault in [
      ServerTrust.Fault.time(notBefore: 0, notAfter: 86_400, now: 1_716_791_400), .untrusted("self-signed"),
      .name(called: "one.test", names: ["two.test", "three.test"]),
    ] {
      let error = RPCError(code: .unavailable, message: "handshake", cause: fault)
      let text = phrasebook.text(CallFailure(error).sentence)
      #expect(language == .english || text != english.text(fault.sentence))
      if case .name = fault { #expect(text.contains("two.test") && text.contains("one.test")) }
    }
  }

  @Test(
    "Without any answer is told in the reader's language, by what is known of it, and never in the transport's words",
    arguments: Language.allCases
  )
  func unreached(language: Language) {
    let phrasebook = Phrasebook.of(language)
    func errno(_ number: CInt) -> RPCError {
      let below = RPCError(code: .unavailable, message: "x", cause: IOError(errnoCode: number, reason: "connect"))
      return RPCError(code: .unavailable, message: "Could not establish a connection", cause: below)
    }
    let known: [(RPCError, ConnectionFault)] = [
      (errno(ECONNREFUSED), .refused), (errno(EHOSTUNREACH), .noRoute), (errno(ETIMEDOUT), .timedOut),
      (errno(ECONNRESET), .cut), (errno(EIO), .other),
      (RPCError(code: .unavailable, message: "Failed to resolve server name"), .nameUnknown),
      (RPCError(code: .deadlineExceeded, message: "late"), .timedOut),
      (RPCError(code: .unavailable, message: "z", cause: ChannelError.eof), .cut),
      (RPCError(code: .unavailable, message: "z", cause: ChannelError.connectTimeout(.seconds(1))), .timedOut),
      (RPCError(code: .unavailable, message: "z", cause: NIOSSLError.uncleanShutdown), .cut),
      (RPCError(code: .unavailable, message: "z", cause: NIOSSLError.noCertificateToValidate), .noTLS),
      (RPCError(code: .unimplemented, message: "z"), .methodUnknown),
      (RPCError(code: .resourceExhausted, message: "z"), .tooLarge), (RPCError(code: .unknown, message: "z"), .other),
    ]
    for (error, fault) in known {
      let failure = CallFailure(error)
      let text = phrasebook.text(failure.sentence)
      #expect(failure.sentence == fault.sentence && failure.message == error.message, "\(error)")
      #expect(!text.contains(error.message) && (language == .english || text != failure.sentence.english), "\(text)")
    }
    let closed = "The server accepted the TCP connection but closed the connection before sending its preface."
    #expect(CallFailure(RPCError(code: .unavailable, message: closed)).sentence.key == .callNoHTTP2)
  }

  @Test("Of the service is known by its domain")
  func service() async throws {
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
