import Foundation
import LanyardDomain
import LanyardTesting

@testable import LanyardSQLite
@testable import LanyardStore

/// Calls every method of the store that changes something, each as an act with the method's name.
enum EveryChange {
  /// The methods with all that each records in `walk`: how often each change, so that none of several is left out.
  static let recorded: [String: [String: Int]] = [
    "importProgramme": [
      "event.created": 2, "event.updated": 1, "session.created": 90, "session.updated": 2, "session.withdrawn": 1,
      "session.restored": 1, "checkpoint.created": 16, "checkpoint.updated": 2, "registration.moved_up": 1,
      "registration.needs_listed": 1,
    ],
    "change": [
      "checkpoint.updated": 1, "device.changed": 1, "registration.updated": 1, "question.updated": 1,
      "event.updated": 1, "event.archived": 2,
    ],
    "ask": ["question.created": 2],
    "forgetAnswers": ["question.forgotten": 1],
    "withdraw": ["question.withdrawn": 1],
    "deleteEvent": ["event.deleted": 1],
    "book": ["booking.made": 3],
    "unbook": ["booking.removed": 3],
    "register": ["registration.created": 7],
    "take": [
      "registration.confirmed": 1, "registration.waitlisted": 3, "registration.rejected": 2,
      "registration.restored": 1, "registration.cancelled": 1,
      "registration.moved_up": 2,
    ],
    "importRegistrations": ["registration.created": 2, "registration.updated": 1],
    "erase": ["registration.erased": 1, "badge.revoked": 1],
    "issue": ["badge.issued": 3],
    "mark": ["badge.marked": 1],
    "replace": ["badge.replaced": 2, "badge.issued": 2],
    "renew": ["badge.renewed": 2],
    "revoke": ["badge.revoked": 1],
    "hold": ["badge.held": 1],
    "release": ["badge.released": 1],
    "activate": ["badge.activated": 2],
    "addSigningKey": ["signing_key.added": 3],
    "sealSigningKeys": ["signing_key.sealed": 1],
    "retireSigningKey": ["signing_key.retired": 1],
    "addPrintRun": ["print_run.created": 1],
    "confirmPrintRun": ["print_run.confirmed": 1],
    "withdrawPrintRun": ["print_run.withdrawn": 1],
    "claimPrint": ["print_run.created": 1, "print_run.confirmed": 1],
    "remindOfEvent": ["event.reminded": 1],
    "retryMail": ["mail.retried": 1],
    "admit": ["scans.recorded": 1],
    "record": ["scans.recorded": 2, "check_in.undone": 1, "check_in.withdrawn": 1, "conflict.recorded": 2],
    "undo": ["check_in.undone": 2, "check_in.withdrawn": 1, "conflict.settled": 2],
    "sendOut": ["scans.recorded": 1],
    "addEnrolmentCode": ["enrolment_code.created": 2],
    "withdrawEnrolmentCode": ["enrolment_code.withdrawn": 1],
    "enrol": ["device.promised": 1],
    "confirmDevice": ["device.enrolled": 1],
    "noteCertificate": ["device.certified": 1],
    "note": ["device.updated": 1],
    "revokeDevice": ["device.revoked": 1],
    "addToken": ["token.created": 1],
    "revokeToken": ["token.revoked": 1],
    "addSignIn": ["sign_in.created": 1],
    "endSignIn": ["sign_in.ended": 1],
    "addPersonalLink": ["registration.linked": 1],
    "lastingLink": ["registration.linked": 1],
    "registerInPublic": ["registration.created": 3],
    "verifyEmail": ["registration.verified": 1, "registration.expired": 1],
    "requestLink": ["registration.link_requested": 1, "event.link_requested": 1],
    "endPending": ["registration.expired": 1],
    "joinSession": ["session.joined": 3, "session.left": 1],
    "leaveSession": ["session.left": 1],
    "endSilent": ["session.left": 1],
    "endPersonalLinks": ["registration.unlinked": 1],
    "dedicate": ["store.marked": 1],
    "becomeRehearsal": ["store.copied": 1],
    "takeNewName": ["store.renamed": 1],
  ]
  /// What a device last said of itself, and how far mails are, is no change.
  static let sightings: Set = ["noteCall", "followForMails", "claimMails", "settleMail", "forgetMailClaims"]
  /// What begins a transaction without being a method of the store's protocols: the engine's own ways to do so, what marks, copies
  /// and measures a file, and what keeps it clean.
  static let upkeep: Set = [
    "changeQuestions", "clearAtStart", "committing", "copyForRehearsal", "decide", "emptyLog", "init", "isLogTaken",
    "move", "restore", "run", "stay", "transaction", "tryOut", "upkeep", "writing",
  ]
  static let readings: Set = [
    "event", "events", "session", "sessions", "checkpoint", "checkpoints", "bookings", "registration", "registrations",
    "placeNote", "placedRegistration", "openings", "verification", "remoteCounts", "questions", "knownRegistrations",
    "attendees", "badge", "badges", "outdatedBadges", "signingKeys", "signingKeyUse", "printRuns", "printedBadges",
    "simulate", "unknownCodes", "lastScanTime",
    "organisations", "mail", "mails", "mailsDue", "mailMatter", "mailStanding", "quietMailFeed",
    "scans", "conflicts", "peopleInside", "summary", "previewImport", "countries",
    "attendance", "rosterHead", "rosterBadges", "changedRosterBadges", "rosterPresences", "rosterChanges", "device",
    "devices", "enrolmentCodes", "token", "tokens", "signIn", "signIns", "personalLink", "standing", "mode",
    "checkRecording",
    "feedHead", "feedEntries", "callerEndings", "auditEntries", "verifyTrail",
    "printRun",
  ]
  /// Words of people that are in what is changed.
  static let personal = [
    "Zebulon", "Quince", "zebulon@", "needs a ramp", "let her in", "taken by mistake", "Anna's", "went home",
  ]

