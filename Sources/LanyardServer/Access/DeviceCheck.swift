import GRPCCore
import LanyardDomain
import LanyardStore
import LanyardTexts
import Logging
import Synchronization

/// Looks devices up by the name in their certificate, and remembers for a moment those that were good. One that was
/// revoked by this server is out when `end` returns; one that was revoked by another process is refused within `memory`.
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
    /// Finished when the device is revoked.
    let revoked: AsyncStream<Void>.Continuation
    /// Finishes when the call is over.
    let over: AsyncStream<Void>
  }

  private struct State {
    var remembered: [String: (device: Device, until: ContinuousClock.Instant)] = [:]
    /// How many devices were ended: what was read before the last end is not remembered.
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
      throw RPCError.make(.unauthenticated, "DEVICE_UNKNOWN", .errorDeviceUnknown)
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

  /// Runs a call of a device, for which a revocation waits; the stream that the body gets finishes when it is revoked.
  func whileOpen<Result>(
    _ device: String,
    _ body: (_ revocation: AsyncStream<Void>) async throws -> Result
  ) async rethrows -> Result {
    let (revocation, revoked) = AsyncStream.makeStream(of: Void.self)
    let (over, ended) = AsyncStream.makeStream(of: Void.self)
    let number = state.withLock { state in
      state.lastCall += 1
      state.openCalls[state.lastCall] = OpenCall(device: device, revoked: revoked, over: over)
      return state.lastCall
    }
    defer {
      state.withLock { _ = $0.openCalls.removeValue(forKey: number) }
      ended.finish()
    }
    return try await body(revocation)
  }

  /// Forgets a device that was revoked, and ends its open calls; waits for them a moment.
  func end(_ device: String) async {
    let calls = state.withLock { state in
      state.ends += 1
      state.remembered[device] = nil
      return state.openCalls.values.filter { $0.device == device }
    }
    guard !calls.isEmpty else { return }
    await withTaskGroup(of: Void.self) { group in
      group.addTask {
        for call in calls {
          call.revoked.finish()
          for await _ in call.over {}
        }
      }
      // Ended early only where the call that revokes was cancelled.
      group.addTask { try? await Task.sleep(for: Self.endingTime) }
      await group.next()
      group.cancelAll()
    }
  }
}
