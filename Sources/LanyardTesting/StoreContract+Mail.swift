import LanyardDomain
import LanyardStore
import Testing

extension StoreRule {
  /// Registers people who are written to.
  private static func mailed(_ numbers: ClosedRange<Int>, _ store: any Store) async throws -> [Registration] {
    var rows: [ImportRow] = []
    for number in numbers { rows.append(ImportRow(try await details(SampleData.person(number), store))) }
    _ = try await store.importRegistrations(.test(now), rows, for: forum, updating: false, mailing: true)
    let all = try await store.registrations(of: forum, matching: RegistrationFilter(), PageRequest(size: 100)).page
      .items
    return rows.compactMap { row in all.last { $0.details.email == row.details.email } }
  }

  /// Follows the feed to its end; returns how many mails were made.
  private static func follow(_ store: any Store, limit: Int = 3) async throws -> Int {
    var count = 0
    while true {
      let made = try await store.followForMails(.test(now), of: forum, limit: limit)
      count += made.count
      if made.isLast { return count }
    }
  }

  /// What is said to a registration, the earliest first.
  private static func said(
    to registration: Registration,
    _ store: any Store
  ) async throws -> [MailKind] {
    let page = try await store.mails(
      of: forum,
      state: nil,
      registration: registration.id,
      PageRequest(size: 100)
    )
    return page.items.reversed().map(\.mail.kind)
  }

  private static func mail(
    _ store: any Store,
    _ state: MailState? = nil
  ) async throws -> [Mail] {
    try await store.mails(of: forum, state: state, registration: nil, PageRequest(size: 100)).items.map(\.mail)
  }

  private static func forum(_ capacity: Int, _ mail: EventMail) throws -> Programme {
    var programme = try forum(capacity: capacity)
    programme.events[0].event.mail = mail
    return programme
  }

