/// When something was asked for, by the clock of whoever carries it out. What is on record goes by the ledger's clock alone: a
/// transaction asks its trail.
package struct AskedTime: Hashable, Sendable {
  /// Who asked a little earlier and came later is decided on as of when it was recorded: no clock was set back for that.
  static let tolerance = Duration.seconds(1)

  let instant: Instant

  fileprivate init(_ instant: Instant) { self.instant = instant }

  /// The moments at which it is decided and recorded.
  ///
  /// - Parameter last: The last moment that is on record; nil where there is none.
  package func moments(notBefore last: Instant?) -> ActMoments {
    let recorded = max(instant, last ?? instant)
    return ActMoments(decided: recorded - instant > Self.tolerance ? instant : recorded, recorded: recorded)
  }
}

/// The two moments of what is done: they differ where the clock was set back after it had been ahead.
package struct ActMoments: Hashable, Sendable {
  /// By which it is decided: what the clock shows.
  package let decided: Instant
  /// As of which it is recorded: never before what is on record.
  package let recorded: Instant

  package init(decided: Instant, recorded: Instant) { (self.decided, self.recorded) = (decided, recorded) }

  /// Both at one moment.
  package init(_ moment: Instant) { self.init(decided: moment, recorded: moment) }
}

/// Who changes something, when, from where, and under which request: what each change on record is signed with.
package struct Act: Hashable, Sendable {
  /// Who changes something.
  package enum Actor: Hashable, Sendable {
    /// Who bears the token of this id.
    case token(String)
    /// Who signed in with a token, by the id of the sign-in: the token's, which it acts as.
    case signIn(String, of: String)
    /// The device of this id.
    case device(String)
    /// The person of the registration of this id.
    case participant(String)
    /// Somebody who has not shown who they are, such as a device that enrols with a code.
    case nobody
    /// The server or a command by itself.
    case system

    /// What kind of caller it is.
    package enum Kind: String, Sendable, CaseIterable {
      case token = "TOKEN"
      case device = "DEVICE"
      case participant = "PARTICIPANT"
      case nobody = "NOBODY"
      case system = "SYSTEM"
    }

    /// What stands between the ids of a token and of a sign-in.
    private static let separator = "/\(ResourceName.Collection.signIns.rawValue)/"

    /// - Parameter id: Of the token, the device or the registration; of the others there is none.
    package init(_ kind: Kind, id: String) {
      switch kind {
      case .token:
        let parts = id.split(separator: Self.separator, omittingEmptySubsequences: false).map(String.init)
        self = parts.count == 2 ? .signIn(parts[1], of: parts[0]) : .token(id)
      case .device: self = .device(id)
      case .participant: self = .participant(id)
      case .nobody: self = .nobody
      case .system: self = .system
      }
    }

    package var kind: Kind {
      switch self {
      case .token, .signIn: .token
      case .device: .device
      case .participant: .participant
      case .nobody: .nobody
      case .system: .system
      }
    }

    /// Of the token, the device or the registration; empty where there is none. That of a token has behind it who signed in with it,
    /// as their resource name has.
    package var id: String {
      switch self {
      case .signIn(let id, let token): "\(token)\(Self.separator)\(id)"
      case .token(let id), .device(let id), .participant(let id): id
      case .nobody, .system: ""
      }
    }
  }

  /// The most characters of a request's id.
  package static let requestLimit = 64

  package let actor: Actor
  package let asked: AskedTime
  /// The address of the network that the call came from; `console` for commands on the server's machine, `server` for
  /// what the server does by itself.
  package let address: String
  /// The id of the call that it was done for; empty where there was none.
  package let requestID: String

  package init(_ actor: Actor, at now: Instant, from address: String, request: String) {
    self.actor = actor
    asked = AskedTime(now)
    self.address = address
    requestID = request
  }

  /// What the server does by itself.
  package static func server(at now: Instant) -> Act { Act(.system, at: now, from: "server", request: "") }

  /// What a command does that works on the data itself.
  package static func console(at now: Instant) -> Act { Act(.system, at: now, from: "console", request: "") }

  /// The same at another moment, for a call that goes on.
  package func at(_ now: Instant) -> Act { Act(actor, at: now, from: address, request: requestID) }
}
