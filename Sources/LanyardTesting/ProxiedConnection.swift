/// A client's connection to a proxy with the proxy's own to the target, and what is on its way between them.
struct ProxiedConnection {
  /// One of the two that a proxy stands between.
  enum End: Sendable {
    case client
    case target
  }

  /// What to wait for at one end.
  struct Interest {
    let end: End
    let socket: TestSocket
    var reads = false
    var writes = false
  }

  /// Bytes on their way from one end to the other.
  private struct Flow {
    /// What was read and not yet sent, at most one buffer; nothing more is read before it is gone.
    var waiting: [UInt8] = []
    /// Whether the end that sends has sent all.
    var hasEnded = false
    /// Whether the end that receives has got all of it.
    var isDone = false
  }

  private let client: TestSocket
  /// Nil where the client came while everything was swallowed.
  private let target: TestSocket?
  private var isConnected = false
  private var toTarget = Flow()
  private var toClient = Flow()

  init(client: TestSocket, target: TestSocket?) {
    self.client = client
    self.target = target
  }

  /// What to wait for while bytes are forwarded or, if not, swallowed.
  func interests(forwarding: Bool) -> [Interest] {
    guard forwarding else {
      var interests: [Interest] = []
      if !toTarget.hasEnded { interests.append(Interest(end: .client, socket: client, reads: true)) }
      if !toClient.hasEnded, let target { interests.append(Interest(end: .target, socket: target, reads: true)) }
      return interests
    }
    guard let target else { return [] }
    let ofClient = Interest(
      end: .client,
      socket: client,
      reads: canRead(toTarget),
      writes: !toClient.waiting.isEmpty
    )
    let ofTarget = Interest(
      end: .target,
      socket: target,
      reads: isConnected && canRead(toClient),
      writes: !isConnected || !toTarget.waiting.isEmpty
    )
    return [ofClient, ofTarget].filter { $0.reads || $0.writes }
  }

  private func canRead(_ flow: Flow) -> Bool { !flow.hasEnded && flow.waiting.isEmpty }

  /// Reads and forgets what an end has sent, the end of its stream as well.
  mutating func swallow(from end: End, _ buffer: inout [UInt8]) {
    switch (end == .client ? client : target)?.receive(into: &buffer) {
    case .bytes, .nothing: break
    case .end, .broken, nil:
      if end == .client { toTarget.hasEnded = true } else { toClient.hasEnded = true }
    }
  }

  /// Moves what can be moved to and from an end that is ready; returns false when the connection is over.
  mutating func forward(_ end: End, _ buffer: inout [UInt8]) -> Bool {
    guard let target else { return false }
    if end == .target, !isConnected {
      guard target.isConnected() else { return false }
      isConnected = true
    }
    switch end {
    case .client:
      guard Self.deliver(&toClient, to: client),
        Self.move(&toTarget, from: client, to: isConnected ? target : nil, &buffer)
      else { return false }
    case .target:
      guard Self.deliver(&toTarget, to: target), Self.move(&toClient, from: target, to: client, &buffer) else {
        return false
      }
    }
    return !(toTarget.isDone && toClient.isDone)
  }

  /// Reads what has come and sends it on, unless the receiver is not there yet; returns false where a side is broken.
  private static func move(
    _ flow: inout Flow,
    from sender: TestSocket,
    to receiver: TestSocket?,
    _ buffer: inout [UInt8]
  ) -> Bool {
    guard !flow.hasEnded, flow.waiting.isEmpty else { return true }
    switch sender.receive(into: &buffer) {
    case .nothing: return true
    case .broken: return false
    case .end: flow.hasEnded = true
    case .bytes(let count): flow.waiting = Array(buffer[..<count])
    }
    return receiver.map { deliver(&flow, to: $0) } ?? true
  }

  /// Sends what waits as far as it goes, and then the end; returns false where the receiver is broken.
  private static func deliver(_ flow: inout Flow, to receiver: TestSocket) -> Bool {
    if !flow.waiting.isEmpty {
      guard let count = receiver.send(flow.waiting) else { return false }
      flow.waiting.removeFirst(count)
    }
    if flow.waiting.isEmpty, flow.hasEnded, !flow.isDone {
      receiver.finishSending()
      flow.isDone = true
    }
    return true
  }

  /// Ends both connections at once.
  func end() {
    client.end()
    target?.end()
  }
}
