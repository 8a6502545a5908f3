package import LanyardDomain
package import LanyardStore
import Testing

extension StoreRule {
  /// What is written of and about one person, in no other's words.
  package enum Unmistakable {
    package static let email = "Qxzvy.Erased@Example.ORG"
    package static let givenName = "زهراءقظث"
    package static let familyName = "Qxzvyfamilia Ñandúqx"
    package static let badgeName = "Qxzvybadge called"
    package static let organisation = "منظمة ضظغخ"
    package static let title = "Qxzvytitle"
    package static let position = "Qxzvyposition"
    package static let needs = "Qxzvyneeds a ramp, ضظغخ"
    package static let mark = "Qxzvymark: call the family"
    package static let note = "Qxzvynote: known to the guard"
    package static let guardName = "Qxzvyguard"
    package static let undo = "Qxzvyundo by mistake"
    package static let rejection = "Qxzvyrejected once"
    package static let moveUp = "Qxzvymove keynotes"
    package static let revocation = "Qxzvyrevoked tram"
    package static let sentOut = "Qxzvysent home"
    package static let missedExit = "Qxzvymissed lunch"
    package static let exitGuardName = "Qxzvyexitguard"
    /// Of a scan of a code that nobody could read, so that only its words say whom it is about.
    package static let unread = "Qxzvyunread badgeless"
    /// The 32 letters that stand for a digest of what stood on a badge.
    package static let face = "Qxzvyfaceabcdefghijklmnopqrstuvw"

    package static let all = [
      email, givenName, familyName, badgeName, organisation, title, position, needs, mark, note, guardName, undo,
      rejection, moveUp,
      revocation, sentOut, missedExit, exitGuardName, unread, face,
    ]

    /// How badges of theirs were printed.
    static func printing(_ serial: BadgeSerial) -> BadgePrinting {
      BadgePrinting(serial: serial, face: Array(face.utf8))
    }

    /// The forum with places for so many, where operators put missed scans out right.
    private static func programme(capacity: Int?) throws -> Programme {
      var programme = try StoreRule.forum(capacity: 1)
      let usual = try SampleData.programme().events.first { $0.event.slug == forum }?.event.onsiteCapacity
      programme.events[0].event.onsiteCapacity = capacity ?? usual
      programme.events[0].event.allowsMissedExits = true
      return programme
    }

    package static var form: RegistrationForm {
      var form = SampleData.person(1)
      (form.email, form.givenName, form.familyName, form.badgeName) = (email, givenName, familyName, badgeName)
      (form.organisation, form.title, form.position) = (organisation, title, position)
      (form.accessibilityNeeds, form.country, form.language, form.photoConsent) = (needs, "CH", "gsw", true)
      return form
    }

    /// Registers the person, gives them a place out of turn, prints a badge that is revoked, hands out another with the code
    /// `UNMISTAKABLE`, marks it, and scans it: with a note that lets them in, taken back with a reason, out without a scan, put
    /// outside, and offline with a note; there is a note of each kind, and one about nobody who is known that names them.
    package static func lives(_ store: any Store, request: RequestIdentity? = nil) async throws -> Registration {
      _ = try await store.importProgramme(.test(), programme(capacity: 3))
      _ = try await badgeHolders(3, store)
      let waiting = try await store.register(.test(now), details(form, store), for: forum, request: request)
      var deciding = Discretion.organiser
      deciding.note = rejection
      _ = try await store.take(.test(now), .reject, on: waiting.id, of: forum, etag: nil, as: deciding)
      for step in [RegistrationStep.restore, .approve] {
        _ = try await store.take(.test(now), step, on: waiting.id, of: forum, etag: nil, as: .organiser)
      }
      var going = Discretion.organiser.goingOver
      going.note = moveUp
      let made = try await store.take(.test(now), .moveUp, on: waiting.id, of: forum, etag: nil, as: going)
      _ = try await store.importProgramme(.test(), programme(capacity: nil))
      let stolen = draft(for: made, code: "STOLEN")
      _ = try await store.issue(.test(now), [stolen], of: forum)
      let printed = [printing(stolen.serial)]
      let run = try await store.addPrintRun(
        .test(now),
        printed,
        look: PrintLook(.delivered(.label), on: .single),
        of: forum
      )
      _ = try await store.confirmPrintRun(.test(now), run.number, of: forum)
      _ = try await store.revoke(.test(now), stolen.serial, of: forum, note: revocation)
      let draft = draft(for: made, code: "UNMISTAKABLE")
      _ = try await store.issue(.test(now), [draft], of: forum, renewingRevoked: true)
      let change = AttentionChange(attention: .specialNeeds, note: mark)
      _ = try await store.mark(.test(now), draft.serial, of: forum, change, etag: nil)
      let override = OverrideNote(note: note, operatorName: guardName)
      _ = try await admit(laneScan("UNMISTAKABLE"), at: now, store)
      let again = laneScan("UNMISTAKABLE", lane: 2, override: override)
      _ = try await admit(again, at: now + .seconds(60), store)
      let request = UndoRequest(scan: again.id, event: forum, reporter: "device", isSupervisor: true, note: undo)
      _ = try await store.undo(.test(now + .seconds(70)), request)
      let missed = OverrideNote(note: missedExit, operatorName: exitGuardName)
      _ = try await admit(laneScan("UNMISTAKABLE", .out, missedExit: missed), at: now + .seconds(72), store)
      _ = try await admit(laneScan("UNMISTAKABLE"), at: now + .seconds(74), store)
      _ = try await store.sendOut(
        .test(now + .seconds(76)),
        SendOutRequest(event: forum, registration: made.id, checkpoint: nil, note: sentOut, reporter: "organiser")
      )
      let nobodys = laneScan("SOMETHING", lane: 4)
      _ = try await admit(nobodys, at: now + .seconds(77), store)
      let note = "\(unread) \(familyName)"
      _ = try await store.undo(
        .test(now + .seconds(78)),
        UndoRequest(scan: nobodys.id, event: forum, reporter: "device", isSupervisor: true, note: note)
      )
      _ = try await upload(
        [(laneScan("UNMISTAKABLE", lane: 3, override: override), .admitted, now + .seconds(80))],
        store
      )
      return made
    }
  }

