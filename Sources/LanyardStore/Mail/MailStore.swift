package import LanyardDomain

/// A mail with whom it goes to.
package struct ListedMail: Hashable, Sendable {
  package let mail: Mail
  /// Empty where the person was erased.
  package let name: String
  package let email: String
}

/// How the mails of an event stand.
package struct MailStanding: Hashable, Sendable {
  package let waiting: Int
  /// When the one that waits longest was made; nil where none waits.
  package let waitingSince: Instant?
  /// How many were refused for good, or given up.
  package let failed: Int
}

/// All that a mail is composed of, as it is on record.
package struct MailMatter: Sendable {
  package let mail: Mail
  package let event: Event
  package let registration: Registration
  /// Place on the waiting list, from 1; nil where they do not wait.
  package let place: Int?
  /// Why it was rejected; may be empty.
  package let reason: String
  /// The badge that works, or will once it is activated.
  package let badge: Badge?
  /// The sessions that are booked, in the order of their times.
  package let sessions: [Session]
}

/// What came of following a feed.
package struct MailsMade: Hashable, Sendable {
  /// How many mails were made.
  package let count: Int
  /// How far the feed was followed.
  package let sequence: Int64
  /// Whether nothing more was on record.
  package let isLast: Bool
}

/// The outbox: what is to be told to participants. It follows the feeds of the events.
package protocol MailStore: Sendable {
  /// Finds out whether an event's feed tells participants anything after a number, or after what was followed where none is given.
  ///
  /// - Returns: Nil where it does; else how far it was looked at.
  func quietMailFeed(of event: String, after sequence: Int64?, limit: Int) async throws(StoreError) -> MailsMade?
  /// Makes the mails that an event's feed asks for from where it was followed to, and moves on, in one transaction.
  func followForMails(_ act: Act, of event: String, limit: Int) async throws(StoreError) -> MailsMade
  /// Says that those who are confirmed are to be reminded, where the event says so by now and they have not been.
  func remindOfEvent(_ act: Act, _ event: String) async throws(StoreError) -> Bool
  /// The events that have mails waiting, and when the next of each may be sent.
  func mailsDue() async throws(StoreError) -> [(event: String, due: Instant)]
  /// Takes mails that are due for whoever calls alone, until a moment: then others may.
  func claimMails(_ act: Act, of event: String, limit: Int, until end: Instant) async throws(StoreError) -> [Mail]
  /// Says what became of a mail, and how it stands then.
  func settleMail(
    _ act: Act,
    _ mail: Mail,
    _ outcome: MailOutcome,
    delay: Duration
  ) async throws(StoreError)
  /// Gives back all that was claimed, where nobody sends any more who claimed it.
  func forgetMailClaims(_ act: Act, of event: String) async throws(StoreError)
  func mail(_ number: Int64, of event: String) async throws(StoreError) -> Mail
  func mailMatter(_ number: Int64, of event: String) async throws(StoreError) -> MailMatter
  /// Mails, the newest first.
  ///
  /// - Parameters:
  ///   - state: Where given, only those that stand so.
  ///   - registration: Where given, only those of the registration of this id.
  func mails(
    of event: String,
    state: MailState?,
    registration: String?,
    _ page: PageRequest
  ) async throws(StoreError) -> Page<ListedMail>
  func mailStanding(of event: String) async throws(StoreError) -> MailStanding
  /// Has a mail tried again at once.
  ///
  /// - Throws: `StoreError.mailEnded` where it was sent, or says nothing any more.
  func retryMail(_ act: Act, _ number: Int64, of event: String) async throws(StoreError) -> Mail
}
