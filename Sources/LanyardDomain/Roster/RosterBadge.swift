/// A badge as a roster needs it.
package struct RosterBadge: Hashable, Sendable {
  /// The store's own, by which badges are in order.
  package let key: Int64
  package let serial: BadgeSerial
  package let code: String
  /// Id of the registration.
  package let registration: String
  /// Nil where nobody knows: see `unknown`.
  package let holder: BadgeHolder?
  package let displayName: String
  package let organisation: String
  package let mark: AttentionMark
  /// The language to address the person in.
  package let language: Language?
  package let bookings: [BookingPlace]
  /// Whether the person was erased: what devices know of them is to go too.
  package let isErased: Bool
  /// Table and column of what is on record of it and not known to this version; then no device may let it pass by itself.
  package let unknown: String?

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
    unknown = nil
  }

  /// One of which something is not known.
  package init(key: Int64, serial: BadgeSerial, registration: String, unknown: String) {
    (self.key, self.serial, self.registration, self.unknown) = (key, serial, registration, unknown)
    (code, displayName, organisation) = ("", "", "")
    (holder, mark, language, bookings, isErased) = (nil, .none, nil, [], false)
  }
}