  private static let forum = SampleData.forum
  private static let now = SampleData.firstMorning

  private static func act(_ method: String, at moment: Instant = now) -> Act {
    Act(.token(method), at: moment, from: "10.0.0.1", request: method)
  }

  static func walk(_ store: SQLiteStore) async throws {
    try await programme(store)
    let people = try await registrations(store)
    _ = try await store.forgetAnswers(act("forgetAnswers"), to: "diet", of: forum)
    let badges = try await badges(store, people)
    try await scans(store, badges)
    try await mails(store)
    _ = try await store.erase(act("erase"), people[0], of: forum, etag: nil)
    try await devices(store)
    let link = StoredPersonalLink(
      id: "0b",
      hash: .init(repeating: 1, count: 32),
      registration: people[1],
      event: forum,
      createdAt: now,
      expiresAt: now + .seconds(60)
    )
    try await inPublic(store, like: link)
    try await store.addPersonalLink(act("addPersonalLink"), link)
    _ = try await store.endPersonalLinks(act("endPersonalLinks"), of: people[1], event: forum)
    try await store.dedicate(act("dedicate"), to: .real)
    try await store.becomeRehearsal(act("becomeRehearsal"))
    let token = StoredToken(
      id: "0a",
      hash: .init(repeating: 1, count: 32),
      role: .desk,
      label: "Anna's",
      createdAt: now
    )
    try await store.addToken(act("addToken"), token)
    let hash = [UInt8](repeating: 2, count: 32)
    let signIn = StoredSignIn(id: "0c", hash: hash, token: "0a", createdAt: now, expiresAt: now + .seconds(60))
    try await store.addSignIn(act("addSignIn"), signIn)
    _ = try await store.endSignIn(act("endSignIn"), "0c")
    _ = try await store.revokeToken(act("revokeToken"), "0a")
    try await store.takeNewName(act("takeNewName"))
  }

