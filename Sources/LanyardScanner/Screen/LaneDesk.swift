import GRPCCore
package import LanyardAPI
import LanyardClient
package import LanyardDomain
import LanyardMessages
package import LanyardTexts
import SwiftProtobuf

/// What a lane's operator sees on the whole screen, and what their keys come to. Pure: it is told what happened and says
/// what is to be done; keys, calls, screen and clock are elsewhere.
package struct LaneDesk: Sendable {
  /// What is to be done.
  package enum Action: Sendable {
    /// To be handed in.
    case submit(LaneSession.Reading)
    /// People are to be found by these words.
    case search(String)
    /// The scan is to be taken back.
    case undo(UUIDBytes)
    /// To be decided on: a line that was typed, in this direction.
    case scan(String, Lanyard_V1_Direction)
    case quit
  }

  /// Id of the checkpoint.
  private let checkpoint: String
  var mayOverride: Bool
  let phrasebook: Phrasebook
  var controls: LaneControls
  package internal(set) var view: LaneView
  var zone = VenueTime(zone: .utc)
  /// The last answers, latest last: what the operator may be asked about.
  private var answered: [LaneAnswer] = []
  private var found: [Lanyard_V1_SearchAttendeesResponse.Match] = []
  /// People inside by the server, and the limit; nil while it tells none.
  var watched: (inside: Int, capacity: Int?)?
  /// Whether anybody was refused.
  package private(set) var hasRefused = false
  /// Whether a reading could not be decided.
  package private(set) var hasFailed = false

  /// - Parameters:
  ///   - checkpoint: Resource name.
  ///   - title: What the checkpoint is called.
  ///   - mayOverride: Whether overriding is not known to be refused.
  ///   - operatorName: Who overrides, where that is known already.
  package init(
    checkpoint: String,
    title: String,
    mayOverride: Bool,
    direction: Lanyard_V1_Direction,
    operatorName: String,
    in phrasebook: Phrasebook
  ) {
    self.checkpoint = ResourcePart.last(of: checkpoint)
    self.mayOverride = mayOverride
    self.phrasebook = phrasebook
    controls = LaneControls(direction: direction, operatorName: operatorName, in: phrasebook)
    view = LaneView(
      title: title,
      event: ResourcePart.event(of: checkpoint),
      clock: "",
      direction: "",
      link: .connecting
    )
    view.language = phrasebook.language
  }

  // MARK: - What the operator does

  /// Takes in a key that was pressed now, by the device's clock; nil where nothing is to be done but to draw the screen.
  package mutating func press(_ key: KeyPress, at now: Instant) -> Action? {
    switch controls.press(key, subject) {
    case nil: return nil
    case .quit?: return .quit
    case .search(let words)?: return .search(words)
    case .undo(let scan)?: return answered.contains { $0.reading.id == scan } ? .undo(scan) : nil
    case .scan(let line)?: return .scan(line, controls.direction)
    case .choose(let position)?:
      guard found.indices.contains(position), !found[position].badge.isEmpty else {
        say(Sentence(.noticeNoBadgeYet))
        return nil
      }
      return .submit(reading(code: "", badge: found[position].badge, now))
    case .override(let scan, let note, let operatorName)?:
      guard let refused = answered.last(where: { $0.reading.id == scan })?.reading else { return nil }
      var reading = reading(code: refused.code, badge: refused.badge, now)
      reading.override = .with { ($0.note, $0.operator) = (note, operatorName) }
      return .submit(reading)
    }
  }

  private func reading(code: String, badge: String, _ now: Instant) -> LaneSession.Reading {
    var reading = LaneSession.Reading(code: code, direction: controls.direction, readAt: now)
    reading.badge = badge
    return reading
  }

  private var subject: LaneControls.Subject {
    var subject = LaneControls.Subject()
    guard let last = answered.last, let checkIn = last.checkIn else { return subject }
    let name = checkIn.attendee.displayName.isEmpty ? phrasebook.text(.promptThisBadge) : checkIn.attendee.displayName
    let id = last.reading.id
    subject.mayOverride = mayOverride
    if checkIn.answer == .refused && checkIn.hasAttendee { subject.refused = .init(id: id, name: name) }
    subject.undoable = .init(id: id, name: scanText(checkIn.answer.title, name))
    return subject
  }

  // MARK: - What came of it

  /// Shows an answer; returns how it is to sound.
  package mutating func show(_ answer: LaneAnswer) -> LaneView.Tone {
    let shown = LaneView.Answer(answer, clock: zone, in: phrasebook)
    if let before = view.last { view.recent = [before] + view.recent.prefix(LaneView.recentLimit - 1) }
    view.last = shown
    answered = answered.suffix(LaneView.recentLimit) + [answer]
    if case .failed = answer.outcome { hasFailed = true }
    if answer.checkIn?.answer == .refused { hasRefused = true }
    return shown.tone
  }

  /// Shows the people that were found.
  package mutating func found(_ answer: Lanyard_V1_SearchAttendeesResponse) {
    found = answer.matches
    controls.found(found.map(choice))
    guard answer.truncated else { return }
    let count = Int(answer.totalSize)
    say(count < 1000 ? Sentence(.noticeManyFound, ["count": .count(count)]) : Sentence(.noticeThousandFound))
  }

  /// Says that nobody could be looked for.
  package mutating func notFound(_ error: any Error) {
    if let error = error as? RPCError, error.code == .permissionDenied { return say(Sentence(.noticeLookUpDenied)) }
    say(failure: error)
  }

  /// The scan is taken back.
  package mutating func tookBack(_ scan: UUIDBytes) {
    let checkIn = answered.last { $0.reading.id == scan }?.checkIn
    let taken = scanText(checkIn?.answer.title ?? .promptTheScan, checkIn?.attendee.displayName ?? "")
    say(Sentence(.noticeTakenBack, ["scan": .text(taken)]))
    if answered.last?.reading.id == scan { view.last = nil }
    answered.removeAll { $0.reading.id == scan }
  }

  /// Says why something failed; of several fields at fault, the first.
  package mutating func say(failure error: any Error) {
    let fields = (error as? RPCError).map { CallFailure($0).fields } ?? []
    say(fields.first.map { .told($0.reason) } ?? .of(error))
  }

  package mutating func say(_ sentence: Sentence) { controls.say(phrasebook.text(sentence)) }

  /// Forgets those who were erased.
  ///
  /// - Parameter people: Ids of their registrations.
  mutating func forget(_ people: Set<String>) {
    func isGone(_ person: Lanyard_V1_CheckIn.Attendee) -> Bool {
      people.contains(ResourcePart.last(of: person.registration))
    }
    view.forget(people)
    answered.removeAll { $0.checkIn.map { isGone($0.attendee) } ?? false }
    guard found.contains(where: { isGone($0.attendee) }) else { return }
    found.removeAll { isGone($0.attendee) }
    controls.found(found.map(choice))
  }

  /// Takes names and time zone from the plan, once the lane has it.
  mutating func take(_ plan: VenuePlan) {
    guard let door = plan.checkpoints.values.first(where: { $0.id == checkpoint }) else { return }
    view.title = door.displayName
    view.event = plan.event.title.text(in: phrasebook.language)
    zone = VenueTime(zone: door.timeZone)
  }

  private func choice(_ match: Lanyard_V1_SearchAttendeesResponse.Match) -> String {
    let person = match.attendee
    let badge = match.badge.isEmpty ? phrasebook.text(.markNoBadge) : ""
    let group = person.groupNames(.none, in: phrasebook.language).first ?? ""
    return [person.displayName, person.organisation, group, badge].filter { !$0.isEmpty }.joined(separator: " · ")
  }

  /// An answer with who it was about.
  private func scanText(_ answer: Sentence.Key, _ name: String) -> String {
    phrasebook.text(Sentence(.promptScan, ["answer": .sentence(Sentence(answer)), "name": .text(name)]))
  }
}
