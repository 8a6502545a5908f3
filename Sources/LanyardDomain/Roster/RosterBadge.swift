/// A badge as a roster needs it.
package struct RosterBadge: Hashable, Sendable {
  /// The store's own, by which badges are in order.
  package let key: Int64
  package let serial: BadgeSerial
  package let code: String
  /// Id of the registration.
  package let registration: String
  package let holder: BadgeHolder
  package let displayName: String
  package let organisation: String
  package let mark: AttentionMark
  /// The language to address the person in.
  package let language: Language?
  package let bookings: [BookingPlace]
  /// Whether the person was erased: what devices know of them is to go too.
  package let isErased: Bool

  package init(
    key: Int64,
    serial: BadgeSerial,
    code: String,
    registration: String,
    holder: BadgeHolder,
    displayName: String,
    organisation: String,
    mark: AttentionMark,
    language: Language?,
    bookings: [BookingPlace],
    isErased: Bool = false
  ) {
    self.key = key
    self.serial = serial
    self.code = code
    self.registration = registration
    self.holder = holder
    self.displayName = displayName
    self.organisation = organisation
    self.mark = mark
    self.language = language
    self.bookings = bookings
    self.isErased = isErased
  }
}
