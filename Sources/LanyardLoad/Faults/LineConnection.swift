/// A client's connection to a line with the line's own to the target, and what is on its way between them.
struct LineConnection {
  /// One of the two that a line stands between.
  enum End: Sendable {
    case client
    case target
  }

  /// What to wait for at one end.
  struct Interest {
    let end: End
    let socket: LoopbackSocket
    var reads = false
    var writes = false
  }

  /// Bytes on their way from one end to the other.
  private struct Flow {
    /// What was read together, and when it may be passed on.
    struct Portion {
      var bytes: ArraySlice<UInt8>
      let due: ContinuousClock.Instant
    }

    /// What was read and not yet sent, in order.
    private(set) var waiting: [Portion] = []
    private var waitingBytes = 0
    /// When the end of the stream may be passed on; nil while the end that sends may send more.
    private(set) var endDue: ContinuousClock.Instant?
    /// Whether the end that receives has got all of it.
    private(set) var isDone = false

    /// Whether there is room for more.
    var canRead: Bool { endDue == nil && waitingBytes < FaultyLine.byteLimit }

    /// When there is something to pass on next.
    var nextDue: ContinuousClock.Instant? { isDone ? nil : waiting.first?.due ?? endDue }

    mutating func finish(at due: ContinuousClock.Instant) { endDue = endDue ?? due }

    /// Reads what has come; returns false where the sender is broken.
    ///
    /// - Parameter allowance: How many bytes are still passed on; more are lost.
    mutating func read(
      from sender: LoopbackSocket,
      due: ContinuousClock.Instant,
      _ buffer: inout [UInt8],
      _ allowance: inout Int
    ) -> Bool {
      guard canRead else { return true }
      switch sender.receive(into: &buffer) {
      case .nothing: break
      case .broken: return false
      case .end: finish(at: due)
      case .bytes(let count):
        let kept = min(count, allowance)
        allowance -= kept
        waiting.append(Portion(bytes: Array(buffer[..<kept])[...], due: due))
        waitingBytes += kept
      }
      return true
    }

    /// Sends what is due and can be sent, and the end after the last of it; returns false where the receiver is broken.
    mutating func deliver(to receiver: LoopbackSocket, at now: ContinuousClock.Instant) -> Bool {
      while let first = waiting.first, first.due <= now {
        guard let count = receiver.send(first.bytes) else { return false }
        waitingBytes -= count
        guard count == first.bytes.count else {
          waiting[0].bytes = first.bytes.dropFirst(count)
          return true
        }
        waiting.removeFirst()
      }
      if waiting.isEmpty, let endDue, endDue <= now, !isDone {
        receiver.finishSending()
        isDone = true
      }
      return true
    }
  }

  private let client: LoopbackSocket
  /// Nil where the client came while everything was swallowed.
  private let target: LoopbackSocket?
  private var isConnected = false
  private var toTarget = Flow()
  private var toClient = Flow()

  init(client: LoopbackSocket, target: LoopbackSocket?) {
    self.client = client
    self.target = target
  }

  /// What to wait for while bytes are forwarded or, if not, swallowed.
  func interests(forwarding: Bool, at now: ContinuousClock.Instant) -> [Interest] {
    guard forwarding else {
      var interests: [Interest] = []
      if toTarget.endDue == nil { interests.append(Interest(end: .client, socket: client, reads: true)) }
      if toClient.endDue == nil, let target { interests.append(Interest(end: .target, socket: target, reads: true)) }
      return interests
    }
    guard let target else { return [] }
    func isDue(_ flow: Flow) -> Bool { flow.nextDue.map { $0 <= now } ?? false }
    let ofClient = Interest(end: .client, socket: client, reads: toTarget.canRead, writes: isDue(toClient))
    let ofTarget = Interest(
      end: .target,
      socket: target,
      reads: isConnected && toClient.canRead,
      writes: !isConnected || isDue(toTarget)
    )
    return [ofClient, ofTarget].filter { $0.reads || $0.writes }
  }

  /// When something that is held back now is to be passed on.
  func nextDue(after now: ContinuousClock.Instant) -> ContinuousClock.Instant? {
    guard isConnected else { return nil }
    return [toTarget.nextDue, toClient.nextDue].compactMap(\.self).filter { $0 > now }.min()
  }

  /// Whether something is to be passed on.
  func isDue(at now: ContinuousClock.Instant) -> Bool {
    isConnected && [toTarget.nextDue, toClient.nextDue].contains { $0.map { $0 <= now } ?? false }
  }

  /// Reads and forgets what an end has sent, the end of its stream as well.
  mutating func swallow(from end: End, _ buffer: inout [UInt8]) {
    switch (end == .client ? client : target)?.receive(into: &buffer) {
    case .bytes, .nothing: break
    case .end, .broken, nil:
      if end == .client { toTarget.finish(at: .now) } else { toClient.finish(at: .now) }
    }
  }

  /// Moves what can be moved to and from an end that is ready; returns false when the connection is over.
  ///
  /// - Parameter allowance: How many bytes of the target are still passed on; more are lost.
  mutating func forward(
    _ end: End,
    delayedBy delay: Duration,
    _ buffer: inout [UInt8],
    _ allowance: inout Int
  ) -> Bool {
    guard let target else { return false }
    if end == .target, !isConnected {
      guard target.isConnected() else { return false }
      isConnected = true
    }
    let now = ContinuousClock.now
    var unlimited = Int.max
    let isRead =
      switch end {
      case .client: toTarget.read(from: client, due: now + delay, &buffer, &unlimited)
      case .target: toClient.read(from: target, due: now + delay, &buffer, &allowance)
      }
    return isRead && deliverDue(at: now)
  }

  /// Passes on what is due; returns false when the connection is over.
  mutating func deliverDue(at now: ContinuousClock.Instant) -> Bool {
    guard let target, isConnected else { return true }
    guard toTarget.deliver(to: target, at: now), toClient.deliver(to: client, at: now) else { return false }
    return !(toTarget.isDone && toClient.isDone)
  }

  /// Ends both connections at once.
  func end() {
    client.end()
    target?.end()
  }
}
