import Foundation
import Glibc
package import LanyardDomain
import Synchronization

/// A TCP proxy on loopback that behaves as a good line to the server, or as a bad one.
package final class FaultyLine: Sendable {
  /// What a line does with what it is given.
  package enum Conduct: Sendable, Hashable {
    /// Passes everything on at once.
    case pass
    /// Passes everything on so much later, both ways and in order.
    case slow(by: Duration)
    /// Loses everything, and tells nobody: no end, no reset, and no answer to who connects.
    case swallow
    /// Has closed every connection, and resets each new one.
    case cut
  }

  /// The most connections at once; more wait to be accepted.
  package static let connectionLimit = 256
  /// After a connection could not be accepted, until the next try.
  fileprivate static let acceptPause = Duration.milliseconds(100)
  /// The most bytes of one connection on their way in one direction; the sender waits for more.
  package static let byteLimit = 1 << 18

  /// Where clients connect, on 127.0.0.1.
  package let address: Endpoint
  private let relay: Relay

  /// Listens on a free port of 127.0.0.1 and passes everything.
  ///
  /// - Parameter address: Where to, on 127.0.0.1; nobody need listen there yet.
  /// - Throws: What keeps a socket from being made.
  package init(to address: Endpoint) throws {
    let listener = try LoopbackSocket.listening()
    self.address = .loopback(port: Int(try listener.port()))
    let relay = Relay(listener: listener, wake: try LoopbackSocket.pair(), target: LoopbackAddress(address))
    self.relay = relay
    let thread = Thread { relay.run() }
    thread.name = "faulty line"
    thread.start()
  }

  deinit { stop() }

  /// Behaves so from now on. Connections that lived through a swallow are closed at its end, since bytes of theirs are lost.
  package func become(_ conduct: Conduct) { relay.change { $0.become(conduct) } }

  /// Loses everything from now on.
  package func swallow() { become(.swallow) }

  /// Loses everything once so many bytes more of the target were passed on, to the byte, over all connections together.
  package func swallow(after bytes: Int) { relay.change { $0.allowance = bytes } }

  /// How many bytes of the target were passed on.
  package var forwarded: Int { relay.forwarded }

  /// When it had a new connection, or became another, in order.
  package var changes: [ContinuousClock.Instant] { relay.changes }

  /// Passes everything on again.
  package func pass() { become(.pass) }

  /// Closes all current connections; new ones are let through as before.
  package func drop() { relay.change { $0.drop() } }

  /// Connects new connections to another address on 127.0.0.1.
  package func retarget(to address: Endpoint) {
    let target = LoopbackAddress(address)
    relay.change { $0.target = target }
  }

  /// Closes everything and stops listening; after it has returned, nothing of the line runs.
  package func stop() {
    relay.change { $0.stop() }
    relay.waitUntilEnded()
  }
}

/// The line's one thread and what it shares with those who steer it.
private final class Relay: Sendable {
  private let state: Mutex<RelayState>
  /// Bytes to the first make the thread look at the second and at what has changed.
  private let wake: (sender: LoopbackSocket, receiver: LoopbackSocket)
  private let ended = DispatchSemaphore(value: 0)

  init(listener: LoopbackSocket, wake: (LoopbackSocket, LoopbackSocket), target: LoopbackAddress) {
    state = Mutex(RelayState(listener: listener, target: target))
    self.wake = wake
  }

  /// Changes the state; holds before this returns.
  func change(_ body: (inout RelayState) -> Void) {
    state.withLock { body(&$0) }
    // Where the socket is full, the thread is about to wake anyway.
    _ = wake.sender.send([0])
  }

  var forwarded: Int { state.withLock { $0.forwarded } }

  var changes: [ContinuousClock.Instant] { state.withLock { $0.changes } }

  func waitUntilEnded() {
    ended.wait()
    ended.signal()
  }

  /// Moves bytes until the line is stopped.
  func run() {
    defer { ended.signal() }
    var signals = [UInt8](repeating: 0, count: 64)
    // The watches hold the sockets: none is closed, and its number given to another, while the thread waits on it.
    while let (watches, patience) = state.withLock({ $0.watches() }) {
      var polled = [pollfd(fd: wake.receiver.descriptor, events: Int16(POLLIN), revents: 0)]
      polled += watches.map { pollfd(fd: $0.socket.descriptor, events: $0.events, revents: 0) }
      guard poll(&polled, nfds_t(polled.count), patience) >= 0 || errno == EINTR else {
        return state.withLock { $0.stop() }
      }
      if polled[0].revents != 0 { _ = wake.receiver.receive(into: &signals) }
      let ready = zip(watches, polled.dropFirst()).filter { $0.1.revents != 0 }.map(\.0)
      state.withLock { state in
        for watch in ready { state.handle(watch.subject) }
        state.deliverDue()
      }
    }
  }
}

