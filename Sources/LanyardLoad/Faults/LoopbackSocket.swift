import Glibc
import LanyardDomain

/// A stream socket that never makes its caller wait. It is closed when nothing holds it any more.
package final class LoopbackSocket: Sendable {
  /// What came of reading.
  enum Received {
    /// So many bytes at the start of the buffer.
    case bytes(Int)
    /// Nothing has come yet.
    case nothing
    /// The other side has sent all that it will.
    case end
    /// The connection is broken.
    case broken
  }

  /// A system call that failed, with its `errno`.
  package struct Failure: Error {
    let call: String
    let code: Int32

    init(_ call: String) {
      self.call = call
      code = errno
    }
  }

  let descriptor: Int32

  /// Takes over an open descriptor.
  private init(owning descriptor: Int32) throws(Failure) {
    self.descriptor = descriptor
    guard fcntl(descriptor, F_SETFL, O_NONBLOCK) == 0, fcntl(descriptor, F_SETFD, FD_CLOEXEC) == 0 else {
      throw Failure("fcntl")
    }
  }

  deinit { close(descriptor) }

  private static func stream() throws(Failure) -> LoopbackSocket {
    let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    guard descriptor >= 0 else { throw Failure("socket") }
    return try LoopbackSocket(owning: descriptor)
  }

  /// Two sockets that are connected with one another.
  static func pair() throws(Failure) -> (LoopbackSocket, LoopbackSocket) {
    var ends: [Int32] = [-1, -1]
    guard socketpair(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0, &ends) == 0 else { throw Failure("socketpair") }
    return (try LoopbackSocket(owning: ends[0]), try LoopbackSocket(owning: ends[1]))
  }

  /// A socket that listens on a free port of 127.0.0.1.
  package static func listening() throws(Failure) -> LoopbackSocket {
    let socket = try stream()
    let bound = LoopbackAddress(port: 0).withSystemAddress { bind(socket.descriptor, $0, $1) }
    guard bound == 0 else { throw Failure("bind") }
    guard listen(socket.descriptor, 128) == 0 else { throw Failure("listen") }
    return socket
  }

  /// A socket that begins to connect; it can be written to once that has come about.
  static func connecting(to address: LoopbackAddress) throws(Failure) -> LoopbackSocket {
    let socket = try stream()
    socket.sendAtOnce()
    let connected = address.withSystemAddress { connect(socket.descriptor, $0, $1) }
    guard connected == 0 || errno == EINPROGRESS else { throw Failure("connect") }
    return socket
  }

  /// The next connection to a listening socket; nil where none waits.
  func accepted() throws(Failure) -> LoopbackSocket? {
    let descriptor = accept(self.descriptor, nil, nil)
    guard descriptor >= 0 else {
      if [EAGAIN, ECONNABORTED, EINTR].contains(errno) { return nil }
      throw Failure("accept")
    }
    let socket = try LoopbackSocket(owning: descriptor)
    socket.sendAtOnce()
    return socket
  }

  /// Small messages must not wait for the answer to the one before (Nagle's algorithm).
  private func sendAtOnce() {
    var isOn: Int32 = 1
    _ = setsockopt(descriptor, Int32(IPPROTO_TCP), TCP_NODELAY, &isOn, socklen_t(MemoryLayout<Int32>.size))
  }

  /// The port that it is bound to.
  package func port() throws(Failure) -> UInt16 {
    var address = sockaddr_in()
    var size = socklen_t(MemoryLayout<sockaddr_in>.size)
    let result = withUnsafeMutablePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { getsockname(descriptor, $0, &size) }
    }
    guard result == 0 else { throw Failure("getsockname") }
    return UInt16(bigEndian: address.sin_port)
  }

  /// Whether an attempt to connect, which is over now, came off.
  func isConnected() -> Bool {
    var code: Int32 = 0
    var size = socklen_t(MemoryLayout<Int32>.size)
    return getsockopt(descriptor, SOL_SOCKET, SO_ERROR, &code, &size) == 0 && code == 0
  }

  /// Reads what has come, as far as it fits.
  func receive(into buffer: inout [UInt8]) -> Received {
    switch recv(descriptor, &buffer, buffer.count, 0) {
    case 0: .end
    case let count where count > 0: .bytes(count)
    default: [EAGAIN, EINTR].contains(errno) ? .nothing : .broken
    }
  }

  /// Sends as much as goes at once; returns how many bytes that was, nil where the connection is broken.
  func send(_ bytes: ArraySlice<UInt8>) -> Int? {
    let count = bytes.withUnsafeBytes { Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
    if count >= 0 { return count }
    return [EAGAIN, EINTR].contains(errno) ? 0 : nil
  }

  /// Tells the other side that no more will be sent.
  func finishSending() { _ = shutdown(descriptor, Int32(SHUT_WR)) }

  /// Makes the other side see a connection that is broken, and not one that has ended, once this is closed.
  func resetAtEnd() {
    var option = linger(l_onoff: 1, l_linger: 0)
    _ = setsockopt(descriptor, SOL_SOCKET, SO_LINGER, &option, socklen_t(MemoryLayout<linger>.size))
  }

  /// Ends it at once for the other side, even while a thread still waits on it.
  func end() { _ = shutdown(descriptor, Int32(SHUT_RDWR)) }
}

/// An IPv4 address with a port; of this machine.
struct LoopbackAddress: Sendable {
  private var system = sockaddr_in()

  /// 127.0.0.1.
  init(port: UInt16) {
    system.sin_family = sa_family_t(AF_INET)
    system.sin_addr.s_addr = INADDR_LOOPBACK.bigEndian
    system.sin_port = port.bigEndian
  }

  /// 127.0.0.1 or localhost; what is no such address traps.
  init(_ endpoint: Endpoint) {
    guard endpoint.isReachedByLoopbackSockets, let port = UInt16(exactly: endpoint.port) else {
      preconditionFailure("not an address on loopback: \(endpoint)")
    }
    self.init(port: port)
  }

  /// Hands the address to a system call.
  func withSystemAddress<Result>(_ body: (UnsafePointer<sockaddr>, socklen_t) -> Result) -> Result {
    withUnsafePointer(to: system) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { body($0, socklen_t(MemoryLayout<sockaddr_in>.size)) }
    }
  }
}

extension Endpoint {
  /// Whether the sockets here reach it, which know one address of this machine.
  var isReachedByLoopbackSockets: Bool { host == "localhost" || host == "127.0.0.1" }
}
