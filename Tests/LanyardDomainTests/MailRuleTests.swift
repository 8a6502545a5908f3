import LanyardDomain
import LanyardTesting
import Testing

@Suite("Rules of mails")
struct MailRuleTests {
  private static let forum = SampleData.forum
  private static let name = "events/\(forum)/registrations/r"

  private static func change(_ name: String, _ after: String?, resource: String = Self.name) -> FeedChange {
    FeedChange(name: name, version: 1, resource: ChangedResource(recorded: resource), before: nil, after: after)
  }

  @Test(
    "A change tells what its state is",
    arguments: [
      ("registration.created", #"{"state":"CONFIRMED"}"#, MailKind.confirmed),
      ("registration.created", #"{"state":"SUBMITTED"}"#, .received),
      ("registration.created", #"{"state":"WAITLISTED"}"#, .waitlisted),
      ("registration.created", #"{"state":"EMAIL_PENDING"}"#, .verifyAddress),
      ("registration.confirmed", #"{"state":"CONFIRMED"}"#, .confirmed),
      ("registration.waitlisted", #"{"state":"WAITLISTED"}"#, .waitlisted),
      ("registration.rejected", #"{"state":"REJECTED"}"#, .rejected),
      ("registration.restored", #"{"state":"SUBMITTED"}"#, .received),
      ("registration.cancelled", #"{"state":"CANCELLED"}"#, .cancelled),
      ("registration.moved_up", #"{"state":"CONFIRMED"}"#, .movedUp),
      ("registration.updated", #"{"changed":["position"]}"#, .changed),
      ("registration.updated", #"{"changed":["participation"],"state":"CONFIRMED"}"#, .movedUp),
    ]
  )
  func tells(name: String, after: String, kind: MailKind) {
    let news = MailNews(Self.change(name, after, resource: Self.name))
    #expect(news == MailNews(kind, for: .registration("r"), begins: kind == .verifyAddress))
  }

  @Test("A badge tells its bearer, a reminder everyone, and what is nobody's business nobody")
  func others() {
    let badge = Self.change(
      "badge.issued",
      #"{"registration":"\#(Self.name)"}"#,
      resource: "events/\(Self.forum)/badges/1"
    )
    #expect(MailNews(badge) == MailNews(.badgeReady, for: .registration("r")))
    let reminder = Self.change("event.reminded", "{}", resource: "events/\(Self.forum)")
    #expect(MailNews(reminder) == MailNews(.reminder, for: .everyone))
    let told = Self.change("registration.created", #"{"mail":true,"state":"CONFIRMED"}"#, resource: Self.name)
    #expect(MailNews(told)?.begins == true)
    for name in ["registration.erased", "registration.linked", "badge.marked", "event.updated", "of.another.version"] {
      #expect(MailNews(Self.change(name, "{}", resource: Self.name)) == nil)
    }
    #expect(MailNews(Self.change("registration.created", "{", resource: Self.name)) == nil)
    #expect(MailNews(Self.change("registration.created", #"{"state":"NEW"}"#, resource: Self.name)) == nil)
  }

  @Test("A link that was asked for is told, and where there is none yet, that the address is to be confirmed")
  func links() {
    let asked = Self.change("registration.link_requested", #"{"state":"CANCELLED"}"#)
    #expect(MailNews(asked) == MailNews(.personalLink, for: .registration("r")))
    let pending = Self.change("registration.link_requested", #"{"state":"EMAIL_PENDING"}"#)
    #expect(MailNews(pending) == MailNews(.verifyAddress, for: .registration("r"), begins: true))
  }

  @Test("What waits already is not said once more")
  func said() {
    for kind in MailKind.allCases {
      #expect(kind.isSaid(by: [kind]) && !kind.isSaid(by: []))
      #expect(kind.isSaid(by: [.confirmed]) == (kind == .confirmed || kind == .changed))
    }
  }

  @Test("A mail is sent while it is so")
  func fits() {
    let live: Set = [RegistrationState.submitted, .confirmed, .waitlisted]
    for kind in MailKind.allCases {
      let states = Set(RegistrationState.allCases.filter(kind.fits))
      let expected: Set<RegistrationState> =
        switch kind {
        case .verifyAddress: [.emailPending]
        case .received: [.submitted]
        case .confirmed, .movedUp, .badgeReady, .reminder: [.confirmed]
        case .waitlisted: [.waitlisted]
        case .rejected: [.rejected]
        case .cancelled: [.cancelled]
        case .changed: live
        case .personalLink, .alreadyRegistered: Set(RegistrationState.allCases).subtracting([.emailPending])
        }
      #expect(states == expected)
    }
  }

  @Test("An event writes to whom it says, and to who asks for something in any case")
  func reaches() {
    var mail = EventMail()
    #expect(mail.reaches(.confirmed, isAsked: true) && !mail.reaches(.confirmed, isAsked: false))
    mail.reach = .everyone
    #expect(mail.reaches(.confirmed, isAsked: false))
    mail.reach = .nobody
    #expect(!mail.reaches(.confirmed, isAsked: true) && mail.reaches(.personalLink, isAsked: false))
  }

  @Test("It is tried again after twice as long each time, spread, and given up in the end")
  func retries() {
    #expect(MailRetry.delay(after: 1, chance: 0.5) == .seconds(60))
    #expect(
      MailRetry.delay(after: 2, chance: 0) == .seconds(96) && MailRetry.delay(after: 2, chance: 1) == .seconds(144)
    )
    #expect(MailRetry.delay(after: 30, chance: 0.5) == .seconds(7200))
    #expect(
      MailRetry.pause(after: 1, chance: 0.5) == .seconds(5) && MailRetry.pause(after: 99, chance: 0.5) == .seconds(300)
    )
    let (made, fault) = (Instant(seconds: 0), MailFault(.refused, code: 451))
    func state(_ outcome: MailOutcome, _ now: Instant) -> MailState {
      MailRetry.standing(after: outcome, failingSince: made, at: now, delay: .seconds(60)).state
    }
    // However long it waited for a server: its first answer begins the time.
    #expect(MailRetry.standing(after: .again(fault), failingSince: nil, at: made, delay: .zero).state == .waiting)
    let end = made + MailRetry.patience
    #expect(state(.again(fault), end - .seconds(1)) == .waiting && state(.again(fault), end) == .givenUp)
    #expect(state(.unreachable(fault), end) == .waiting && state(.bounced(fault), made) == .bounced)
    #expect(state(.sent, end) == .sent && state(.dropped, made) == .dropped)
  }

  @Test("No more go out in any minute than may")
  func pace() {
    var pace = MailPace(limit: 2)
    let start = ContinuousClock.now
    for second in [0, 10] {
      #expect(pace.wait(at: start + .seconds(second)) == .zero)
      pace.count(at: start + .seconds(second))
    }
    #expect(pace.wait(at: start + .seconds(20)) == .seconds(40))
    #expect(pace.wait(at: start + .seconds(60)) == .zero)
    pace.count(at: start + .seconds(60))
    #expect(pace.wait(at: start + .seconds(61)) == .seconds(9))
  }

  @Test(
    "Of a reply the status alone is kept",
    arguments: [("5.1.1 <a@b.example> no such user", "5.1.1"), ("No such user", ""), ("5.1 x", ""), ("4.7.1", "4.7.1")]
  )
  func status(reply: String, status: String) {
    #expect(MailFault.status(in: reply) == status)
  }

  @Test("A programme says whom it writes to, and what is wrong with that")
  func programme() throws {
    func mail(_ fields: String) throws -> EventMail {
      let text = """
        {"events": [{"slug": "a", "title": "A", "start_date": "2024-05-27", "end_date": "2024-05-28",
          "time_zone": "Europe/Zurich", "stakeholder_groups": ["G"], \(fields)}]}
        """
      return try Programme.reading(Array(text.utf8)).events[0].event.mail
    }
    let whole = try mail(
      #""mail": "everyone", "mail_contact": "a@b.example", "reminder": "2024-05-24T09:00:00+02:00""#
    )
    #expect(whole.reach == .everyone && whole.contact == "a@b.example")
    #expect(whole.remindsAt == SampleData.moment("2024-05-24T09:00:00+02:00"))
    for (fields, name) in [
      (#""mail": "everybody""#, "mail"), (#""mail_contact": "a""#, "mail_contact"),
      (#""reminder": "2024-05-29T09:00:00+02:00""#, "reminder"),
    ] {
      #expect {
        try mail(fields)
      } throws: {
        ($0 as? InvalidInput)?.violations.map(\.field) == ["events[0].\(name)"]
      }
    }
  }
}
