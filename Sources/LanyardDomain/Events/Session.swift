/// One session of the programme.
package struct Session: Hashable, Sendable {
  /// The organiser's code, such as `S001`; its resource id is the code in lower case.
  package var code: String
  package var title: LocalizedText
  /// Id of one of the event's tracks, where it lists them; may be empty.
  package var track: String
  package var span: Range<Instant>
  /// Of the place where it is held.
  package var timeZone: ZoneID
  package var venue: String
  package var room: String
  package var city: String
  package var country: String
  package var capacity: Int?
  package var allowsRemote: Bool
  /// Ids of the groups that it admits; empty admits every group.
  package var admittedGroups: [String]
  /// Whether it admits only registrations that are booked for it by name.
  package var requiresBooking: Bool
  package var isSample: Bool
  /// The address at which it is followed over the network; may be empty.
  package var stream = ""
  /// Resource id of the checkpoint at its room's door.
  package var checkpoint: String

  package init(
    code: String,
    title: LocalizedText,
    span: Range<Instant>,
    timeZone: ZoneID,
    room: String,
    checkpoint: String
  ) {
    self.code = code
    self.title = title
    self.span = span
    self.timeZone = timeZone
    self.room = room
    self.checkpoint = checkpoint
    track = ""
    venue = ""
    city = ""
    country = ""
    allowsRemote = false
    admittedGroups = []
    requiresBooking = false
    isSample = false
  }

  /// The last part of its resource name.
  package var id: String { code.lowercased() }
}