  private static func inPublic(_ store: SQLiteStore, like link: StoredPersonalLink) async throws {
    let open = EventChange(opens: now - .seconds(60))
    let event = try await store.change(act("change"), forum, open).event
    func register(_ number: Int, at moment: Instant = now) async throws {
      let details = try SampleData.person(number).validated(for: event)
      let draft = VerificationDraft(id: "v\(number)", hash: .init(repeating: UInt8(number), count: 32))
      let act = act("registerInPublic", at: moment)
      try await store.registerInPublic(act, details, for: forum, request: nil, verification: draft)
    }
    for number in [201, 202, 203] { try await register(number) }
    _ = try await store.verifyEmail(act("verifyEmail"), "v201", of: forum)
    let other = try SampleData.person(202).validated(for: event)
    _ = try await store.register(act("register"), other, for: forum, request: nil)
    _ = try await store.verifyEmail(act("verifyEmail"), "v202", of: forum)
    for email in [other.email, "nobody@example.org"] {
      try await store.requestLink(act("requestLink"), of: email, forum)
    }
    let late = now + EmailVerification.patience + .seconds(1)
    _ = try await store.endPending(act("endPending", at: late), of: forum)
    let lasting = StoredPersonalLink(
      id: "0c",
      hash: link.hash,
      registration: link.registration,
      event: forum,
      createdAt: now,
      expiresAt: now + .seconds(60)
    )
    _ = try await store.lastingLink(act("lastingLink"), else: lasting)
    let details = try SampleData.person(204, group: "Civil Society", participation: .remote).validated(for: event)
    let person = try await store.register(act("register"), details, for: forum, request: nil).id
    for session in ["s001", "s003"] {
      _ = try await store.joinSession(act("joinSession"), session, by: person, of: forum)
    }
    try await store.leaveSession(act("leaveSession"), "s003", by: person, of: forum)
    _ = try await store.joinSession(act("joinSession"), "s001", by: person, of: forum)
    let silent = now + RemotePresence.silence
    _ = try await store.endSilent(act("endSilent", at: silent), of: forum)
  }

  /// The forum with so many places, and all of its people reviewed.
  private static func forum(_ capacity: Int, sessions: Bool = true) throws -> Programme {
    var programme = try SampleData.programme()
    programme.events = programme.events.filter { $0.event.slug == forum }
    programme.events[0].event.onsiteCapacity = capacity
    programme.events[0].event.reviewedStakeholderGroups = ["Government"]
    if !sessions { programme.events[0].sessions.removeLast() }
    return programme
  }

  private static func programme(_ store: SQLiteStore) async throws {
    _ = try await store.importProgramme(act("importProgramme"), forum(1))
    _ = try await store.importProgramme(act("importProgramme"), forum(1, sessions: false))
    var moved = try forum(1)
    moved.events[0].sessions[0].title.plain += " (moved)"
    moved.events[0].checkpoints[0].displayName += " (moved)"
    _ = try await store.importProgramme(act("importProgramme"), moved)
    var unused = try forum(1)
    unused.events[0].event.slug = "nobody-comes"
    (unused.events[0].sessions, unused.events[0].checkpoints) = ([], [])
    _ = try await store.importProgramme(act("importProgramme"), unused)
    try await store.deleteEvent(act("deleteEvent"), "nobody-comes")
    var question = EventQuestion(id: "wish", kind: .text, labels: [.english: "What do you hope for?"])
    _ = try await store.ask(act("ask"), question, of: forum)
    question.isRequired = true
    let required = QuestionChange(of: [.required], question)
    _ = try await store.change(act("change"), "wish", of: forum, by: required)
    try await store.withdraw(act("withdraw"), "wish", of: forum)
    let diet = EventQuestion(id: "diet", kind: .text, labels: [.english: "Diet?"])
    _ = try await store.ask(act("ask"), diet, of: forum)
    for isArchived in [true, false] { _ = try await store.archive(act("change"), forum, isArchived) }
    var change = CheckpointChange()
    change.isClosed = true
    _ = try await store.change(
      act("change"),
      CheckpointAddress(event: forum, checkpoint: "entrance-lane-2"),
      change
    )
  }

  private static func details(_ number: Int, _ store: SQLiteStore) async throws -> RegistrationDetails {
    var form = SampleData.person(number)
    (form.givenName, form.familyName, form.email) = ("Zebulon", "Quince\(number)", "zebulon@\(number).example")
    if number == 2 { form.answers.own = ["diet": "as Zebulon's"] }
    if number == 3 { form.accessibilityNeeds = "needs a ramp" }
    return try form.validated(for: await store.event(forum).event)
  }

