/// A mail of the outbox: what it is about and how far it is. Who it goes to and what stands in it is not kept with it.
package struct Mail: Hashable, Sendable {
  /// Which of all mails it is.
  package let number: Int64
  /// Slug of the event.
  package let event: String
  /// Id of the registration.
  package let registration: String
  package let kind: MailKind
  package let state: MailState
  /// Number of the change that it tells of, in the event's feed.
  package let sequence: Int64
  package let createdAt: Instant
  /// When it is tried next, while it waits.
  package let dueAt: Instant
  /// How often it was tried.
  package let attempts: Int
  /// When it was first answered that it is to come again; nil where that was not answered.
  package let failingSince: Instant?
  /// When a server took it; nil where none has.
  package let sentAt: Instant?
  /// What became of the last try where that failed.
  package let fault: MailFault?

  package init(
    number: Int64,
    event: String,
    registration: String,
    kind: MailKind,
    state: MailState,
    sequence: Int64,
    createdAt: Instant,
    dueAt: Instant,
    attempts: Int,
    failingSince: Instant?,
    sentAt: Instant?,
    fault: MailFault?
  ) {
    (self.number, self.event, self.registration) = (number, event, registration)
    (self.kind, self.state, self.sequence) = (kind, state, sequence)
    (self.createdAt, self.dueAt, self.attempts) = (createdAt, dueAt, attempts)
    (self.failingSince, self.sentAt, self.fault) = (failingSince, sentAt, fault)
  }

  package var name: ResourceName { .mail(number, of: event) }
}

/// How far a mail is.
package enum MailState: String, Spelled {
  /// It is still to be sent.
  case waiting = "WAITING"
  case sent = "SENT"
  /// It was refused for good: the address is wrong, or takes nothing.
  case bounced = "BOUNCED"
  /// It was tried for as long as mails are.
  case givenUp = "GIVEN_UP"
  /// It says nothing any more: something else happened meanwhile, or its person was erased.
  case dropped = "DROPPED"

  /// Whether somebody may have it tried again.
  package var isRetried: Bool {
    switch self {
    case .bounced, .givenUp, .waiting: true
    case .sent, .dropped: false
    }
  }
}

/// Whether a server sends mails.
package enum MailWay: String, Spelled {
  /// What is due is sent.
  case on = "ON"
  /// It has no mail server: mails wait.
  case noServer = "NO_SERVER"
  /// It rehearses: mails are made and never sent.
  case rehearsal = "REHEARSAL"
  /// Its mail server cannot be used for now: mails wait.
  case failing = "FAILING"
}

/// Why a mail was not sent: by what a server answered, without its words, in which an address may stand.
package struct MailFault: Hashable, Sendable {
  package enum Cause: String, Spelled {
    /// The server refused the recipient or the message.
    case refused = "REFUSED"
    /// The server was not reached.
    case notReached = "NOT_REACHED"
    /// Its certificate or its encryption is not as it has to be.
    case notTrusted = "NOT_TRUSTED"
    /// It did not take user and password.
    case notSignedIn = "NOT_SIGNED_IN"
    /// It refused the sender, or every message.
    case senderRefused = "SENDER_REFUSED"
    /// The line was cut, or nothing was heard for too long.
    case cut = "CUT"
    /// The message could not be made.
    case notComposed = "NOT_COMPOSED"
  }

  package let cause: Cause
  /// The reply code (RFC 5321, 4.2), such as 550; nil where there was no reply.
  package let code: Int?
  /// The enhanced status code (RFC 3463), such as `5.1.1`; empty where there was none.
  package let status: String

  package init(_ cause: Cause, code: Int? = nil, status: String = "") {
    (self.cause, self.code, self.status) = (cause, code, status)
  }

  /// The enhanced status code at the start of a reply's text; empty where there is none.
  package static func status(in text: some StringProtocol) -> String {
    let word = text.prefix { !$0.isWhitespace }
    let parts = word.split(separator: ".", omittingEmptySubsequences: false)
    let isStatus =
      parts.count == 3 && parts.allSatisfy { (1...3).contains($0.count) && $0.allSatisfy { $0.isASCII && $0.isNumber } }
    return isStatus ? String(word) : ""
  }
}

/// What became of a try to send a mail.
package enum MailOutcome: Hashable, Sendable {
  /// The server has it.
  case sent
  /// It is to be tried again later.
  case again(MailFault)
  /// It is refused for good.
  case bounced(MailFault)
  /// Nothing can be sent for now, of this mail as of any.
  case unreachable(MailFault)
  /// It says nothing any more.
  case dropped
}
