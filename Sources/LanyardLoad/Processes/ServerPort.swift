import Foundation
import Glibc
import LanyardDomain
import LanyardScanner

/// Whether anybody takes connections where a server is to be.
struct ServerPort: Sendable {
  /// How long a machine may take to take a connection or refuse it; one that does neither refuses nothing.
  private static let patience = Duration.seconds(1)
  /// After which a refusal is made sure of: a server that is started again refuses for a moment too.
  private static let pause = Duration.milliseconds(200)

  private let endpoint: Endpoint

  init(_ endpoint: Endpoint) {
    self.endpoint = endpoint
  }

  /// Whether it refuses connections, twice in a row.
  func refuses() async -> Bool {
    guard await refusesNow() else { return false }
    await Task.pause(Self.pause)
    return await refusesNow()
  }

  private func refusesNow() async -> Bool {
    let (host, port) = (endpoint.host, "\(endpoint.port)")
    // It throws nothing.
    return (try? await onThreadOfItsOwn { Self.isRefused(host, port) }) ?? false
  }

  /// Whether each address of the host refuses.
  private static func isRefused(_ host: String, _ port: String) -> Bool {
    var hints = addrinfo()
    hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
    var first: UnsafeMutablePointer<addrinfo>?
    guard getaddrinfo(host, port, &hints, &first) == 0 else { return false }
    defer { freeaddrinfo(first) }
    var next = first
    while let address = next?.pointee {
      guard isRefused(address) else { return false }
      next = address.ai_next
    }
    return first != nil
  }

  private static func isRefused(_ address: addrinfo) -> Bool {
    let kind = Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue | SOCK_NONBLOCK.rawValue)
    let descriptor = socket(address.ai_family, kind, address.ai_protocol)
    guard descriptor >= 0 else { return false }
    defer { close(descriptor) }
    if connect(descriptor, address.ai_addr, address.ai_addrlen) == 0 { return false }
    guard errno == EINPROGRESS else { return errno == ECONNREFUSED }
    var watched = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
    guard poll(&watched, 1, Int32(Self.patience / .milliseconds(1))) > 0 else { return false }
    var code: Int32 = 0
    var size = socklen_t(MemoryLayout<Int32>.size)
    return getsockopt(descriptor, SOL_SOCKET, SO_ERROR, &code, &size) == 0 && code == ECONNREFUSED
  }
}