  private static func registrations(_ store: SQLiteStore) async throws -> [String] {
    var people: [String] = []
    for number in 1...5 {
      let made = try await store.register(
        act("register"),
        details(number, store),
        for: forum,
        request: nil
      )
      people.append(made.id)
    }
    _ = try await store.importRegistrations(
      act("importRegistrations"),
      [details(6, store), details(7, store)],
      for: forum
    )
    var corrected = try await details(6, store)
    corrected.position = "Zebulon's"
    let row = ImportRow(corrected, saying: [.person(.position)])
    _ = try await store.importRegistrations(act("importRegistrations"), [row], for: forum, updating: true)
    func take(_ step: RegistrationStep, _ person: Int) async throws {
      _ = try await store.take(act("take"), step, on: people[person], of: forum, etag: nil)
    }
    // One place: the first is confirmed, others wait, one is rejected; who cancels makes room, and more room for two.
    for person in 0...3 { try await take(.approve, person) }
    try await take(.reject, 4)
    try await take(.restore, 4)
    try await take(.reject, 4)
    try await take(.cancel, 0)
    // One more is let in though the place is taken again.
    var going = Discretion.organiser.goingOver
    going.note = "went home"
    _ = try await store.take(act("take"), .moveUp, on: people[2], of: forum, etag: nil, as: going)
    var roomier = try forum(3)
    roomier.events[0].event.listedNeeds = ["ramp"]
    roomier.events[0].event.activatesBadges = true
    (roomier.events[0].event.mail.reach, roomier.events[0].event.mail.remindsAt) = (.everyone, now)
    _ = try await store.importProgramme(act("importProgramme"), roomier)
    var form = SampleData.person(2)
    (form.givenName, form.accessibilityNeeds) = ("Zebulon", "needs a ramp")
    let fields: [RegistrationField] = [.person(.givenName), .answer(.accessibilityNeeds)]
    let change = try RegistrationChange(of: fields, form, for: await store.event(forum).event)
    _ = try await store.change(act("change"), people[1], of: forum, by: change, etag: nil, as: .organiser)
    return Array(people[1...3])
  }

  private static func draft(_ registration: String, _ number: UInt64) -> BadgeDraft {
    BadgeDraft(
      serial: BadgeSerial(number),
      registration: registration,
      code: "CODE\(number)",
      keyID: 1,
      validity: (now - .seconds(86_400))..<(now + .seconds(86_400))
    )
  }

  private static func badges(_ store: SQLiteStore, _ people: [String]) async throws -> [String] {
    _ = try await store.addSigningKey(act("addSigningKey"), .test(now))
    _ = try await store.addSigningKey(act("addSigningKey"), .test(now, id: 2))
    let sealed = StoredSigningKey(id: 2, .sealed([1, 2, 3]), publicKey: .init(repeating: 2, count: 32), createdAt: now)
    _ = try await store.sealSigningKeys(act("sealSigningKeys"), [sealed])
    _ = try await store.addSigningKey(act("addSigningKey"), .test(now, id: 3))
    _ = try await store.retireSigningKey(act("retireSigningKey"), 2, publicKey: .init(repeating: 2, count: 32))
    let drafts = people.enumerated().map { draft($1, UInt64($0) + 1) }
    _ = try await store.issue(act("issue"), drafts, of: forum, renewingRevoked: false)
    let mark = AttentionChange(attention: .specialNeeds, note: "needs a ramp")
    _ = try await store.mark(act("mark"), drafts[0].serial, of: forum, mark, etag: nil)
    for draft in drafts.prefix(2) { _ = try await store.activate(act("activate"), draft.serial, of: forum) }
    let face = BadgePrinting(serial: drafts[0].serial, face: .init(repeating: 7, count: 32))
    let run = try await store.addPrintRun(
      act("addPrintRun"),
      [face],
      look: PrintLook(.delivered(.label), on: .single),
      of: forum
    )
    _ = try await store.confirmPrintRun(act("confirmPrintRun"), run.number, of: forum)
    _ = try await store.withdrawPrintRun(act("withdrawPrintRun"), run.number, of: forum, isOwn: false)
    let own = BadgePrinting(serial: drafts[1].serial, face: .init(repeating: 8, count: 32))
    _ = try await store.claimPrint(act("claimPrint"), own, look: PrintLook(.delivered(.label), on: .single), of: forum)
    _ = try await store.hold(act("hold"), drafts[1].serial, of: forum)
    _ = try await store.release(act("release"), drafts[1].serial, of: forum)
    _ = try await store.replace(act("replace"), drafts[1].serial, of: forum, with: draft(people[1], 9))
    _ = try await store.revoke(act("revoke"), drafts[2].serial, of: forum, note: "stolen by Zebulon")
    let place = BookingPlace.checkpoint(CheckpointAddress(event: forum, checkpoint: "entrance-lane-1"))
    _ = try await store.book(act("book"), people, for: place)
    _ = try await store.unbook(act("unbook"), people, for: place)
    _ = try await store.replace(
      act("replace"),
      [(old: BadgeSerial(9), draft: draft(people[1], 10))],
      of: forum,
      .byCode
    )
    _ = try await store.renew(act("renew"), of: forum, limit: 10)
    return ["CODE1", "CODE10"]
  }

