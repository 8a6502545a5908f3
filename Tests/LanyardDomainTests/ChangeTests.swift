import LanyardTesting
import Testing

@testable import LanyardDomain

/// One of each change that is recorded, with all that it may carry.
enum EveryFact {
  private static let forum = "forum"
  private static let now = Instant(seconds: 1_716_800_000)
  private static let scan = UUIDBytes(high: 1, low: 2)

  private static let badge = Badge(
    serial: BadgeSerial(7),
    event: forum,
    registration: "r",
    code: "CODE",
    state: .active,
    keyID: 1,
    issuedAt: now,
    validity: now..<now + .seconds(60),
    revision: 1
  )

  private static let run = PrintRun(
    event: forum,
    number: 1,
    createdAt: now,
    count: 3,
    actor: .token("t"),
    look: PrintLook(.delivered(.label), on: .single)
  )

  private static var device: Device {
    var device = Device(
      id: "d",
      event: forum,
      displayName: "Lane 1",
      profile: .lane,
      checkpoints: ["gate"],
      isSupervisor: false,
      enrolledAt: now
    )
    device.report = DeviceReport(version: "1", scansWaiting: 0, clockOffset: nil, receivedAt: now)
    return device
  }

  private static var conflict: SignedConflict {
    SignedConflict(id: 3, event: forum, cause: "FULL", scan: scan, earlier: scan, recordedAt: now)
  }

  static var all: [Change] { programme + questions + registrations + badges + doors + installation }

  private static var programme: [Change] {
    let event = EveryProperty<Event>.ofEvent.changed(BareValues.event)
    var session = EveryProperty<Session>.ofSession.changed(BareValues.session)
    // Its resource id is the same in capitals.
    session.code = session.code.lowercased()
    let checkpoint = EveryProperty<Checkpoint>.ofCheckpoint.changed(BareValues.checkpoint)
    return [
      .created(event), .updated(event, from: BareValues.event), .deleted(event), .archived(forum, true),
      .reminded(forum, at: now), .retried(mail),
      .created(session, of: forum), .updated(session, from: BareValues.session, of: forum),
      .joinedSession("s1", by: "r", of: forum), .leftSession("s1", by: "r", of: forum, at: now),
      .withdrawn(session, of: forum), .restored(session, of: forum), .created(checkpoint, position: 1, of: forum),
      .updated(checkpoint, position: 2, from: (BareValues.checkpoint, 1), of: forum),
    ]
  }

  private static var questions: [Change] {
    let bare = EventQuestion(id: "dinner", kind: .text, labels: [:])
    var question = EventQuestion(id: "dinner", kind: .choice, labels: [.french: "Dîner ?"])
    (question.help, question.isRequired, question.position) = ([.english: "On Tuesday."], true, 1)
    question.choices = [QuestionChoice(id: "fish", labels: [.english: "Fish"], places: 40)]
    (question.condition.groups, question.condition.roles) = (["Government"], ["Minister"])
    question.condition.participations = [.onsite]
    question.condition.answers = [.init(question: "coming", values: ["yes"])]
    question.retentionDays = 30
    return [
      .created(question, of: forum), .updated(question, from: bare, of: forum), .withdrawn(question, of: forum),
      .forgotten(question, answers: 7, of: forum),
    ]
  }

  private static var mail: Mail {
    Mail(
      number: 1,
      event: forum,
      registration: "r",
      kind: .confirmed,
      state: .bounced,
      sequence: 1,
      createdAt: now,
      dueAt: now,
      attempts: 1,
      failingSince: nil,
      sentAt: nil,
      fault: MailFault(.refused)
    )
  }

  private static var registrations: [Change] {
    func registration(_ state: RegistrationState, group: String = "Government") -> Registration {
      var details = RegistrationFixture.details(group: group)
      details.days = [day("2024-05-27")]
      return RegistrationFixture.registration(details, state)
    }
    var changed = registration(.waitlisted, group: "UN Agency")
    (changed.details.guestRole, changed.details.participation, changed.details.days) = ("Minister", .remote, [])
    let steps: [(RegistrationStep, RegistrationState, RegistrationState)] = [
      (.approve, .submitted, .confirmed), (.approve, .submitted, .waitlisted), (.reject, .submitted, .rejected),
      (.restore, .rejected, .submitted), (.cancel, .confirmed, .cancelled), (.moveUp, .waitlisted, .confirmed),
      (.restore, .cancelled, .confirmed),
    ]
    let places = ["gate"].map { BookingPlace.checkpoint(CheckpointAddress(event: forum, checkpoint: $0)) }
    return [
      .created(registration(.confirmed), overCapacity: true, isMailed: true),
      .updated(changed, from: registration(.confirmed), overCapacity: true),
      .needsListed("r", of: forum), .movedUp("r", of: forum), .linked("l", to: "r", of: forum, until: now),
      .verified(registration(.confirmed)), .expired("r", of: forum), .linkRequested(registration(.confirmed)),
      .linkRequested(inVain: forum), .unlinked(["l"], from: "r", of: forum),
      .erased("r", of: forum, from: .confirmed, to: .cancelled),
    ]
      + steps.compactMap { step, before, after -> Change? in
        // Only what leads to a place can go over the capacity.
        let hasPlace = after == .confirmed
        return Change.step(step, registration(after), from: before, overCapacity: hasPlace)
      } + places.flatMap { [Change.booked("r", for: $0), .unbooked("r", for: $0)] }
  }