  private static func recordedScans(_ store: any Store) async throws -> [RecordedScan] {
    try await store.scans(of: forum, checkpoint: nil, PageRequest(size: 100)).items
  }

  private static func headcounts(_ store: any Store) async throws -> AttendanceCounts {
    try await store.attendance(of: forum, checkpoint: nil, at: now + .seconds(3600))
  }

  static let erasure: [StoreRule] = [
    StoreRule("who is erased is known by nothing but what counts go by, and all counts stay") { store in
      let made = try await Unmistakable.lives(store)
      let (scans, counts) = (try await recordedScans(store), try await headcounts(store))
      #expect(scans.contains { $0.overridden?.note.note == Unmistakable.note })
      #expect(scans.contains { $0.undo?.note == Unmistakable.undo })
      #expect(scans.contains { $0.missedExit?.note == Unmistakable.missedExit })
      #expect(scans.contains { $0.sentOutNote == Unmistakable.sentOut })
      #expect(scans.contains { $0.undo?.note.hasPrefix(Unmistakable.unread) == true })
      #expect(try await store.placeNote(of: made.id, forum) == Unmistakable.moveUp)
      let badges = try await store.badges(of: forum, registration: made.id, PageRequest(size: 5)).items
      #expect(badges.map(\.revocationNote) == [Unmistakable.revocation, ""])
      let print = Unmistakable.printing(badges[0].serial)
      #expect(try await store.printedBadges(of: forum) == [print.serial: print])
      let erased = try await store.erase(.test(now + .seconds(90)), made.id, of: forum, etag: nil)
      // By the ledger's clock, which an upload has set on.
      #expect(erased.erasedAt == now + .seconds(3600) && erased.state == .cancelled && erased.revision > made.revision)
      #expect(erased.details.person == Person() && erased.details.answers == Answers())
      #expect(erased.details.stakeholderGroup == "Government" && erased.details.participation == .onsite)
      #expect(try await store.registration(made.id, of: forum) == erased)
      let left = try await recordedScans(store)
      #expect(left.map(\.id) == scans.map(\.id) && left.map(\.answer) == scans.map(\.answer))
      #expect(left.map(\.overridden?.reason) == scans.map(\.overridden?.reason))
      #expect(left.allSatisfy { $0.overridden?.note.note ?? "" == "" && $0.undo?.note ?? "" == "" })
      #expect(left.allSatisfy { $0.overridden?.note.operatorName ?? "" == "" })
      #expect(left.allSatisfy { ($0.attendee?.displayName ?? "") == "" })
      #expect(left.map { $0.missedExit != nil } == scans.map { $0.missedExit != nil })
      #expect(left.allSatisfy { $0.missedExit?.note ?? "" == "" && $0.missedExit?.operatorName ?? "" == "" })
      #expect(left.map { $0.sentOutNote != nil } == scans.map { $0.sentOutNote != nil })
      #expect(left.allSatisfy { $0.sentOutNote ?? "" == "" })
      #expect(try await store.placeNote(of: made.id, forum) == "")
      let after = try await store.badges(of: forum, registration: made.id, PageRequest(size: 5)).items
      #expect(after.map(\.revocationNote) == ["", ""] && after.map(\.state) == [.revoked, .revoked])
      let nothing = BadgePrinting(serial: print.serial, face: nil)
      #expect(try await store.printedBadges(of: forum) == [print.serial: nothing])
      #expect(try await headcounts(store) == counts)
      let listed = try await store.registrations(of: forum, matching: RegistrationFilter(), PageRequest(size: 10))
      #expect(listed.total == 4 && listed.page.items.contains(erased))
    },
    StoreRule("who is erased is found by no word, and their badges let nobody in") { store in
      let made = try await Unmistakable.lives(store)
      let others = try await store.registrations(of: forum, matching: RegistrationFilter(), PageRequest(size: 10)).total
      _ = try await store.erase(.test(now), made.id, of: forum, etag: nil)
      for word in Unmistakable.all.flatMap(SearchText.words(of:)) {
        #expect(
          try await store.attendees(of: forum, matching: [word], at: now, PageRequest(size: 5)).total == 0,
          "\(word)"
        )
        var filter = RegistrationFilter()
        filter.words = [word]
        guard word.contains("qx") else { continue }
        #expect(try await store.registrations(of: forum, matching: filter, PageRequest(size: 5)).total == 0, "\(word)")
      }
      let listed = try await store.registrations(of: forum, matching: RegistrationFilter(), PageRequest(size: 10))
      #expect(listed.total == others)
      let badges = try await store.badges(of: forum, registration: made.id, PageRequest(size: 5)).items
      #expect(badges.map(\.state) == [.revoked, .revoked] && badges.map(\.mark) == [.none, .none])
      let scan = try await admit(laneScan("UNMISTAKABLE", lane: 4), at: now + .seconds(100), store)
      #expect(scan?.answer == .refused(.revoked) && scan?.attendee?.displayName == "")
    },
    StoreRule("what was noted about nobody who is known goes with whom it names, and no other note does") { store in
      _ = try await badgeHolders(1, store)
      var form = SampleData.person(7)
      (form.givenName, form.familyName) = ("Zoë", "Müller-Li")
      let made = try await register(form, store)
      let theirs = ["ZOE came without a badge", "let in: Mueller", form.email, "It was Zoë's.", "Zoë"]
      let others = ["Zoetrope company", "Li", "the guest of the host", "Miller", ""]
      for note in theirs + others {
        let unread = laneScan("NONE")
        _ = try await admit(unread, at: now, store)
        let undo = UndoRequest(scan: unread.id, event: forum, reporter: "device", isSupervisor: true, note: note)
        _ = try await store.undo(.test(now), undo)
      }
      // A lane's word of a way out, by somebody of that name, for a badge that is of nobody.
      let byName = OverrideNote(note: "lunch", operatorName: "Zoë")
      _ = try await upload([(laneScan("NOBODY", .out, missedExit: byName), .left(wasInside: true), now)], store)
      let before = try await recordedScans(store)
      #expect(before.compactMap(\.undo?.note) == theirs + others && before.last?.missedExit == byName)
      _ = try await store.erase(.test(now), made.id, of: forum, etag: nil)
      let after = try await recordedScans(store)
      #expect(after.compactMap(\.undo?.note) == theirs.map { _ in "" } + others)
      #expect(after.last?.missedExit == OverrideNote(note: "", operatorName: ""))
    },
    StoreRule("of who is erased while their badge is drawn no face is kept, and the run counts them") { store in
      let made = try await Unmistakable.lives(store)
      let badges = try await store.badges(of: forum, registration: nil, PageRequest(size: 9)).items
      _ = try await store.erase(.test(now), made.id, of: forum, etag: nil)
      let prints = badges.map { Unmistakable.printing($0.serial) }
      let run = try await store.addPrintRun(.test(now), prints, look: PrintLook(.file, on: .a4), of: forum)
      #expect(run.count == badges.count && run.look.design == .file)
      let kept = try await store.badges(ofPrintRun: run.number, of: forum, from: 1)
      #expect(kept.map { $0.face == nil } == badges.map { $0.registration == made.id })
      await #expect(throws: StoreError.notFound(.badge(BadgeSerial(1), of: forum))) {
        try await store.addPrintRun(
          .test(now),
          [Unmistakable.printing(BadgeSerial(1))],
          look: PrintLook(.file, on: .a4),
          of: forum
        )
      }
    },
    StoreRule("how an unreadable text begins goes with whom it may be of, and the scan shows its length") { store in
      _ = try await badgeHolders(1, store)
      var form = SampleData.person(7)
      (form.givenName, form.familyName) = ("Wěi", "Li")
      let made = try await register(form, store)
      // A whole name in six characters, a word of it that is cut off, one among others, and what is of nobody.
      let theirs = ["LI WEI, registration desk", "wei-li@", "Dr Li Wei is here", "1,Li,0"]
      let others = ["0123456789", "HTTPS://QXZ.EXAMPLE/Q", "Ж"]
      let scans = (theirs + others).map { laneScan($0) }
      _ = try await store.admit(.test(now), scans) { CodeReading(.unreadable, CodeTrace(ofUnreadable: $0)) }
      let before = try await recordedScans(store).map(\.trace)
      #expect(before[0] == .text(beginning: "LI WEI", length: 25) && before[6] == .text(beginning: "", length: 1))
      _ = try await store.erase(.test(now), made.id, of: forum, etag: nil)
      let after = try await recordedScans(store).map(\.trace)
      let lengths = theirs.map { CodeTrace?.some(.text(beginning: "", length: $0.unicodeScalars.count)) }
      #expect(after == lengths + before.dropFirst(theirs.count))
    },
    StoreRule("erasing works in every state, and again it changes nothing") { store in
      var programme = try forum(capacity: 1)
      programme.events[0].event.reviewedStakeholderGroups = ["UN Agency"]
      _ = try await store.importProgramme(.test(), programme)
      let confirmed = try await register(SampleData.person(1), store)
      let waiting = try await register(SampleData.person(2), store)
      let next = try await register(SampleData.person(3), store)
      let submitted = try await register(SampleData.person(4, group: "UN Agency"), store)
      let rejected = try await register(SampleData.person(5, group: "UN Agency"), store)
      _ = try await store.take(.test(now), .reject, on: rejected.id, of: forum, etag: nil)
      for (made, state) in [(waiting, RegistrationState.cancelled), (submitted, .cancelled), (rejected, .rejected)] {
        #expect(try await store.erase(.test(now), made.id, of: forum, etag: nil).state == state)
      }
      #expect(try await store.erase(.test(now), confirmed.id, of: forum, etag: confirmed.etag).state == .cancelled)
      #expect(try await store.registration(next.id, of: forum).state == .confirmed)
      #expect(try await store.event(forum).onsiteConfirmed == 1)
      let first = try await store.registration(confirmed.id, of: forum)
      // The answer is the same, also where the etag is of before.
      #expect(
        try await store.erase(.test(now + .seconds(9)), confirmed.id, of: forum, etag: confirmed.etag) == first
      )
      let made = try await register(SampleData.person(6), store)
      await #expect(throws: StoreError.etagMismatch) {
        try await store.erase(.test(now), made.id, of: forum, etag: "\"9\"")
      }
      await #expect(throws: StoreError.notFound(.registration("nobody", of: forum))) {
        try await store.erase(.test(now), "nobody", of: forum, etag: nil)
      }
    },
    StoreRule("the address of who is erased may register anew, and the request that made them makes nobody") { store in
      let request = RequestIdentity(id: .timeOrdered(at: now), fingerprint: 1)
      let made = try await Unmistakable.lives(store, request: request)
      let erased = try await store.erase(.test(now), made.id, of: forum, etag: nil)
      let form = try await details(Unmistakable.form, store)
      #expect(try await store.register(.test(now), form, for: forum, request: request) == erased)
      let again = try await store.register(.test(now), form, for: forum, request: nil)
      #expect(again.id != made.id && again.state == .confirmed)
      #expect(try await store.importRegistrations(.test(now), [form], for: forum) == [.unchanged])
    },
    StoreRule("nothing that is written about somebody later brings them back") { store in
      let made = try await Unmistakable.lives(store)
      _ = try await store.erase(.test(now), made.id, of: forum, etag: nil)
      let badge = try await store.badges(of: forum, registration: made.id, PageRequest(size: 5)).items[0]
      await #expect(throws: StoreError.erased(.registration(made.id, of: forum))) {
        let change = AttentionChange(attention: .escort, note: Unmistakable.mark)
        return try await store.mark(.test(now), badge.serial, of: forum, change, etag: nil)
      }
      let override = OverrideNote(note: Unmistakable.note, operatorName: Unmistakable.guardName)
      let live = laneScan("UNMISTAKABLE", lane: 4, override: override)
      #expect(try await admit(live, at: now + .seconds(200), store)?.answer == .admitted)
      _ = try await upload(
        [(laneScan("UNMISTAKABLE", lane: 2, override: override), .admitted, now + .seconds(80))],
        store
      )
      let undo = UndoRequest(
        scan: live.id,
        event: forum,
        reporter: "device",
        isSupervisor: true,
        note: Unmistakable.undo
      )
      _ = try await store.undo(.test(now + .seconds(210)), undo)
      let left = try await recordedScans(store)
      #expect(left.contains { $0.overridden != nil } && left.contains { $0.undo != nil })
      #expect(left.allSatisfy { $0.overridden?.note.note ?? "" == "" && $0.undo?.note ?? "" == "" })
    },
    StoreRule("rosters learn that somebody is erased") { store in
      let made = try await Unmistakable.lives(store)
      let before = try await store.rosterHead(of: forum).cursor
      let known = try await store.rosterBadges(of: forum, PageRequest(size: 10)).items
      #expect(known.contains { $0.registration == made.id && $0.mark.note == Unmistakable.mark && !$0.isErased })
      _ = try await store.erase(.test(now), made.id, of: forum, etag: nil)
      let changed = try await store.rosterChanges(of: forum, since: before, upTo: nil)?.badges ?? []
      // Both of their badges.
      #expect(changed.map(\.registration) == [made.id, made.id] && changed.map(\.isErased) == [true, true])
      #expect(changed.allSatisfy { $0.displayName == "" && $0.organisation == "" && $0.mark == .none })
      #expect(changed.map(\.holder?.badgeState) == [.revoked, .revoked])
    },
    StoreRule("a scan that is sent again with another note is another scan") { store in
      _ = try await Unmistakable.lives(store)
      func scan(_ note: String, _ id: UUIDBytes) -> SubmittedScan {
        laneScan("UNMISTAKABLE", lane: 1, id: id, override: OverrideNote(note: note, operatorName: "A"))
      }
      let id = UUIDBytes.timeOrdered(at: now)
      let first = try await admit(scan("one", id), at: now + .seconds(300), store)
      #expect(first?.overridden?.note.note == "one")
      #expect(try await admit(scan("one", id), at: now + .seconds(301), store) == first)
      let other = try await store.admit(.test(now + .seconds(302)), [scan("two", id)], reader: unrecorded)
      #expect(other == [.failed(.idReused)])
    },
  ]
}