  private static func scans(_ store: SQLiteStore, _ codes: [String]) async throws {
    let note = OverrideNote(note: "let her in", operatorName: "Quince")
    let live = codes.map { StoreRule.laneScan($0, override: note) }
    _ = try await store.admit(act("admit"), live, reader: { _ in .unreadable })
    func undo(_ scan: UUIDBytes) -> UndoRequest {
      UndoRequest(scan: scan, event: forum, reporter: "device", isSupervisor: true, note: "taken by mistake")
    }
    _ = try await store.undo(act("undo"), undo(live[0].id))
    _ = try await store.undo(act("undo"), undo(.timeOrdered(at: now)))
    let scan = StoreRule.laneScan(codes[0])
    let answered = OfflineScan.Answered(scan: scan, answer: .admitted, happenedAt: now, notInRoster: false)
    let entries = [
      OfflineScan(undone: live[1].id, at: now, answered: answered),
      OfflineScan(undone: .timeOrdered(at: now), at: now, answered: nil),
    ]
    _ = try await store.record(
      act("record"),
      entries,
      of: forum,
      reporter: "device",
      isSupervisor: true,
      reader: { _ in .unreadable }
    )
    // One that a lane let in twice, and by a right that it has not any more; it is taken back by who may.
    let found = StoreRule.laneScan(codes[0])
    let search = OfflineScan.Answered(
      scan: found,
      answer: .admitted,
      happenedAt: now,
      notInRoster: false,
      missingRights: [.searching]
    )
    _ = try await store.record(
      act("record"),
      [OfflineScan(undone: nil, at: now, answered: search)],
      of: forum,
      reporter: "device",
      isSupervisor: false,
      reader: { _ in .unreadable }
    )
    _ = try await store.undo(act("undo"), undo(found.id))
    let request = SendOutRequest(
      event: forum,
      registration: nil,
      checkpoint: "entrance-lane-1",
      note: "went home",
      reporter: "desk"
    )
    _ = try await store.sendOut(act("sendOut"), request)
  }

  private static func mails(_ store: SQLiteStore) async throws {
    _ = try await store.remindOfEvent(act("remindOfEvent"), forum)
    _ = try await store.followForMails(act("followForMails"), of: forum, limit: 500)
    let claimed = try await store.claimMails(act("claimMails"), of: forum, limit: 2, until: now + .seconds(60))
    let fault = MailFault(.refused, code: 550, status: "5.1.1")
    for mail in claimed { try await store.settleMail(act("settleMail"), mail, .bounced(fault), delay: .zero) }
    try await store.forgetMailClaims(act("forgetMailClaims"), of: forum)
    _ = try await store.retryMail(act("retryMail"), claimed[0].number, of: forum)
  }

  private static func devices(_ store: SQLiteStore) async throws {
    let code = StoredEnrolmentCode(
      hash: .init(repeating: 2, count: 32),
      event: forum,
      displayName: "Zebulon's tablet",
      profile: .lane,
      checkpoints: [],
      isSupervisor: false,
      expiresAt: now + .seconds(600)
    )
    try await store.addEnrolmentCode(act("addEnrolmentCode"), code)
    let device = try await store.enrol(act("enrol"), codeHash: code.hash, request: 1)
    try await store.noteCertificate(act("noteCertificate"), of: device.id, endsAt: now + .seconds(3600))
    _ = try await store.confirmDevice(act("confirmDevice"), device.id)
    try await store.noteCall(act("noteCall"), of: device.id)
    let report = DeviceReport(version: "1.2", scansWaiting: 0, clockOffset: nil, receivedAt: now)
    try await store.note(act("note"), report, of: device.id)
    var change = DeviceChange()
    (change.displayName, change.isSupervisor) = ("Anna's tablet", true)
    _ = try await store.change(act("change"), device: device.id, of: forum, change)
    let unused = StoredEnrolmentCode(
      hash: .init(repeating: 3, count: 32),
      event: forum,
      displayName: "Zebulon's other tablet",
      profile: .lane,
      checkpoints: [],
      isSupervisor: false,
      expiresAt: now + .seconds(600)
    )
    try await store.addEnrolmentCode(act("addEnrolmentCode"), unused)
    _ = try await store.withdrawEnrolmentCode(act("withdrawEnrolmentCode"), unused.id, of: forum)
    _ = try await store.revokeDevice(act("revokeDevice"), device.id, of: forum)
  }
}
