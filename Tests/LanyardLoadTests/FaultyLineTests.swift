import Foundation
import Glibc
import LanyardDomain
import LanyardLoad
import LanyardScanner
import LanyardTesting
import Synchronization
import Testing

@Suite("A line that can be bad", .blocking)
struct FaultyLineTests {
  @Test("passes what is sent both ways, and the end of it")
  func passes() throws {
    let (echo, line, peer) = try Self.connected()
    defer { Self.end(echo, line, peer) }
    #expect(peer.ask("hello") == "hello")
    peer.finishSending()
    #expect(peer.read() == "")
  }

  @Test("that is slow passes everything in order, each byte so much later on its way there and back")
  func slow() throws {
    let (echo, line, peer) = try Self.connected()
    defer { Self.end(echo, line, peer) }
    #expect(peer.ask("a") == "a")
    line.become(.slow(by: .milliseconds(60)))
    let began = ContinuousClock.now
    for number in 0..<10 { #expect(peer.write("\(number)")) }
    #expect(peer.read(10) == "0123456789")
    #expect(began.duration(to: .now) >= .milliseconds(120))
    // What is under way is not overtaken by what comes once the line is good again.
    #expect(peer.write("late"))
    line.pass()
    #expect(peer.write("soon"))
    #expect(peer.read(8) == "latesoon")
  }

  @Test("that is slow holds no more than its limit, and loses nothing of it")
  func slowAndFull() async throws {
    let (echo, line, peer) = try Self.connected()
    defer { Self.end(echo, line, peer) }
    // A line without a limit takes all of it at once; what the system itself keeps is much less.
    line.become(.slow(by: .seconds(5)))
    let (part, count) = (String(repeating: "0123456789abcdef", count: FaultyLine.byteLimit / 16), 128)
    let written = Mutex(0)
    Thread.detachNewThread { for _ in 0..<count where peer.write(part) { written.withLock { $0 += 1 } } }
    var (last, since) = (0, ContinuousClock.now)
    while last < count, since.duration(to: .now) < .milliseconds(500) {
      await Task.pause(.milliseconds(20))
      let now = written.withLock { $0 }
      if now != last { (last, since) = (now, .now) }
    }
    #expect(last < count)
    line.pass()
    let all = peer.read(part.utf8.count * count)
    #expect(all == String(repeating: part, count: count))
  }

  @Test("that is cut ends what is connected and resets who comes, until it passes again")
  func cut() throws {
    let (echo, line, peer) = try Self.connected()
    defer { Self.end(echo, line, peer) }
    #expect(peer.ask("hello") == "hello")
    line.become(.cut)
    #expect(peer.read() == "")
    let other = try Peer(to: line.address)
    #expect(other.ask("hello") == "")
    line.pass()
    #expect(try Peer(to: line.address).ask("hello") == "hello")
  }

  @Test("that swallows tells nobody, and closes who lived through it")
  func swallows() throws {
    let (echo, line, peer) = try Self.connected()
    defer { Self.end(echo, line, peer) }
    #expect(peer.ask("hello") == "hello")
    line.swallow()
    let other = try Peer(to: line.address)
    #expect(peer.write("lost") && other.write("lost"))
    #expect(!peer.hasAnything(within: 100) && !other.hasAnything(within: 0))
    line.pass()
    #expect(peer.read() == "" && other.read() == "")
    #expect(try Peer(to: line.address).ask("hello") == "hello")
  }

  @Test("goes to another address when it is told so, and leaves nothing behind when it is stopped")
  func retargeted() throws {
    let (echo, line, peer) = try Self.connected()
    defer { Self.end(echo, line, peer) }
    let other = try Echo(prefix: "other ")
    defer { other.stop() }
    // Only a connection that was answered has surely been let through already.
    #expect(peer.ask("first") == "first")
    line.retarget(to: other.address)
    #expect(peer.ask("hello") == "hello")
    #expect(try Peer(to: line.address).ask("hello") == "other hello")
    line.stop()
    #expect(peer.read() == "")
    #expect(throws: (any Error).self) { try Peer(to: line.address) }
  }

  // MARK: -

  private static func connected() throws -> (Echo, FaultyLine, Peer) {
    let echo = try Echo()
    let line = try FaultyLine(to: echo.address)
    return (echo, line, try Peer(to: line.address))
  }

  private static func end(_ echo: Echo, _ line: FaultyLine, _ peer: Peer) {
    line.stop()
    echo.stop()
  }
}

/// A client that waits for what it asks.
private final class Peer: Sendable {
  private let descriptor: Int32

  init(to address: Endpoint) throws {
    guard let port = UInt16(exactly: address.port) else { throw POSIXError(.EINVAL) }
    descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    var system = sockaddr_in()
    system.sin_family = sa_family_t(AF_INET)
    system.sin_addr.s_addr = INADDR_LOOPBACK.bigEndian
    system.sin_port = port.bigEndian
    let result = withUnsafePointer(to: system) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
    guard result == 0 else { throw POSIXError(.ECONNREFUSED) }
  }

  deinit { close(descriptor) }

  func ask(_ text: String) -> String { write(text) ? read() : "" }

  func write(_ text: String) -> Bool {
    var left = Array(text.utf8)[...]
    while !left.isEmpty {
      let count = left.withUnsafeBytes { send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
      guard count > 0 else { return false }
      left = left.dropFirst(count)
    }
    return true
  }

  /// What comes next; at least so many bytes, unless the connection ends before.
  func read(_ size: Int = 1) -> String {
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 65_536)
    while bytes.count < size {
      let count = recv(descriptor, &buffer, buffer.count, 0)
      guard count > 0 else { break }
      bytes += buffer[..<count]
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  func hasAnything(within milliseconds: Int32) -> Bool {
    var watched = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    return poll(&watched, 1, milliseconds) > 0
  }

  func finishSending() { _ = shutdown(descriptor, Int32(SHUT_WR)) }
}

/// A server that says what it is told.
private final class Echo: Sendable {
  let address: Endpoint
  private let listener: Int32

  init(prefix: String = "") throws {
    let open = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    guard listen(open, 16) == 0 else { throw POSIXError(.EIO) }
    var system = sockaddr_in()
    var size = socklen_t(MemoryLayout<sockaddr_in>.size)
    _ = withUnsafeMutablePointer(to: &system) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { getsockname(open, $0, &size) }
    }
    address = .loopback(port: Int(UInt16(bigEndian: system.sin_port)))
    listener = open
    Thread.detachNewThread {
      while true {
        let client = accept(open, nil, nil)
        guard client >= 0 else { break }
        Thread.detachNewThread { Self.serve(client, prefix: prefix) }
      }
      close(open)
    }
  }

  private static func serve(_ client: Int32, prefix: String) {
    defer { close(client) }
    var buffer = [UInt8](repeating: 0, count: 65_536)
    while true {
      let count = recv(client, &buffer, buffer.count, 0)
      guard count > 0 else { return }
      var left = (Array(prefix.utf8) + buffer[..<count])[...]
      while !left.isEmpty {
        let sent = left.withUnsafeBytes { send(client, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
        guard sent > 0 else { return }
        left = left.dropFirst(sent)
      }
    }
  }

  func stop() { _ = shutdown(listener, Int32(SHUT_RDWR)) }
}
