import GRPCCore
package import LanyardTexts
import NIOCore
import NIOPosix
import NIOSSL

/// Why a call got no answer of any service, as far as that is known, for whoever reads no transport's English.
package enum ConnectionFault: Hashable, Sendable {
  /// No program listens there.
  case refused
  /// The server's name has no address.
  case nameUnknown
  case noRoute
  case timedOut
  /// What stood is cut, or was closed.
  case cut
  /// What answers speaks no TLS, or takes none of what this side offers.
  case noTLS
  /// What answers takes connections and closes them, since it speaks no HTTP/2.
  case noHTTP2
  /// A server that does not know the method.
  case methodUnknown
  /// More than one answer, or one call, may be.
  case tooLarge
  case other

  /// How the transport begins to say what it has no error of its own for.
  private static let noPreface = "The server accepted the TCP connection but closed the connection"
  private static let noName = "Failed to resolve"

  /// - Parameter message: What the transport says, without what it puts before each.
  init(_ error: RPCError, _ message: String) {
    if message.hasPrefix(Self.noPreface) {
      self = .noHTTP2
    } else if message.hasPrefix(Self.noName) {
      self = .nameUnknown
    } else {
      self = error.cause.flatMap(Self.known) ?? Self.known(error.code)
    }
  }

  private static func known(_ code: RPCError.Code) -> ConnectionFault {
    switch code {
    case .deadlineExceeded: .timedOut
    case .unimplemented: .methodUnknown
    case .resourceExhausted: .tooLarge
    case .cancelled: .cut
    default: .other
    }
  }

  /// What an error says that lies below the call's; nil where it says nothing that is known here.
  private static func known(_ error: any Error) -> ConnectionFault? {
    switch error {
    case let error as RPCError: return error.cause.flatMap(known)
    case let error as IOError: return known(number: error.errnoCode)
    case let error as NIOConnectionError:
      return error.connectionErrors.first.flatMap { known($0.error) } ?? (error.dnsAError == nil ? nil : .nameUnknown)
    case ChannelError.connectTimeout: return .timedOut
    case is ChannelError, NIOSSLError.uncleanShutdown: return .cut
    case is NIOSSLError, is BoringSSLError: return .noTLS
    default: return nil
    }
  }

  private static func known(number: CInt) -> ConnectionFault? {
    switch number {
    case ECONNREFUSED: .refused
    case ENETUNREACH, EHOSTUNREACH, ENETDOWN, EHOSTDOWN, EADDRNOTAVAIL: .noRoute
    case ETIMEDOUT: .timedOut
    case ECONNRESET, EPIPE, ECONNABORTED: .cut
    default: nil
    }
  }

  package var sentence: Sentence {
    switch self {
    case .refused: Self.unreached(.callRefused)
    case .nameUnknown: Self.unreached(.callNameUnknown)
    case .noRoute: Self.unreached(.callNoRoute)
    case .timedOut: Self.unreached(.callTimedOut)
    case .cut: Self.unreached(.callCut)
    case .noTLS: Self.unreached(.callNoTLS)
    case .noHTTP2: Sentence(.callNoHTTP2)
    case .methodUnknown: Sentence(.callMethodUnknown)
    case .tooLarge: Sentence(.callTooLarge)
    case .other: Self.unreached(.callBroken)
    }
  }

  private static func unreached(_ cause: Sentence.Key) -> Sentence {
    Sentence(.callUnreached, ["cause": .sentence(Sentence(cause))])
  }
}
