import Foundation
import Glibc
import Synchronization

/// A TCP proxy on loopback that can behave as a network that is cut: nothing reaches either side, no end and no reset
/// either, and nobody is told.
package final class SwallowingProxy: Sendable {
  /// The most connections at once; more wait to be accepted.
  package static let connectionLimit = 256

  /// Where clients connect, `127.0.0.1:PORT`.
  package let address: String
  private let relay: Relay

  /// Listens on a free port of 127.0.0.1 and passes everything.
  ///
  /// - Parameter address: Where to, `127.0.0.1:PORT`; nobody need listen there yet.
  /// - Throws: What keeps a socket from being made.
  package init(to address: String) throws {
    let listener = try TestSocket.listening()
    self.address = "127.0.0.1:\(try listener.port())"
    let relay = Relay(listener: listener, wake: try TestSocket.pair(), target: LoopbackAddress(address))
    self.relay = relay
    let thread = Thread { relay.run() }
    thread.name = "swallowing proxy"
    thread.start()
  }

  deinit { stop() }

  /// From now on nothing is forwarded: what comes is read and lost, and new connections get no answer.
  package func swallow() { relay.change { $0.swallow() } }

  /// Forwards again; connections that lived through a swallow are closed, since bytes of theirs are lost.
  package func pass() { relay.change { $0.pass() } }

  /// Closes all current connections.
  package func cut() { relay.change { $0.cut() } }

  /// Connects new connections to another `127.0.0.1:PORT`.
  package func retarget(to address: String) {
    let target = LoopbackAddress(address)
    relay.change { $0.target = target }
  }

  /// Closes everything and stops listening; after it has returned, nothing of the proxy runs.
  package func stop() {
    relay.change { $0.stop() }
    relay.waitUntilEnded()
  }
}

/// The proxy's one thread and what it shares with those who steer it.
private final class Relay: Sendable {
  private let state: Mutex<RelayState>
  /// Bytes to the first make the thread look at the second and at what has changed.
  private let wake: (sender: TestSocket, receiver: TestSocket)
  private let ended = DispatchSemaphore(value: 0)

  init(listener: TestSocket, wake: (TestSocket, TestSocket), target: LoopbackAddress) {
    state = Mutex(RelayState(listener: listener, target: target))
    self.wake = wake
  }

  /// Changes the state; holds before this returns.
  func change(_ body: (inout RelayState) -> Void) {
    state.withLock { body(&$0) }
    // Where the socket is full, the thread is about to wake anyway.
    _ = wake.sender.send([0])
  }

  func waitUntilEnded() {
    ended.wait()
    ended.signal()
  }

  /// Moves bytes until the proxy is stopped.
  func run() {
    defer { ended.signal() }
    var signals = [UInt8](repeating: 0, count: 64)
    // The watches hold the sockets: none is closed, and its number given to another, while the thread waits on it.
    while let watches = state.withLock({ $0.watches() }) {
      var polled = [pollfd(fd: wake.receiver.descriptor, events: Int16(POLLIN), revents: 0)]
      polled += watches.map { pollfd(fd: $0.socket.descriptor, events: $0.events, revents: 0) }
      guard poll(&polled, nfds_t(polled.count), -1) >= 0 || errno == EINTR else {
        return state.withLock { $0.stop() }
      }
      if polled[0].revents != 0 { _ = wake.receiver.receive(into: &signals) }
      let ready = zip(watches, polled.dropFirst()).filter { $0.1.revents != 0 }.map(\.0)
      state.withLock { state in
        for watch in ready { state.handle(watch.subject) }
      }
    }
  }
}

/// What a proxy does and all that it has open.
private struct RelayState {
  /// What a socket is of.
  enum Subject {
    case listener
    case connection(Int, ProxiedConnection.End)
  }

  /// A socket to wait on.
  struct Watch {
    let subject: Subject
    let socket: TestSocket
    let events: Int16
  }

  var target: LoopbackAddress
  /// Nil once the proxy is stopped.
  private var listener: TestSocket?
  private var isSwallowing = false
  /// By numbers that are never used again.
  private var connections: [Int: ProxiedConnection] = [:]
  private var lastNumber = 0
  /// Whether no descriptor was free; then nothing is accepted until a connection has ended.
  private var isOutOfDescriptors = false
  private var buffer = [UInt8](repeating: 0, count: 65_536)

  init(listener: TestSocket, target: LoopbackAddress) {
    self.listener = listener
    self.target = target
  }

  mutating func swallow() { isSwallowing = true }

  mutating func pass() {
    guard isSwallowing else { return }
    isSwallowing = false
    cut()
    // Who came meanwhile and still waits to be accepted has hung as long.
    while let client = try? listener?.accepted() { client.end() }
  }

  mutating func cut() {
    for number in connections.keys { remove(number) }
  }

  mutating func stop() {
    cut()
    listener?.end()
    listener = nil
  }

  private mutating func remove(_ number: Int) {
    connections.removeValue(forKey: number)?.end()
    isOutOfDescriptors = false
  }

  /// What to wait for; nil once the proxy is stopped.
  func watches() -> [Watch]? {
    guard let listener else { return nil }
    var watches: [Watch] = []
    if connections.count < SwallowingProxy.connectionLimit, !isOutOfDescriptors {
      watches.append(Watch(subject: .listener, socket: listener, events: Int16(POLLIN)))
    }
    for (number, connection) in connections {
      for interest in connection.interests(forwarding: !isSwallowing) {
        let events = (interest.reads ? POLLIN : 0) | (interest.writes ? POLLOUT : 0)
        watches.append(
          Watch(subject: .connection(number, interest.end), socket: interest.socket, events: Int16(events))
        )
      }
    }
    return watches
  }

  /// Does what a socket is ready for; one that is gone meanwhile is passed over.
  mutating func handle(_ subject: Subject) {
    switch subject {
    case .listener: accept()
    case .connection(let number, let end):
      if isSwallowing {
        connections[number]?.swallow(from: end, &buffer)
      } else if connections[number]?.forward(end, &buffer) == false {
        remove(number)
      }
    }
  }

  private mutating func accept() {
    do {
      guard let client = try listener?.accepted() else { return }
      guard !isSwallowing else { return add(ProxiedConnection(client: client, target: nil)) }
      // A client whose target cannot even be tried is closed, as one is whose target refuses.
      guard let server = try? TestSocket.connecting(to: target) else { return }
      add(ProxiedConnection(client: client, target: server))
    } catch {
      isOutOfDescriptors = true
    }
  }

  private mutating func add(_ connection: ProxiedConnection) {
    lastNumber += 1
    connections[lastNumber] = connection
  }
}