/// What a line does and all that it has open.
private struct RelayState {
  /// What a socket is of.
  enum Subject {
    case listener
    case connection(Int, LineConnection.End)
  }

  /// A socket to wait on.
  struct Watch {
    let subject: Subject
    let socket: LoopbackSocket
    let events: Int16
  }

  var target: LoopbackAddress
  /// How many bytes of the target are still passed on.
  var allowance = Int.max
  /// How many bytes of the target were.
  private(set) var forwarded = 0
  /// One a connection, of which a lane tries ten a second at the most: some megabytes after a day.
  private(set) var changes: [ContinuousClock.Instant] = []
  /// Nil once the line is stopped.
  private var listener: LoopbackSocket?
  private var conduct = FaultyLine.Conduct.pass
  /// By numbers that are never used again.
  private var connections: [Int: LineConnection] = [:]
  private var lastNumber = 0
  /// Nothing is accepted before, where no descriptor was free: one is when a connection ends, or anything else of the process.
  private var nextAccept: ContinuousClock.Instant?
  private var buffer = [UInt8](repeating: 0, count: 65_536)

  init(listener: LoopbackSocket, target: LoopbackAddress) {
    self.listener = listener
    self.target = target
  }

  private var delay: Duration {
    if case .slow(let delay) = conduct { delay } else { .zero }
  }

  mutating func become(_ new: FaultyLine.Conduct) {
    let wasSwallowing = conduct == .swallow
    guard new != conduct else { return }
    conduct = new
    changes.append(.now)
    if wasSwallowing {
      allowance = .max
      drop()
      // Who came meanwhile and still waits to be accepted has hung as long.
      while let client = try? listener?.accepted() { client.end() }
    }
    if new == .cut { drop() }
  }

  mutating func drop() {
    for number in connections.keys { remove(number) }
  }

  mutating func stop() {
    drop()
    listener?.end()
    listener = nil
  }

  private mutating func remove(_ number: Int) {
    connections.removeValue(forKey: number)?.end()
    nextAccept = nil
  }

  /// What to wait for, and how many milliseconds at most (-1: for ever); nil once the line is stopped.
  func watches() -> (watches: [Watch], patience: Int32)? {
    guard let listener else { return nil }
    var watches: [Watch] = []
    let now = ContinuousClock.now
    var wakes: [ContinuousClock.Instant] = []
    if connections.count < FaultyLine.connectionLimit {
      if let nextAccept, now < nextAccept {
        wakes.append(nextAccept)
      } else {
        watches.append(Watch(subject: .listener, socket: listener, events: Int16(POLLIN)))
      }
    }
    for (number, connection) in connections {
      for interest in connection.interests(forwarding: conduct != .swallow, at: now) {
        let events = (interest.reads ? POLLIN : 0) | (interest.writes ? POLLOUT : 0)
        watches.append(
          Watch(subject: .connection(number, interest.end), socket: interest.socket, events: Int16(events))
        )
      }
    }
    if conduct != .swallow { wakes += connections.values.compactMap { $0.nextDue(after: now) } }
    guard let due = wakes.min() else { return (watches, -1) }
    // Rounded up, so that the thread does not come too early again and again.
    return (watches, Int32(min(max(0, now.duration(to: due) / .milliseconds(1)) + 1, 60_000)))
  }

  /// Does what a socket is ready for; one that is gone meanwhile is passed over.
  mutating func handle(_ subject: Subject) {
    switch subject {
    case .listener: accept()
    case .connection(let number, let end):
      let delay = delay
      if conduct == .swallow {
        connections[number]?.swallow(from: end, &buffer)
      } else {
        let before = allowance
        let isOver = connections[number]?.forward(end, delayedBy: delay, &buffer, &allowance) == false
        forwarded += before - allowance
        if allowance == 0 { become(.swallow) } else if isOver { remove(number) }
      }
    }
  }

  /// Passes on what was held back long enough.
  mutating func deliverDue() {
    guard conduct != .swallow else { return }
    let now = ContinuousClock.now
    for number in connections.keys where connections[number]?.isDue(at: now) == true {
      if connections[number]?.deliverDue(at: now) == false { remove(number) }
    }
  }

  private mutating func accept() {
    do {
      guard let client = try listener?.accepted() else { return }
      switch conduct {
      case .swallow: add(LineConnection(client: client, target: nil))
      case .cut: client.resetAtEnd()
      case .pass, .slow:
        // A client whose target cannot even be tried is closed, as one is whose target refuses.
        guard let server = try? LoopbackSocket.connecting(to: target) else { return }
        add(LineConnection(client: client, target: server))
      }
    } catch {
      nextAccept = .now + FaultyLine.acceptPause
    }
  }

  private mutating func add(_ connection: LineConnection) {
    lastNumber += 1
    connections[lastNumber] = connection
    changes.append(.now)
  }
}