  static let mails: [StoreRule] = [
    StoreRule("whoever is to be written to is told what happens, once each, and nobody else") { store in
      let quiet = try await register(SampleData.person(1), store)
      #expect(try await follow(store) == 0)
      let loud = try await mailed(2...3, store)
      #expect(try await store.quietMailFeed(of: forum, after: nil, limit: 100) == nil)
      #expect(try await follow(store) == 2)
      #expect(try await follow(store) == 0)
      let quietFeed = try #require(try await store.quietMailFeed(of: forum, after: nil, limit: 100))
      let head = try await store.feedHead(of: forum).sequence
      #expect(quietFeed.isLast && quietFeed.sequence == head)
      _ = try await store.take(.test(now), .cancel, on: loud[0].id, of: forum, etag: nil)
      _ = try await store.take(.test(now), .cancel, on: quiet.id, of: forum, etag: nil)
      #expect(try await follow(store) == 1)
      #expect(try await said(to: loud[0], store) == [.confirmed, .cancelled])
      #expect(try await said(to: loud[1], store) == [.confirmed])
      #expect(try await said(to: quiet, store) == [])
      let first = try await store.mails(of: forum, state: .waiting, registration: nil, PageRequest(size: 2))
      #expect(first.items.map(\.mail.kind) == [.cancelled, .confirmed] && first.next != nil)
      #expect(first.items[0].email == loud[0].details.email && first.items[0].name == loud[0].details.displayName)
      let rest = try await store.mails(
        of: forum,
        state: .waiting,
        registration: nil,
        PageRequest(size: 2, after: first.next)
      )
      #expect(rest.items.count == 1 && rest.next == nil)
      let standing = try await store.mailStanding(of: forum)
      #expect(standing.waiting == 3 && standing.waitingSince == now && standing.failed == 0)
    },
    StoreRule("an event writes to everyone, or to nobody, where it says so") { store in
      var settings = EventMail()
      (settings.reach, settings.contact) = (.everyone, "desk@example.org")
      _ = try await store.importProgramme(.test(), forum(100, settings))
      #expect(try await store.event(forum).event.mail == settings)
      _ = try await register(SampleData.person(1), store)
      #expect(try await follow(store) == 1)
      settings.reach = .nobody
      _ = try await store.importProgramme(.test(), forum(100, settings))
      _ = try await mailed(2...2, store)
      #expect(try await follow(store) == 0)
    },
    StoreRule("who waits is told their place, who moves up that they did, and who is rejected why") { store in
      _ = try await store.importProgramme(.test(), forum(capacity: 1))
      let people = try await mailed(1...3, store)
      #expect(try await follow(store) == 3)
      let waiting = try await mail(store).filter { $0.kind == .waitlisted }
      #expect(waiting.count == 2)
      let matter = try await store.mailMatter(waiting[0].number, of: forum)
      #expect(matter.place == 2 && matter.mail.registration == people[2].id && matter.event.slug == forum)
      _ = try await store.take(.test(now), .cancel, on: people[0].id, of: forum, etag: nil)
      var discretion = Discretion.organiser
      discretion.note = "No seats for \u{202F}guests"
      _ = try await store.take(.test(now), .reject, on: people[2].id, of: forum, etag: nil, as: discretion)
      #expect(try await follow(store) == 3)
      #expect(try await said(to: people[1], store) == [.waitlisted, .movedUp])
      let told = try #require(try await mail(store).first { $0.kind == .rejected })
      let rejection = try await store.mailMatter(told.number, of: forum)
      #expect(rejection.reason == discretion.note && rejection.place == nil)
    },
    StoreRule("changes that come before a mail of them is sent are one mail, and a badge is told of") { store in
      let person = try await mailed(1...1, store)[0]
      #expect(try await follow(store) == 1)
      func change(_ position: String) async throws {
        var form = SampleData.person(1)
        form.position = position
        let event = try await store.event(forum).event
        let change = try RegistrationChange(of: [.person(.position)], form, for: event)
        _ = try await store.change(.test(now), person.id, of: forum, by: change, etag: nil, as: .organiser)
      }
      try await change("A")
      #expect(try await follow(store) == 0)
      // The one that waited is on its way.
      let claimed = try await store.claimMails(.test(now), of: forum, limit: 9, until: now + .seconds(60))
      #expect(claimed.map(\.kind) == [.confirmed])
      try await change("B")
      try await change("C")
      #expect(try await follow(store) == 1)
      _ = try await store.addSigningKey(.test(), .test(now))
      _ = try await store.issue(.test(now), [draft(for: person, code: "CODE")], of: forum)
      #expect(try await follow(store) == 1)
      #expect(try await said(to: person, store) == [.confirmed, .changed, .badgeReady])
      let ready = try #require(try await mail(store).first)
      #expect(try await store.mailMatter(ready.number, of: forum).badge?.code == "CODE")
    },
    StoreRule("a mail is claimed by one alone, and comes free again after its time") { store in
      _ = try await mailed(1...5, store)
      #expect(try await follow(store) == 5)
      let claims = await atOnce(8) { _ in
        try await store.claimMails(.test(now), of: forum, limit: 1, until: now + .seconds(60))
      }
      let numbers = try claims.flatMap { try $0.get() }.map(\.number)
      #expect(numbers.count == 5 && Set(numbers).count == 5)
      #expect(try await store.mailsDue().map(\.due) == [now + .seconds(60)])
      let later = now + .seconds(61)
      let again = try await store.claimMails(.test(later), of: forum, limit: 9, until: later + .seconds(60))
      #expect(again.count == 5 && again.allSatisfy { $0.attempts == 1 })
      try await store.forgetMailClaims(.test(later), of: forum)
      #expect(try await store.claimMails(.test(later), of: forum, limit: 9, until: later).count == 5)
    },
    StoreRule("what becomes of a mail is kept, and one that failed is tried again by whoever asks for it") { store in
      _ = try await mailed(1...4, store)
      #expect(try await follow(store) == 4)
      let claimed = try await store.claimMails(.test(now), of: forum, limit: 9, until: now + .seconds(60))
      let refused = MailFault(.refused, code: 550, status: "5.1.1")
      let delay = Duration.seconds(90)
      try await store.settleMail(.test(now), claimed[0], .sent, delay: delay)
      try await store.settleMail(.test(now), claimed[1], .bounced(refused), delay: delay)
      try await store.settleMail(.test(now), claimed[2], .again(MailFault(.refused, code: 451)), delay: delay)
      try await store.settleMail(.test(now), claimed[3], .dropped, delay: delay)
      let stored = try await mail(store).sorted { $0.number < $1.number }
      #expect(stored.map(\.state) == [.sent, .bounced, .waiting, .dropped])
      #expect(stored.map(\.fault) == [nil, refused, MailFault(.refused, code: 451), nil])
      #expect(stored[0].sentAt == now && stored[2].dueAt == now + delay)
      #expect(try await store.mailsDue().map(\.due) == [now + delay])
      #expect(try await store.claimMails(.test(now), of: forum, limit: 9, until: now + .seconds(60)) == [])
      #expect(try await store.mailStanding(of: forum).failed == 1)
      let retried = try await store.retryMail(.test(now + .seconds(5)), claimed[1].number, of: forum)
      #expect(retried.state == .waiting && retried.attempts == 0 && retried.fault == nil)
      #expect(try await store.mail(claimed[1].number, of: forum) == retried)
      for ended in [claimed[0], claimed[3]] {
        await #expect(throws: StoreError.mailEnded(ended.name)) {
          try await store.retryMail(.test(now), ended.number, of: forum)
        }
      }
      await #expect(throws: StoreError.notFound(.mail(999, of: forum))) { try await store.mail(999, of: forum) }
      // It was answered so for as long as mails are tried.
      let late = now + MailRetry.patience + .seconds(10)
      #expect(stored[2].failingSince == now && retried.failingSince == nil)
      try await store.settleMail(.test(late), stored[2], .again(refused), delay: delay)
      #expect(try await store.mail(claimed[2].number, of: forum).state == .givenUp)
    },
    StoreRule("who is confirmed is reminded once, when the event says so") { store in
      var settings = EventMail()
      settings.remindsAt = now + .seconds(60)
      _ = try await store.importProgramme(.test(), forum(2, settings))
      _ = try await register(SampleData.person(1), store)
      let people = try await mailed(2...3, store)
      #expect(people.map(\.state) == [.confirmed, .waitlisted])
      #expect(try await follow(store) == 2)
      #expect(try await !store.remindOfEvent(.test(now), forum))
      let then = now + .seconds(61)
      #expect(try await store.remindOfEvent(.test(then), forum))
      #expect(try await !store.remindOfEvent(.test(then), forum))
      #expect(try await follow(store) == 1)
      #expect(try await said(to: people[0], store) == [.confirmed, .reminder])
      #expect(try await mail(store).count == 3)
    },
    StoreRule("who is erased is sent nothing any more") { store in
      let person = try await mailed(1...1, store)[0]
      #expect(try await follow(store) == 1)
      _ = try await store.erase(.test(now), person.id, of: forum, etag: nil)
      #expect(try await follow(store) == 0)
      let listed = try await store.mails(of: forum, state: nil, registration: nil, PageRequest(size: 9)).items
      #expect(listed.map(\.mail.state) == [.dropped] && listed[0].email.isEmpty && listed[0].name.isEmpty)
      await #expect(throws: StoreError.mailEnded(listed[0].mail.name)) {
        try await store.retryMail(.test(now), listed[0].mail.number, of: forum)
      }
    },
  ]
}
