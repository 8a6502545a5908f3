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
  /// The word that a device sent in place of what it read.
  case withheld(WithheldCode)

  /// The most characters that are kept of a text: enough to see a wrong keyboard or a code of another system, too few to name
  /// somebody.
  package static let beginningLimit = 6

  /// What is kept of a text that is no code, at most half of a short one; nil where there is none. What cannot be printed stands
  /// as U+FFFD.
  package init?(ofUnreadable text: String) {
    guard !text.isEmpty else { return nil }
    if let word = WithheldCode(rawValue: text) {
      self = .withheld(word)
      return
    }
    let scalars = text.unicodeScalars
    let beginning = scalars.prefix(min(Self.beginningLimit, scalars.count / 2)).map(Self.printed)
    self = .text(beginning: String(String.UnicodeScalarView(beginning)), length: scalars.count)
  }

  private static func printed(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
    switch scalar.properties.generalCategory {
    case .control, .format, .surrogate, .privateUse, .unassigned, .lineSeparator, .paragraphSeparator: "\u{FFFD}"
    default: scalar
    }
  }

  /// What is kept of a code that has the form of one. What a forged one calls its event may be anything: only what may be a slug
  /// is kept.
  package init(serial: BadgeSerial, event: String) {
    self = .code(serial: serial, event: ResourceID.isValid(event) ? event : "")
  }
}

/// Why a device withheld what it read; the word is sent in the code's place.
package enum WithheldCode: String, Spelled {
  /// A web address, which may be somebody's personal link.
  case webAddress = "WEB_ADDRESS"
  /// More than any code has.
  case tooLong = "TOO_LONG"
  /// What may have named somebody who was erased since.
  case erased = "ERASED"
}
