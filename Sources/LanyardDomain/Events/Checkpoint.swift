/// A place where badges are scanned, with its rules.
package struct Checkpoint: Hashable, Sendable {
  /// What a checkpoint guards.
  package enum Kind: String, Spelled {
    case entrance = "ENTRANCE"
    case zone = "ZONE"
    case sessionDoor = "SESSION_DOOR"
  }

  /// Which ways people pass it.
  package enum Directions: String, Spelled {
    case inOnly = "IN"
    case outOnly = "OUT"
    case both = "BOTH"
    case byTurns = "BY_TURNS"
  }

  /// Whether who was admitted is admitted again in the same day or session.
  package enum Reentry: String, Spelled {
    case never = "NEVER"
    /// Who has scanned out is.
    case afterLeaving = "AFTER_LEAVING"
    /// Who has not scanned out is too, and is counted once.
    case unscanned = "UNSCANNED"

    package static let otherSpellings: [String: Reentry] = ["yes": .afterLeaving, "no": .never]
  }

  /// How long before a session its door opens, where the programme does not say.
  package static let defaultEarlyEntry = Duration.seconds(15 * 60)
  /// How long it can be.
  package static let earlyEntryMinutes = 0...240
  /// How long after a session its door may stay open.
  package static let graceMinutes = 0...240
  /// How long a pause between two entries may be.
  package static let pauseMinutes = 0...1440
  /// How often somebody may be admitted, where that is limited.
  package static let entryRange = 1...1000
  /// On how many days, where that is limited.
  package static let dayRange = 1...400
  /// The area of every entrance that names no other.
  package static let venueArea = "venue"

  /// Resource id.
  package var id: String
  package var displayName: String
  package var kind: Kind
  /// The space it leads to: checkpoints of one area share its occupancy and its limit.
  package var area: String
  /// The area in which it stands, where that is a zone or a room; else empty.
  package var within: String
  /// How many may be inside the area at once; nil where there is no limit.
  package var capacity: Int?
  package var admits: AdmissionList
  package var directions: Directions
  package var reentry: Reentry
  /// How much time has to lie between two admissions of a person to its area; zero where none has to.
  package var pause: Duration
  /// How often a person is admitted to its area in the whole event; nil where there is no limit.
  package var mostEntries: Int?
  /// On how many days of the event; nil where there is no limit.
  package var mostDays: Int?
  package var earlyEntry: Duration
  /// How long after a session its door still leads to it, where no other session has begun to let people in.
  package var grace: Duration
  package var isClosed: Bool
  /// When it is open each day; a session's door follows its sessions instead.
  package var hours: DailyHours
  /// Days on which it opens; empty means every day of the event.
  package var days: [LocalDate]
  /// Whether it admits only registrations that are booked for it by name.
  package var requiresBooking: Bool
  /// Of the place where it stands.
  package var timeZone: ZoneID

  /// Whether who left may come in again in the same day or session.
  package var allowsReentry: Bool { reentry != .never }

  /// Whether somebody can be let out and in again here, where the event allows it.
  package var allowsMissedExits: Bool { allowsReentry && directions != .outOnly }

  package init(id: String, displayName: String, kind: Kind, area: String, timeZone: ZoneID) {
    self.id = id
    self.displayName = displayName
    self.kind = kind
    self.area = area
    self.timeZone = timeZone
    within = ""
    admits = AdmissionList()
    directions = .both
    reentry = .afterLeaving
    pause = .zero
    earlyEntry = Self.defaultEarlyEntry
    grace = .zero
    isClosed = false
    hours = .wholeDay
    days = []
    requiresBooking = false
  }
}

/// Whom a place admits: everyone where both lists are empty, else who is in one of them.
package struct AdmissionList: Hashable, Sendable {
  /// By their ids.
  package var groups: [String]
  /// By their ids.
  package var roles: [String]
  /// Ways of taking part that are admitted; on site only where nothing else is said.
  package var participations: [Participation]

  package init(groups: [String] = [], roles: [String] = [], participations: [Participation] = [.onsite]) {
    self.groups = groups
    self.roles = roles
    self.participations = participations
  }

  package func admits(group: String, role: String) -> Bool {
    (groups.isEmpty && roles.isEmpty) || groups.contains(group) || (!role.isEmpty && roles.contains(role))
  }
}
