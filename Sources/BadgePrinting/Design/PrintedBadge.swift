package import BadgeCodes
package import LanyardDomain

/// What stands on one badge, in words.
package struct PrintedBadge: Sendable {
  /// A term of the event: what it is called by, and what people read.
  package struct Term: Hashable, Sendable {
    package let id: String
    package let label: String

    package init(id: String, label: String) {
      self.id = id
      self.label = label
    }
  }

  package var eventTitle: String
  /// Days and place; may be empty.
  package var eventLine: String
  /// As its bearer writes it, or wants to be called.
  package var name: String
  /// May be empty.
  package var organisation: String
  /// In words; may be empty.
  package var country: String
  package var group: Term
  /// The group's number in the event; 0 is none.
  package var groupNumber: Int
  /// Nil where the person has no role.
  package var role: Term?
  /// Where the badge opens doors beside the entrances.
  package var zones: [Term]
  /// The end of the badge's serial and the number of its issue, by which people tell badges apart.
  package var number: String
  package var code: QRSymbol
  /// BCP 47 tag of the language of its bearer; may be empty.
  package var language: String

  package init(
    eventTitle: String,
    eventLine: String,
    name: String,
    organisation: String,
    country: String,
    group: Term,
    groupNumber: Int,
    role: Term?,
    zones: [Term],
    number: String,
    code: QRSymbol,
    language: String
  ) {
    self.eventTitle = eventTitle
    self.eventLine = eventLine
    self.name = name
    self.organisation = organisation
    self.country = country
    self.group = group
    self.groupNumber = groupNumber
    self.role = role
    self.zones = zones
    self.number = number
    self.code = code
    self.language = language
  }
}

extension PrintedBadge {
  /// By what people tell badges apart: the end of the serial, and which of its bearer's badges it is.
  ///
  /// - Parameter issue: From 1.
  package static func number(_ serial: BadgeSerial, issue: Int) -> String {
    BadgeNumber(serial, issue: issue).description
  }
}
