import GRPCCore
import LanyardDomain
import LanyardMessages
import LanyardStore
import LanyardTexts
import Logging
import Synchronization

/// Looks devices up by the name in their certificate, and remembers for a moment those that were good. One that was
/// revoked by this server is out when `end` returns, and one that was changed has its new rights; where another process did
/// so, that holds within `memory`.
final class DeviceCheck: Sendable {
  /// How long a good device is trusted without another look.
  static let memory = Duration.milliseconds(100)
  /// How long the end of a device waits for its open calls to end.
  private static let endingTime = Duration.seconds(1)
  /// The most devices that are remembered.
  private static let limit = 10_000

  /// A call that stays open.
  private struct OpenCall {
    let device: String
    /// Told when the device is changed or revoked.
    let looks: AsyncStream<Void>.Continuation
    /// Finishes when the call is over.
    let over: AsyncStream<Void>
  }

  private struct State {
    var remembered: [String: (device: Device, until: ContinuousClock.Instant)] = [:]
    /// How often devices were changed or ended: what was read before the last time is not remembered.
    var ends = 0
    var openCalls: [Int: OpenCall] = [:]
    var lastCall = 0
  }

  private let store: any DeviceStore
  private let clock: ServerClock
  private let logger: Logger
  private let state = Mutex(State())

  init(store: any DeviceStore, clock: ServerClock, logger: Logger) {
    self.store = store
    self.clock = clock
    self.logger = logger
  }

  /// The device of a certificate; one that is enrolling comes onto the record with this, its first call.
  ///
  /// - Throws: `RPCError` UNAUTHENTICATED where it is not known or was revoked.
  ///
  /// - Parameters:
  ///   - anew: Whether it is looked up whatever is remembered.
  ///   - peer: Where it calls from, as the transport names it.
  ///   - request: The call's.
  func caller(
    _ name: String,
    anew: Bool = false,
    from peer: String,
    request: RequestID
  ) async throws -> Caller {
    let now = ContinuousClock.now
    let (known, ends) = state.withLock { ($0.remembered[name], $0.ends) }
    if !anew, let known, known.until > now { return Caller(id: known.device.id, standing: .device(known.device)) }
    var found = try await store.device(name)
    if found == nil {
      let act = Act(.device(name), at: clock.now, from: PeerAddress.of(peer), request: request.text)
      found = try await store.confirmDevice(act, name)
      if let found {
        logger.notice("device enrolled", metadata: ["device": "\(found.id)", "profile": "\(found.profile.rawValue)"])
      }
    }
    guard let device = found else {
      throw RPCError.make(.deviceUnknown, .errorDeviceUnknown)
    }
    guard device.revokedAt == nil else {
      state.withLock { $0.remembered[name] = nil }
      throw StoreError.deviceRevoked
    }
    state.withLock { state in
      guard state.ends == ends else { return }
      if state.remembered.count >= Self.limit { state.remembered.removeAll() }
      state.remembered[name] = (device, now + Self.memory)
    }
    return Caller(id: device.id, standing: .device(device))
  }

  /// Runs a call of a device, for which a change or a revocation waits; the stream that the body gets has an element when
  /// the device may have been changed or revoked.
  ///
  /// - Parameter body: Gets the number of the call too.
  func whileOpen<Result>(
    _ device: String,
    _ body: (_ looks: AsyncStream<Void>, _ call: Int) async throws -> Result
  ) async rethrows -> Result {
    let (looks, look) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
    let (over, ended) = AsyncStream.makeStream(of: Void.self)
    let number = state.withLock { state in
      state.lastCall += 1
      state.openCalls[state.lastCall] = OpenCall(device: device, looks: look, over: over)
      return state.lastCall
    }
    defer {
      state.withLock { _ = $0.openCalls.removeValue(forKey: number) }
      ended.finish()
    }
    return try await body(looks, number)
  }

  /// Forgets a device that was revoked or may do other things than before, and ends its open calls; waits for them a moment.
  ///
  /// - Parameter own: Number of the call that does so, where the device makes it itself.
  func end(_ device: String, but own: Int? = nil) async {
    let calls = forget(device).filter { $0.key != own }.values
    guard !calls.isEmpty else { return }
    await withTaskGroup(of: Void.self) { group in
      group.addTask {
        for call in calls {
          call.looks.yield()
          for await _ in call.over {}
        }
      }
      // Ended early only where the call that revokes was cancelled.
      group.addTask { try? await Task.sleep(for: Self.endingTime) }
      await group.next()
      group.cancelAll()
    }
  }

  /// - Returns: Its open calls by their numbers.
  @discardableResult
  private func forget(_ device: String) -> [Int: OpenCall] {
    state.withLock { state in
      state.ends += 1
      state.remembered[device] = nil
      return state.openCalls.filter { $0.value.device == device }
    }
  }

  /// Looks a device up anew with its next call; its open calls go on.
  func look(anewAt device: String) { forget(device) }
}
