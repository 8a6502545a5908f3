package import LanyardDomain

/// An address of e-mail with the name of whose it is.
package struct MailAddress: Hashable, Sendable {
  /// May be empty.
  package let name: String
  package let address: String

  package init(name: String = "", _ address: String) {
    (self.name, self.address) = (name, address)
  }

  /// What stands after the @; empty where nothing does.
  package var domain: String {
    address.lastIndex(of: "@").map { String(address[address.index(after: $0)...]) } ?? ""
  }
}

/// A message with whom it is from and to.
package struct MailMessage: Sendable {
  /// A file that comes with it.
  package struct Attachment: Sendable {
    /// Such as `badge.png`.
    package let name: String
    /// Such as `image/png`.
    let type: (main: String, sub: String)
    let bytes: [UInt8]
    /// Parameters of the type, such as a calendar's method.
    let parameters: [(name: String, value: String)]

    package static func png(_ name: String, _ bytes: [UInt8]) -> Attachment {
      Attachment(name: name, type: ("image", "png"), bytes: bytes, parameters: [])
    }

    /// - Parameter calendar: One that `MailCalendar` made.
    package static func calendar(_ name: String, _ calendar: String) -> Attachment {
      Attachment(
        name: name,
        type: ("text", "calendar"),
        bytes: Array(calendar.utf8),
        parameters: [("charset", "utf-8"), ("method", MailCalendar.method)]
      )
    }
  }

  package var from: MailAddress
  package var to: MailAddress
  /// Where answers go; nil where they go to `from`.
  package var replyTo: MailAddress?
  /// Of the same mail the same however often it is sent.
  package var messageID: String
  package var date: Instant
  package var letter: MailLetter
  package var attachments: [Attachment] = []

  package init(
    from: MailAddress,
    to: MailAddress,
    replyTo: MailAddress? = nil,
    messageID: String,
    date: Instant,
    letter: MailLetter
  ) {
    (self.from, self.to, self.replyTo) = (from, to, replyTo)
    (self.messageID, self.date, self.letter) = (messageID, date, letter)
  }
}
