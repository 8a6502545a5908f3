package import LanyardDomain
package import LanyardTexts

/// What can be seen of a lane.
extension Lane {
  /// All that a screen shows of the lane, as it is at one moment.
  package struct Standing: Sendable {
    package var state = LaneState.connecting
    /// Why the server is not reached, for the operator; nil while it is.
    package var trouble: Sentence?
    /// What an operator should know, the most pressing first.
    package var notice: Sentence?
    /// What is missing on this machine for the lane to know what day and time it is at its door; nil where nothing is.
    package var missingTimeZone: Sentence?
    /// Until when the lane knows what the server knew, where that was a while before it began to answer by itself; else nil.
    package var knowsUntil: Instant?
    /// How many scans wait on the device to be uploaded, wherever they were made.
    package var waiting = 0
    /// The server's time, as far as the lane knows it.
    package var now: Instant
    package var isRehearsal = false
    /// The plan of the event, where the lane has one.
    package var plan: VenuePlan?
    /// The event's time zone, also where the lane knows nothing else of it any more.
    package var zone: ZoneID?
    /// People inside the area by what the lane knows, and the limit.
    package var headcount: (inside: Int, capacity: Int?)?
    /// Whether operators may override; nil where only the server knows.
    package var mayOverride: Bool?
    /// Ids of the registrations whose people the roster says were erased.
    package var erased: Set<String> = []
    /// The last scans that were taken back, by whomever, as their ids are written.
    package var undone: Set<String> = []

    /// That what the lane knows is old, by the clock of its door; nil where it is not.
    package func oldKnowledge(_ clock: VenueTime) -> Sentence? {
      knowsUntil.map { Sentence(.laneKnowsUntil, ["moment": .moment($0, clock)]) }
    }

    package init(now: Instant) {
      self.now = now
    }

    /// Why the server lets the lane in no more, for the operator; nil where it does, or is not reached.
    package var shutOut: Sentence? {
      switch state {
      case .refused(let why): why
      case .revoked: notice ?? Sentence(.laneRevoked)
      case .connecting, .online, .uploading, .offline: nil
      }
    }
  }

  package var standing: Standing {
    var standing = Standing(now: now)
    standing.state = state
    (standing.trouble, standing.notice, standing.missingTimeZone) = (trouble, notice, missingTimeZone)
    (standing.waiting, standing.isRehearsal, standing.plan) = (waiting, isRehearsal, plan)
    (standing.headcount, standing.erased, standing.zone) = (headcount, erased, machine.roster.zone)
    standing.undone = Set(machine.undone)
    standing.knowsUntil = machine.knowsUntil
    standing.mayOverride = machine.mayOverride
    return standing
  }

  /// How it stands with its server.
  package var state: LaneState { machine.state }

  /// Why the server is not reached, for the operator; nil while it is.
  package var trouble: Sentence? { machine.trouble }

  /// What an operator should know, the most pressing first.
  package var notice: Sentence? { machine.notice }

  /// Whether nobody but the device itself knows now what its lanes do.
  var isAlone: Bool { machine.isAlone }

  /// Whether every reading has its answer.
  package var isIdle: Bool { machine.isIdle }

  /// How many scans wait on the device to be uploaded, wherever they were made.
  package var waiting: Int { machine.waiting }

  /// How many of them wait in the folder's other journals.
  var leftWaiting: Int { machine.leftWaiting }

  /// The server's time, as far as the lane knows it.
  package var now: Instant { machine.time(at: clock.now) }

  /// People inside the area by what the lane knows, and the limit.
  package var headcount: (inside: Int, capacity: Int?)? { machine.headcount(at: clock.now) }

  package var isRehearsal: Bool { machine.roster.isRehearsal }
  package var rosterSize: Int { machine.roster.badgeCount }

  /// The plan of the event, where the lane has one.
  package var plan: VenuePlan? { machine.roster.plan }

  /// What is missing on this machine for the lane to know what day and time it is at its door; nil where nothing is.
  package var missingTimeZone: Sentence? { machine.missingTimeZone }
}
