/// What a text turned out to be that is no recorded badge's code, and what the ledger keeps of it.
package struct CodeReading: Hashable, Sendable {
  package let reading: BadgeReading
  /// Nil where nothing is known of it.
  package let trace: CodeTrace?

  package init(_ reading: BadgeReading, _ trace: CodeTrace? = nil) {
    (self.reading, self.trace) = (reading, trace)
  }

  package static let unreadable = CodeReading(.unreadable)
  package static let forged = CodeReading(.forged)
  package static let unknownKey = CodeReading(.unknownKey)

  /// A genuine code of which nothing is kept.
  package static func unrecorded(event: String) -> CodeReading { CodeReading(.unrecorded(event: event)) }

  /// A genuine code, or a badge by its serial, that is not on record.
  package init(unrecorded serial: BadgeSerial, of event: String) {
    self.init(.unrecorded(event: event), CodeTrace(serial: serial, event: event))
  }
}

/// What is kept of a code that is no recorded badge's, so that it can be told afterwards which badge it may have been. It opens
/// no door: a genuine code has its signature, and what is kept of an unreadable text is too short for one.
package enum CodeTrace: Hashable, Sendable {
  /// What a code says that has the form of one; of a forged one it is only claimed.
  case code(serial: BadgeSerial, event: String)
  /// The first characters of a text that is none, and how many it has.
  case text(beginning: String, length: Int)

  /// The most characters that are kept of a text: enough to see a wrong keyboard or a code of another system, too few to name
  /// somebody.
  package static let beginningLimit = 6
  /// The most characters of an event's slug that are kept.
  package static let eventLimit = 40

  /// What is kept of a text that is no code, at most half of a short one; nil where there is none.
  package init?(ofUnreadable text: String) {
    guard !text.isEmpty else { return nil }
    let scalars = text.unicodeScalars
    let beginning = String(String.UnicodeScalarView(scalars.prefix(min(Self.beginningLimit, scalars.count / 2))))
    self = .text(beginning: beginning, length: scalars.count)
  }

  /// What is kept of a code that has the form of one. What a forged one calls its event may be anything: only what may be a slug
  /// is kept.
  package init(serial: BadgeSerial, event: String) {
    self = .code(serial: serial, event: ResourceID.isValid(event) ? event : "")
  }
}
