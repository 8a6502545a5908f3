import Glibc
import LanyardDomain
package import LanyardTexts
import NIOCore
import Synchronization

/// Why a server cannot listen.
package enum ListeningFault: SpokenError, Hashable {
  /// Another program listens on the address.
  case taken(String)
  /// The machine has no such address.
  case elsewhere(String)
  /// The user may not listen there, as below port 1024.
  case notAllowed(String)

  package var sentence: Sentence {
    switch self {
    case .taken(let address): Sentence(.serverPortTaken, ["address": .text(address), "option": .text("--grpc")])
    case .elsewhere(let address):
      Sentence(.serverAddressElsewhere, ["address": .text(address), "option": .text("--grpc")])
    case .notAllowed(let address):
      Sentence(.serverPortNotAllowed, ["address": .text(address), "option": .text("--grpc")])
    }
  }
}

/// Why a listener could not begin: the transport tells that it has ended before it tells why.
final class ListeningOutcome: Sendable {
  private let noted = Mutex<ListeningFault?>(nil)

  /// Nil where it listens, or what failed is none of these.
  var fault: ListeningFault? { noted.withLock(\.self) }

  /// Notes why an address could not be taken; returns the error to throw.
  func failed(_ error: IOError, at address: NIOCore.SocketAddress) -> any Error {
    guard let host = address.ipAddress, let port = address.port else { return error }
    let text = Endpoint(host: host, port: port).description
    let fault: ListeningFault
    switch error.errnoCode {
    case EADDRINUSE: fault = .taken(text)
    case EADDRNOTAVAIL: fault = .elsewhere(text)
    case EACCES: fault = .notAllowed(text)
    default: return error
    }
    noted.withLock { $0 = fault }
    return fault
  }
}
