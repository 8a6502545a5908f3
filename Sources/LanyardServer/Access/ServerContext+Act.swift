import GRPCCore
import LanyardDomain

extension ServerContext {
  /// What the caller changes now: who, when, from where, and under which request. Made here alone.
  func act(_ clock: ServerClock) -> Act {
    let context = transportSpecific as? AuthenticatedContext
    let request = context?.request ?? (transportSpecific as? StrangersContext)?.request ?? RequestID()
    return .call(by: context?.caller, from: remotePeer, request: request, at: clock.now)
  }
}

extension Act {
  /// What a call changes.
  ///
  /// - Parameters:
  ///   - caller: Nil where nobody was asked who they are.
  ///   - peer: As the transport names it.
  static func call(by caller: Caller?, from peer: String, request: RequestID, at now: Instant) -> Act {
    let actor = caller?.actor ?? .nobody
    // The trail outlives a person who is erased: where they called from has no place on it.
    return Act(
      actor,
      at: now,
      from: actor.kind == .participant ? "" : PeerAddress.of(peer),
      request: request.text
    )
  }
}

extension Caller {
  fileprivate var actor: Act.Actor {
    switch standing {
    case .token: .token(id)
    case .device: .device(id)
    case .participant(let registration, _): .participant(registration)
    }
  }
}