  private static var badges: [Change] {
    [
      .issued(badge), .replaced(badge, by: BadgeSerial(8)), .renewed(badge, to: now..<now + .seconds(90)),
      .revoked(badge), .activated(badge), .held(badge), .released(badge),
      .marked(badge, AttentionMark(attention: .escort, note: "Call the host.")), .signingKeyAdded(1),
      .signingKeySealed(1), .signingKeyRetired(1), .printRunCreated(run), .printRunConfirmed(run),
      .printRunWithdrawn(run),
    ]
  }

  private static var doors: [Change] {
    let enrolment = Enrolment(
      id: "c",
      event: forum,
      displayName: "Lane 1",
      profile: .lane,
      checkpoints: [],
      isSupervisor: false,
      expiresAt: now,
      promise: nil
    )
    var changed = device
    (changed.displayName, changed.checkpoints, changed.isSupervisor) = ("Lane 2", [], true)
    return [
      .undone(scan, at: now, of: forum), .undoConfirmed(scan, at: now, of: forum), .withdrawn(scan, at: now, of: forum),
      .recorded(conflict), .takenOver(conflict), .settled(conflict),
      .scans(count: 1, sequences: 1...1, digest: "00", of: forum, isTakenOver: false),
      .scans(count: 1, sequences: 1...1, digest: "00", of: forum, isTakenOver: true),
      .enrolmentCodeCreated("c", .lane, checkpoints: [], isSupervisor: false, expiresAt: now, of: forum),
      .withdrawn(enrolment), .promised(device), .enrolled(device),
      .certified("d", of: forum, from: now, until: now + .seconds(60)), .updated(device, to: "2"),
      .changed(device, to: changed), .revoked(device),
    ]
  }

  private static var installation: [Change] {
    [
      .tokenCreated("t", role: "DESK", event: forum), .tokenRevoked("t"), .storeMarked("REAL"), .storeRenamed(),
      .storeCopied(tokensRemoved: 1), .signedIn("s", with: "t", until: now), .signedOut("s", of: "t"),
    ]
  }
}

@Suite("What is recorded of changes")
struct ChangeTests {
  private static func facts(_ change: Change) -> Set<String> {
    Set((change.before ?? [:]).keys).union((change.after ?? [:]).keys)
  }

  @Test("Each change carries the facts that its name lists, all of them, and no other", arguments: ChangeName.allCases)
  func facts(name: ChangeName) {
    let made = EveryFact.all.filter { $0.name == name }
    #expect(!made.isEmpty, "nothing here makes \(name.rawValue)")
    #expect(made.reduce(into: Set<String>()) { $0.formUnion(Self.facts($1)) } == name.facts)
  }

  /// Changes each property of a value, and expects that something is told of it.
  private static func expect<Value: Sendable>(
    _ value: Value,
    _ properties: EveryProperty<Value>,
    _ name: ChangeName,
    _ told: (Value, _ before: Value) -> Change
  ) {
    #expect(properties.missing(from: value) == [])
    for property in properties.changes {
      var changed = value
      property.change(&changed)
      let facts = facts(told(changed, value))
      #expect(!facts.isEmpty && facts.isSubset(of: name.facts), "nothing is told of \(property.name)")
    }
  }

  @Test("Each property of an event, a session and a checkpoint is told where it is changed") func properties() {
    Self.expect(BareValues.event, .ofEvent, .eventUpdated) { .updated($0, from: $1) }
    Self.expect(BareValues.session, .ofSession, .sessionUpdated) { .updated($0, from: $1, of: "forum") }
    Self.expect(BareValues.checkpoint, .ofCheckpoint, .checkpointUpdated) {
      .updated($0, position: 0, from: ($1, 0), of: "forum")
    }
  }
}
