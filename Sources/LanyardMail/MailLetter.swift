package import LanyardDomain
import LanyardTexts

/// What stands in a mail, in the language of its reader: the same as plain text and as HTML.
package struct MailLetter: Hashable, Sendable {
  /// A way to go on from it.
  package struct Action: Hashable, Sendable {
    let label: String
    let address: String
  }

  /// One thing that it names, such as the days of the event.
  package struct Row: Hashable, Sendable {
    let label: String
    let value: String
  }

  package let language: Language
  package var subject: String
  var greeting: String
  var paragraphs: [String]
  var rows: [Row] = []
  var action: Action?
  /// Whether it has a way to go on from it.
  package var hasAction: Bool { action != nil }
  /// What follows the action.
  var remarks: [String] = []
  var footer: [String]

  /// What else is known where a mail is composed.
  package struct Circumstances: Hashable, Sendable {
    /// Place on the waiting list, from 1; nil where they do not wait.
    package var place: Int?
    /// Why it was rejected, in the organiser's words; may be empty.
    package var reason = ""
    /// How the badge stands; nil where there is none.
    package var badge: BadgeState?
    /// Whether the badge's picture comes with it.
    package var hasPicture = false
    /// Whether a calendar of what is booked comes with it.
    package var hasCalendar = false
    /// Where the person goes on; nil where there is no such page.
    package var link: String?

    package init() {}
  }

  /// The language of a person's mails: theirs, where Lanyard speaks it, else the event's.
  package static func language(of person: Person, _ event: Event) -> Language {
    Language(tag: person.language) ?? event.language
  }

  package init(_ kind: MailKind, of registration: Registration, _ event: Event, _ beside: Circumstances) {
    let details = registration.details
    language = Self.language(of: details.person, event)
    let phrases = Phrasebook.of(language)
    let title = event.title.text(in: language)
    func text(_ key: Sentence.Key, _ facts: [String: Sentence.Fact] = [:]) -> String {
      phrases.text(Sentence(key, facts), for: .page)
    }
    // Readers of headers stumble over isolates.
    subject = phrases.text(Sentence(kind.subject, ["event": .text(title)]))
    // Else a stranger could have anything said to anybody by typing it as a name.
    greeting =
      kind == .verifyAddress ? text(.mailGreetingPlain) : text(.mailGreeting, ["name": .text(details.displayName)])
    let isOnsite = details.participation == .onsite
    paragraphs = Self.paragraphs(kind, beside, isOnsite: isOnsite).map { phrases.text($0, for: .page) }
    if let label = kind.action, let link = beside.link { action = Action(label: text(label), address: link) }
    if kind == .verifyAddress { remarks.append(text(.mailTextNotYou)) }
    footer = [text(event.mail.contact.isEmpty ? .mailFooterNoReply : .mailFooterReply)]
    footer.append(text(.mailFooterWhy, ["event": .text(title)]))
    if !event.organisers.isEmpty { footer.append(event.organisers) }
    guard kind.namesRegistration else { return }
    let participation: Sentence.Key = isOnsite ? .mailValueOnsite : .mailValueRemote
    let place = [event.city, event.country.isEmpty ? "" : phrases.country(event.country)].filter { !$0.isEmpty }
    let named: [(label: Sentence.Key, value: String)] = [
      (.mailLabelEvent, title),
      (.mailLabelDays, phrases.days(event.startDate, event.endDate)),
      (.mailLabelPlace, isOnsite ? place.joined(separator: ", ") : ""),
      (.mailLabelName, details.displayName),
      (.mailLabelOrganisation, details.organisation),
      (.mailLabelParticipation, text(participation)),
      (.mailLabelState, text(Self.stateKey(registration.state))),
    ]
    rows = named.filter { !$0.value.isEmpty }.map { Row(label: text($0.label), value: $0.value) }
  }

  private static func paragraphs(_ kind: MailKind, _ beside: Circumstances, isOnsite: Bool) -> [Sentence] {
    switch kind {
    case .verifyAddress: [Sentence(.mailTextVerifyAddress)]
    case .received: [Sentence(.mailTextReceived)]
    case .confirmed: [Sentence(.mailTextConfirmed)]
    case .waitlisted:
      [Sentence(.mailTextWaitlisted)]
        + (beside.place.map { [Sentence(.mailTextPlace, ["place": .count($0)])] } ?? [])
        + [Sentence(.mailTextWaitlistedNext)]
    case .rejected:
      [Sentence(.mailTextRejected)]
        + (beside.reason.isEmpty ? [] : [Sentence(.mailTextReason, ["reason": .text(beside.reason)])])
    case .movedUp: [Sentence(.mailTextMovedUp)]
    case .badgeReady:
      (beside.hasPicture ? [Sentence(.mailTextBadgeReady)] : [Sentence(.mailTextBadgeIssued)])
        + (beside.badge == .notActivated ? [Sentence(.mailTextBadgeNotActivated)] : [])
        + (beside.hasCalendar ? [Sentence(.mailTextCalendar)] : [])
    case .changed: [Sentence(.mailTextChanged)]
    case .cancelled: [Sentence(.mailTextCancelled)]
    case .personalLink: [Sentence(.mailTextPersonalLink)]
    case .alreadyRegistered: [Sentence(.mailTextAlreadyRegistered)]
    case .reminder: [Sentence(.mailTextReminder)] + (isOnsite ? [Sentence(.mailTextReminderOnsite)] : [])
    }
  }

  private static func stateKey(_ state: RegistrationState) -> Sentence.Key {
    switch state {
    case .submitted: .stateSubmitted
    case .confirmed: .stateConfirmed
    case .waitlisted: .stateWaitlisted
    case .rejected: .stateRejected
    case .cancelled: .stateCancelled
    case .emailPending: .stateEmailPending
    }
  }
}

extension MailKind {
  fileprivate var subject: Sentence.Key {
    switch self {
    case .verifyAddress: .mailSubjectVerifyAddress
    case .received: .mailSubjectReceived
    case .confirmed: .mailSubjectConfirmed
    case .waitlisted: .mailSubjectWaitlisted
    case .rejected: .mailSubjectRejected
    case .movedUp: .mailSubjectMovedUp
    case .badgeReady: .mailSubjectBadgeReady
    case .changed: .mailSubjectChanged
    case .cancelled: .mailSubjectCancelled
    case .personalLink: .mailSubjectPersonalLink
    case .alreadyRegistered: .mailSubjectAlreadyRegistered
    case .reminder: .mailSubjectReminder
    }
  }

  /// What its link is called; nil where it has none.
  fileprivate var action: Sentence.Key? {
    switch self {
    case .verifyAddress: .mailActionVerify
    case .received, .confirmed, .waitlisted, .movedUp, .badgeReady, .changed, .personalLink, .reminder,
      .alreadyRegistered:
      .mailActionOpen
    case .rejected, .cancelled: nil
    }
  }

  /// Whether it says what the registration is of.
  fileprivate var namesRegistration: Bool {
    switch self {
    case .received, .confirmed, .waitlisted, .movedUp, .badgeReady, .changed, .reminder: true
    // Whoever reads it may not be who registered.
    case .verifyAddress, .personalLink, .alreadyRegistered, .rejected, .cancelled: false
    }
  }
}
