package import Foundation
package import LanyardDomain

/// One change of what the device keeps of its event, each part as the message that brought it.
package enum RosterChange: Sendable {
  /// What was known is forgotten.
  case begin
  case plan(Data)
  case badge(serial: UInt64, Data)
  /// Where a person stands with a checkpoint; nil where there is no presence any more.
  case presence(registration: String, checkpoint: String, Data?)
  /// All up to this cursor is there.
  case cursor(String)
  /// All that the server knew at this moment, by its clock, is there.
  case heard(Instant)
}

/// What the device kept of its event.
package struct StoredRoster: Sendable {
  package var plan: Data?
  package var badges: [Data] = []
  package var presences: [Data] = []
  package var cursor = ""
  /// Until when it is known what the server knew, by its clock; nil where that was not kept.
  package var heard: Instant?
  /// What the device knew of its server's clock when it was heard, where another journal tells it.
  var serverTime: ServerTime?
  /// Whether it was of a rehearsal, where nothing else of it is left.
  package var wasRehearsal = false
  /// The event's time zone, where nothing else of it is left.
  package var zone: String?

  package init() {}
}
