/// A person as operators' screens show them.
package struct Attendee: Hashable, Sendable {
  /// Resource id of the registration.
  package let registration: String
  package let displayName: String
  package let organisation: String
  package let group: String
  package let role: String
  /// The badge that was scanned; of whom was found by name, the one that is active or may be activated, nil where there is none.
  package let badge: BadgeSerial?
  package let mark: AttentionMark
  /// The language to address the person in; nil where they gave none that Lanyard speaks.
  package let language: Language?

  package init(
    registration: String,
    displayName: String,
    organisation: String,
    group: String,
    role: String,
    badge: BadgeSerial?,
    mark: AttentionMark,
    language: Language?
  ) {
    self.registration = registration
    self.displayName = displayName
    self.organisation = organisation
    self.group = group
    self.role = role
    self.badge = badge
    self.mark = mark
    self.language = language
  }
}
