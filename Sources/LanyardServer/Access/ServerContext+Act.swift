import GRPCCore
import LanyardDomain

extension ServerContext {
  /// What the caller changes now: who, when, from where, and under which request. Made here alone.
  func act(_ clock: ServerClock) -> Act {
    let context = transportSpecific as? AuthenticatedContext
    let request = context?.request ?? (transportSpecific as? StrangersContext)?.request ?? RequestID()
    return .call(by: context?.caller, from: origin, request: request, at: clock.now)
  }

  /// The same of a call of somebody who shows with it who they are.
  func act(_ clock: ServerClock, as caller: Caller) -> Act {
    let request = (transportSpecific as? AuthenticatedContext)?.request ?? RequestID()
    return .call(by: caller, from: origin, request: request, at: clock.now)
  }

  /// Where the call comes from, as transports name it: that of pages in this process comes from where their visitor is.
  var origin: String {
    let address = visitor.address
    guard remotePeer.hasPrefix("in-process"), !address.isEmpty, !address.hasPrefix("in-process") else {
      return remotePeer
    }
    return address.contains(":") ? "ipv6:[\(address)]:1" : "ipv4:\(address):1"
  }
}

extension Act {
  /// What a call changes.
  ///
  /// - Parameters:
  ///   - caller: Nil where nobody was asked who they are.
  ///   - peer: As the transport names it.
  static func call(by caller: Caller?, from peer: String, request: RequestID, at now: Instant) -> Act {
    // The trail outlives a person who is erased: where they called from has no place on it.
    let isOfPerson = caller?.knowsWhatIsPublic == true
    return Act(caller?.actor ?? .nobody, at: now, from: isOfPerson ? "" : PeerAddress.of(peer), request: request.text)
  }
}

extension Caller {
  fileprivate var actor: Act.Actor {
    switch standing {
    case .token: signIn.map { .signIn($0, of: id) } ?? .token(id)
    case .device: .device(id)
    case .participant(let registration, _): .participant(registration)
    case .stranger: .nobody
    }
  }
}
