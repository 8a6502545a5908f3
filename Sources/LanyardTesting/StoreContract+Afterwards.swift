import LanyardDomain
import LanyardStore
import Testing

extension StoreRule {
  static let afterwards: [StoreRule] = [
    StoreRule("days that are added are taken, and badges are renewed on record or replaced until all last for them") {
      store in
      let holders = try await badgeHolders(4, store)
      let serials = try await store.badges(of: forum, registration: nil, PageRequest(size: 10)).items.map(\.serial)
      _ = try await store.revoke(.test(), serials[2], of: forum)
      _ = try await store.take(.test(now), .cancel, on: holders[3].id, of: forum, etag: nil)
      #expect(try await store.importProgramme(.test(), lasting("2024-05-31")).map(\.badgesEndingEarly) == [0])
      let longer = try await store.importProgramme(.test(), lasting("2024-06-01"))[0]
      #expect(longer.isChanged && longer.badgesEndingEarly == 2)
      let day = SampleData.moment("2024-06-01T09:00:00+02:00")
      #expect(
        try await admit([scan("CODE1"), scan("CODE2")], store, at: day) == [.refused(.expired), .refused(.expired)]
      )
      let outdated = try await store.outdatedBadges(of: forum, .byRecord, limit: 1)
      #expect(outdated.badges.map(\.serial) == [serials[0]] && outdated.count == 2)
      let renewed = try await store.renew(.test(), of: forum, limit: 1)
      #expect(renewed.badges.map(\.serial) == [serials[0]] && renewed.remaining == 1)
      #expect(renewed.badges[0].validity.upperBound == SampleData.moment("2024-06-02T00:00:00+02:00"))
      #expect(try await store.badge(serials[0], of: forum) == renewed.badges[0])
      var draft = draft(for: holders[1], code: "LONGER")
      draft = BadgeDraft(
        serial: draft.serial,
        registration: draft.registration,
        code: draft.code,
        keyID: draft.keyID,
        validity: renewed.badges[0].validity
      )
      let drafts = [(old: serials[1], draft: draft), (old: serials[2], draft: draft)]
      let replaced = try await store.replace(.test(now), drafts, of: forum, .byCode)
      // The code of the one that was renewed on record says the old days.
      #expect(replaced.badges.map(\.code) == ["LONGER"] && replaced.remaining == 1)
      #expect(try await store.renew(.test(), of: forum, limit: 10) == RenewedBadges(badges: [], remaining: 0))
      let later = [scan("CODE1"), scan("LONGER"), scan("CODE2")]
      #expect(try await admit(later, store, at: day) == [.admitted, .admitted, .refused(.replaced)])
      await #expect {
        try await store.importProgramme(.test(), lasting("2024-05-31"))
      } throws: { error in
        guard case StoreError.invalid(let input) = error else { return false }
        return input.violations.map(\.field) == ["events[0].start_date"]
      }
      for code in ["CODE1", "LONGER"] {
        let badge = try #require(
          try await store.badges(of: forum, registration: nil, PageRequest(size: 10)).items.first { $0.code == code }
        )
        _ = try await store.revoke(.test(), badge.serial, of: forum)
      }
      // Nobody relies on the days any more.
      #expect(try await store.importProgramme(.test(), lasting("2024-05-31"))[0].badgesEndingEarly == 0)
    },
    StoreRule("badges that were renewed on record can be replaced afterwards, once: their codes say the old days") {
      store in
      let holders = try await badgeHolders(2, store)
      _ = try await store.importProgramme(.test(), lasting("2024-06-01"))
      func left(_ way: OutdatedBadges) async throws -> [String] {
        let found = try await store.outdatedBadges(of: forum, way, limit: 10)
        #expect(found.count == found.badges.count)
        return found.badges.map(\.code)
      }
      #expect(try await left(.byCode) == ["CODE1", "CODE2"])
      #expect(try await store.renew(.test(), of: forum, limit: 10).badges.map(\.isRenewed) == [true, true])
      #expect(try await left(.byRecord) == [])
      #expect(try await left(.byCode) == ["CODE1", "CODE2"])
      let old = try await store.outdatedBadges(of: forum, .byCode, limit: 10).badges
      #expect(old.allSatisfy { $0.lasts(for: $0.validity) && !$0.codeLasts(for: $0.validity) })
      let drafts = zip(old, holders).map { old, holder in
        let new = draft(for: holder, code: "NEW\(old.code)")
        let lasting = BadgeDraft(
          serial: new.serial,
          registration: new.registration,
          code: new.code,
          keyID: new.keyID,
          validity: old.validity
        )
        return (old: old.serial, draft: lasting)
      }
      let first = try await store.replace(.test(now), [drafts[0]], of: forum, .byCode)
      #expect(first.badges.map(\.code) == ["NEWCODE1"] && first.remaining == 1)
      #expect(try await store.replace(.test(now), [drafts[1]], of: forum, .byCode).remaining == 0)
      #expect(try await left(.byCode) == [])
    },
    StoreRule("those badges are to be renewed that do not last for the event's days, as the rule of badges has it") {
      store in
      let event = try await store.event(forum).event
      let days = try #require(event.span)
      _ = try await store.addSigningKey(
        .test(),
        .test(now)
      )
      let moments: [Duration] = [.microseconds(-1), .zero, .microseconds(1)]
      var drafts: [BadgeDraft] = []
      for (early, late) in moments.flatMap({ early in moments.map { (early, $0) } }) {
        let holder = try await register(SampleData.person(60 + drafts.count), store)
        drafts.append(
          BadgeDraft(
            serial: .random(),
            registration: holder.id,
            code: "DAYS\(drafts.count)",
            keyID: 1,
            validity: (days.lowerBound + early)..<(days.upperBound + late)
          )
        )
      }
      _ = try await store.issue(.test(now), drafts, of: forum)
      for state in 0..<2 {
        let badges = try await store.badges(of: forum, registration: nil, PageRequest(size: 20)).items
        let ending = badges.filter { !$0.lasts(for: days) }
        let outdated = try await store.outdatedBadges(of: forum, .byRecord, limit: 20)
        #expect(outdated.badges.map(\.serial) == ending.map(\.serial) && outdated.count == ending.count)
        #expect(ending.count == 5 - state)
        // One that is revoked lasts for no day, and needs no other.
        _ = try await store.revoke(.test(), ending[0].serial, of: forum)
      }
    },
    StoreRule("one person, or everybody in an area, is put outside, on record as such and taken back like a scan") {
      store in
      let holders = try await badgeHolders(3, store)
      #expect(
        try await admit([scan("CODE1"), scan("CODE2", at: "entrance-lane-2"), scan("CODE3")], store)
          == [.admitted, .admitted, .admitted]
      )
      func sendOut(_ registration: String?, _ checkpoint: String?) async throws -> SentOut {
        let request = SendOutRequest(
          event: forum,
          registration: registration,
          checkpoint: checkpoint,
          note: "went home",
          reporter: "organiser"
        )
        return try await store.sendOut(.test(now), request)
      }
      func inside() async throws -> Int {
        let counts = try await store.attendance(of: forum, checkpoint: nil, at: now)
        return counts.peopleInside
      }
      let one = try await sendOut(holders[0].id, nil)
      #expect(one.scans.count == 1 && one.people == 1)
      #expect(try await inside() == 2)
      let last = try #require(try await store.scans(of: forum, checkpoint: nil, PageRequest(size: 10)).items.last)
      #expect(last.id == one.scans[0] && last.answer == .left(wasInside: true) && last.sentOutNote == "went home")
      #expect(last.reporter == "organiser" && last.attendee?.registration == holders[0].id)
      #expect(try await sendOut(holders[0].id, nil) == SentOut())
      let all = try await sendOut(nil, "entrance-lane-5")
      #expect(all.people == 2 && all.remaining == 0 && Set(all.scans).count == 2)
      #expect(try await inside() == 0)
      for scan in one.scans + all.scans {
        let request = UndoRequest(scan: scan, event: forum, reporter: "desk", isSupervisor: true, note: "")
        let undone = try await store.undo(.test(now), request)
        #expect(undone?.undo?.reporter == "desk" && undone?.sentOutNote != nil)
      }
      #expect(try await inside() == 3)
      #expect(try await admit([scan("CODE1")], store) == [.refused(.alreadyInside)])
      await #expect(throws: StoreError.notFound(.registration("none", of: forum))) { try await sendOut("none", nil) }
      await #expect(throws: StoreError.notFound(.checkpoint("none", of: forum))) { try await sendOut(nil, "none") }
    },
    StoreRule("who empties an area lets lanes go on between two steps, and goes on where it was ended half-way") {
      store in
      _ = try await badgeHolders(6, store)
      for number in 1...5 { #expect(try await admit([scan("CODE\(number)")], store) == [.admitted]) }
      let request = SendOutRequest(
        event: forum,
        registration: nil,
        checkpoint: "entrance-lane-5",
        note: "",
        reporter: "organiser",
        step: 2
      )
      struct Ended: Error {}
      var steps = 0
      await #expect(throws: Ended.self) {
        try await store.sendOut(request) {
          steps += 1
          if steps == 2 { throw Ended() }
          return .test(now)
        }
      }
      var meanwhile: [RecordedScan.Answer?] = []
      // A step of its own: somebody is let in between this and the next.
      let sent = try await store.sendOut(request) {
        steps += 1
        if steps == 4 { meanwhile = try await admit([scan("CODE6")], store) }
        return .test(now)
      }
      #expect(
        meanwhile == [.admitted] && steps == 4 && sent.people == 4 && sent.remaining == 0 && Set(sent.scans).count == 4
      )
      let ledger = try await store.scans(of: forum, checkpoint: nil, PageRequest(size: 20)).items
      let people = ledger.filter { $0.sentOutNote != nil }.compactMap(\.attendee?.registration)
      #expect(people.count == 6 && Set(people).count == 6)
      #expect(ledger.dropFirst(5).map { $0.sentOutNote != nil } == [true, true, true, true, false, true, true])
      #expect(try await store.attendance(of: forum, checkpoint: nil, at: now).peopleInside == 0)
      #expect(try await store.verifyTrail { _ in }.broken == nil)
    },
    StoreRule(
      "the ledger keeps of a code that is not on record what helps afterwards, and of one on record nothing more"
    ) {
      store in
      _ = try await badgeHolders(1, store)
      let kept: [String: CodeReading] = [
        "FORGED": CodeReading(.forged, CodeTrace(serial: BadgeSerial(5), event: "other")),
        "GARBAGE": CodeReading(.unreadable, CodeTrace(ofUnreadable: "GARBAGE")), "LOST": .unrecorded(event: forum),
      ]
      let scans = ["FORGED", "GARBAGE", "LOST", "CODE1"].map { scan($0) }
      let outcomes = try await store.admit(.test(now), scans, reader: { kept[$0] })
      let answered = outcomes.map { outcome -> CodeTrace? in
        if case .recorded(let scan) = outcome { scan.trace } else { nil }
      }
      let traces: [CodeTrace?] = [kept["FORGED"]?.trace, kept["GARBAGE"]?.trace, nil, nil]
      #expect(answered == traces)
      #expect(try await store.scans(of: forum, checkpoint: nil, PageRequest(size: 10)).items.map(\.trace) == traces)
    },
    StoreRule("bookings keep the capacity unless somebody insists, and a registration that ends gives its own back") {
      store in
      let holders = try await badgeHolders(4, store)
      var programme = try SampleData.programme()
      (programme.events[1].sessions[0].capacity, programme.events[1].sessions[0].requiresBooking) = (2, true)
      _ = try await store.importProgramme(.test(), programme)
      let place = BookingPlace.session(programme.events[1].sessions[0].id, event: forum)
      let ids = holders.map(\.id)
      await #expect(throws: StoreError.bookedOut(BookedOut(capacity: 2, booked: 0, asked: 3))) {
        try await store.book(.test(), Array(ids[0...2]), for: place)
      }
      #expect(try await store.bookings(for: place, PageRequest(size: 10)).items.isEmpty)
      #expect(try await store.book(.test(), Array(ids[0...1]), for: place) == 2)
      let insisted = try await store.book(.test(), [ids[2]], for: place, insisting: true)
      #expect(insisted.answer.added == [ids[2]] && insisted.count == 3 && insisted.capacity == 2)
      _ = try await store.take(.test(now), .cancel, on: ids[0], of: forum, etag: nil)
      _ = try await store.erase(.test(now), ids[1], of: forum, etag: nil)
      #expect(try await store.bookings(for: place, PageRequest(size: 10)).items == [ids[2]])
      let again = try await store.book(.test(), [ids[0], ids[3]], for: place, insisting: false)
      #expect(again.answer.ended == [ids[0]] && again.answer.added == [ids[3]] && again.count == 2)
    },
    StoreRule("who was rejected is not registered anew, by nobody and under no group, until that is lifted") { store in
      var programme = try forum(capacity: 100)
      programme.events[0].event.reviewedStakeholderGroups = ["Government"]
      _ = try await store.importProgramme(.test(), programme)
      let made = try await register(SampleData.person(1, group: "Government"), store)
      #expect(made.state == .submitted)
      _ = try await store.take(.test(now), .reject, on: made.id, of: forum, etag: nil)
      let other = SampleData.person(1, group: "Academia")
      await #expect(throws: StoreError.rejectedBefore) { try await register(other, store) }
      let row = try await details(other, store)
      #expect(try await store.importRegistrations(.test(now), [row], for: forum) == [.ended(.rejected)])
      let lifted = try await store.take(.test(now), .restore, on: made.id, of: forum, etag: nil)
      #expect(lifted.state == .submitted)
      await #expect(throws: StoreError.alreadyRegistered) { try await register(other, store) }
      _ = try await store.take(.test(now), .cancel, on: made.id, of: forum, etag: nil)
      #expect(try await register(other, store).state == .confirmed)
    },
    StoreRule("a checkpoint keeps the zone in which it stands") { store in
      var programme = try SampleData.programme()
      let index = try #require(programme.events[1].checkpoints.firstIndex { $0.kind == .sessionDoor })
      let id = programme.events[1].checkpoints[index].id
      programme.events[1].checkpoints[index].within = "room-of-more"
      _ = try await store.importProgramme(.test(), programme)
      #expect(try await store.checkpoint(CheckpointAddress(event: forum, checkpoint: id)).within == "room-of-more")
    },
  ]

  /// The sample forum to another last day.
  private static func lasting(_ day: String) throws -> Programme {
    var programme = try SampleData.programme()
    programme.events = programme.events.filter { $0.event.slug == forum }
    programme.events[0].event.endDate = try #require(LocalDate(day))
    return programme
  }
}
