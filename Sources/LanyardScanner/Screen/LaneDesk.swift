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
    /// To be handed in, in this order.
    case submit([LaneSession.Reading])
    /// People are to be found by these words.
    ///
    /// - Parameter page: The token of the page, empty for the first.
    case search(String, page: String)
    /// The scans are to be taken back, in this order.
    case undo([UUIDBytes])
    case quit
  }

  /// The most scans that are offered to be taken back.
  private static let undoLimit = 100

  /// Id of the checkpoint.
  private let checkpoint: String
  var mayOverride: Bool
  /// How long an answer stays large.
  let readyAfter: Duration
  let phrasebook: Phrasebook
  var controls: LaneControls
  package internal(set) var view: LaneView
  var zone = VenueTime(zone: .utc)
  /// Whether the place's own time zone is known, not only the event's.
  private(set) var knowsPlace = false
  /// The last answers, latest last: what the operator may be asked about, and may take back.
  var answered = RecentScans<LaneAnswer>(limit: undoLimit)
  var found: [Lanyard_V1_SearchAttendeesResponse.Match] = []
  /// How many there are with those that were not asked for yet.
  private var foundTotal = 0
  /// The token of the page that follows; empty where none does.
  private var nextPage = ""
  /// What was handed in and has no answer yet.
  var batches: [LaneBatch] = []
  /// The scan whose answer is shown large, or was last.
  private var large: UUIDBytes?
  /// When the answer came that is shown large.
  var answeredAt = Instant(seconds: 0)
  /// How far the clock of the place is ahead of the device's: days, in a rehearsal.
  var ahead = Duration.zero
  /// Whether the server rehearsed when it last said so.
  var isRehearsal = false
  /// Whether operators may put a missed scan out right here.
  var mayLetOutAndIn = false
  /// Ways out and in again that go together, latest last, by the ids under which they were handed in.
  var outAndIns: [OutAndIn] = []
  /// Ways in again that wait for the way out before them, by the id under which that was handed in.
  private var ways: [UUIDBytes: LaneSession.Reading] = [:]
  /// The way in again that is due, since the way out before it is recorded.
  private var due: LaneSession.Reading?
  /// People inside by the server, and the limit; nil while it tells none.
  var watched: (inside: Int, capacity: Int?)?
  /// Whether anybody was refused.
  package private(set) var hasRefused = false
  /// Whether a reading could not be decided.
  package private(set) var hasFailed = false

  /// - Parameters:
  ///   - title: What the checkpoint is called.
  ///   - mayOverride: Whether overriding is not known to be refused.
  ///   - operatorName: Who overrides, where that is known already.
  ///   - readyAfter: How long an answer stays large.
  package init(
    checkpoint: CheckpointAddress,
    title: String,
    mayOverride: Bool,
    direction: Direction?,
    operatorName: String,
    readyAfter: Duration,
    in phrasebook: Phrasebook
  ) {
    self.checkpoint = checkpoint.checkpoint
    self.mayOverride = mayOverride
    self.readyAfter = readyAfter
    self.phrasebook = phrasebook
    controls = LaneControls(direction: direction, operatorName: operatorName, in: phrasebook)
    view = LaneView(
      title: title,
      event: checkpoint.event,
      clock: "",
      direction: "",
      link: .connecting
    )
    view.language = phrasebook.language
  }

  // MARK: - What the operator does

  /// Takes in a key that was pressed now; nil where nothing is to be done but to draw the screen.
  package mutating func press(_ key: KeyPress, at now: DeviceMoment) -> Action? {
    let action = controls.press(key, subject(at: now), at: now.running).flatMap { carryOut($0, now) }
    // The answer to the reading before must not be taken for one to this.
    if controls.readingSince != nil { retire() }
    return action
  }

  /// Nothing was typed up to now: takes a reading that is over though no Enter came.
  package mutating func rest(at now: DeviceMoment) -> Action? {
    if let action = controls.rest(at: now.running) { return carryOut(action, now) }
    controls.forgetTyped(after: readyAfter, at: now.running)
    return nil
  }

  private mutating func carryOut(_ action: LaneControls.Action, _ now: DeviceMoment) -> Action? {
    switch action {
    case .quit: return .quit
    case .search(let words): return .search(words, page: "")
    case .searchOn(let words): return nextPage.isEmpty ? nil : .search(words, page: nextPage)
    case .undo(let scan): return undo(scan)
    case .scan(let line): return scan(line, now)
    case .choose(let position):
      guard found.indices.contains(position), !found[position].badge.isEmpty else {
        say(Sentence(.noticeNoBadgeYet))
        return nil
      }
      return choose(found[position].badge, now)
    case .override(let scan, let note, let operatorName):
      guard let refused = answer(scan)?.reading else { return nil }
      var reading = reading(code: refused.code, badge: refused.badge, now)
      reading.override = OverrideNote(note: note, operatorName: operatorName)
      return submit([reading])
    case .outAndIn(let scan, let note):
      return answer(scan).flatMap { outAndIn($0, note, now) }
    }
  }

  /// Hands in a badge that was found by name.
  private mutating func choose(_ name: String, _ now: DeviceMoment) -> Action? {
    do throws(InvalidInput) {
      let (event, serial) = try ResourceName.badge(name, field: "badge")
      return submit([reading(code: "", badge: .badge(serial, of: event), now)])
    } catch {
      say(failure: error)
      return nil
    }
  }

  /// Lets somebody out and in again who was refused as being inside.
  private mutating func outAndIn(_ refused: LaneAnswer, _ note: String, _ now: DeviceMoment) -> Action? {
    let inside = refused.reading
    var out = LaneSession.Reading(code: inside.code, direction: .out, readAt: now.wall)
    out.badge = inside.badge
    out.missedExit = OverrideNote(note: note, operatorName: controls.operatorName)
    do throws(InvalidInput) {
      out.missedExitAfter = try refused.missedExitAfter()
    } catch {
      say(failure: error)
      return nil
    }
    var back = LaneSession.Reading(code: inside.code, direction: .into, readAt: now.wall)
    back.badge = inside.badge
    outAndIns = outAndIns.suffix(Self.undoLimit) + [OutAndIn(out: out.id, back: back.id)]
    ways[out.id] = back
    return submit([out], before: [back])
  }

  private mutating func scan(_ line: String, _ now: DeviceMoment) -> Action? {
    let line = WedgeLine(line)
    if line.readings.count > 1 { say(Sentence(.noticeSeveralBadges)) }
    for notice in line.notices { say(notice) }
    return line.readings.isEmpty ? nil : submit(line.readings.map { reading(code: $0.code, badge: nil, now) })
  }

  /// - Parameter later: What is answered with them, and is handed in once they are.
  private mutating func submit(_ readings: [LaneSession.Reading], before later: [LaneSession.Reading] = []) -> Action {
    retire()
    batches.append(LaneBatch((readings + later).map(\.id)))
    return .submit(readings)
  }

  /// What is to be done after an answer was shown: the way in again of somebody who has been let out.
  package mutating func followUp() -> Action? {
    defer { due = nil }
    return due.map { .submit([$0]) }
  }

  private func reading(code: String, badge: ResourceName?, _ now: DeviceMoment) -> LaneSession.Reading {
    var reading = LaneSession.Reading(code: code, direction: controls.direction, readAt: now.wall)
    reading.badge = badge
    return reading
  }

  private func subject(at now: DeviceMoment) -> LaneControls.Subject {
    var subject = LaneControls.Subject()
    (subject.mayOverride, subject.mayLetOutAndIn) = (mayOverride, mayLetOutAndIn)
    let decided = answered.all.reversed().compactMap { answer in answer.checkIn.map { (answer.reading.id, $0) } }
    // What the operator reads in large, which is not the last answer where one line held several badges.
    if let (id, checkIn) = decided.first(where: { $0.0 == large }), checkIn.answer == .refused, checkIn.hasAttendee {
      subject.refused = .init(id: id, name: name(of: checkIn))
      if checkIn.reason == .alreadyInside { subject.inside = subject.refused }
    }
    subject.undoable = undoable(at: now)
    return subject
  }

  func name(of checkIn: Lanyard_V1_CheckIn) -> String {
    checkIn.attendee.displayName.isEmpty ? phrasebook.text(.promptThisBadge) : checkIn.attendee.displayName
  }

  // MARK: - What came of it

  /// Shows an answer that came now; returns how what was handed in with it is to sound, once all of that is answered.
  package mutating func show(_ answer: LaneAnswer, at now: DeviceMoment) -> LaneView.Tone? {
    var shown = LaneView.Answer(answer, clock: zone, ahead: ahead, in: phrasebook)
    // What was under way when the lane was shut out comes without its person.
    let isNameless = view.link.isShutOut && answer.checkIn != nil
    if isNameless { shown = shown.nameless }
    if mayLetOutAndIn, !isNameless, answer.checkIn?.reason == .alreadyInside {
      shown.explanation.insert(phrasebook.text(.laneDidNotScanOut), at: min(1, shown.explanation.count))
      shown.asksForOutAndIn = true
    }
    if !isNameless { answered.append(answer, at: now) }
    if case .failed = answer.outcome { hasFailed = true }
    if answer.checkIn?.answer == .refused { hasRefused = true }
    let handedIn = answer.reading.handedInAs
    let index = batches.firstIndex { $0.waits(for: handedIn) }
    var batch = index.map { batches[$0] } ?? LaneBatch([handedIn])
    batch.take(shown, of: handedIn)
    if let back = ways.removeValue(forKey: handedIn) {
      // Who is not let out is not let in again either.
      if answer.checkIn?.answer == .left { due = back } else { batch.drop(back.id) }
    }
    guard let worst = batch.worst else {
      if let index { batches[index] = batch }
      return nil
    }
    if let index { batches.remove(at: index) }
    retire()
    for other in batch.others { view.retire(other) }
    (view.last, large, answeredAt) = (worst, worst.scan, now.running)
    // Somebody else is being answered: this is no answer to them.
    if !batches.isEmpty || controls.readingSince != nil { retire() }
    return worst.tone
  }

  /// Puts the large answer below.
  mutating func retire() {
    if let shown = view.last { view.retire(shown) }
    view.last = nil
  }

  /// Shows the people that were found.
  ///
  /// - Parameters:
  ///   - words: By which they were found.
  ///   - page: The token of the page that this is, empty for the first.
  package mutating func found(_ answer: Lanyard_V1_SearchAttendeesResponse, by words: String, page: String = "") {
    guard !view.link.isShutOut else { return }
    guard page.isEmpty else { return foundMore(answer, page) }
    found = answer.matches
    take(answer)
    controls.found(choices, by: words, of: foundTotal)
    guard answer.truncated else { return }
    let count = Int(answer.totalSize)
    let limit = FoundAttendee.countLimit
    say(
      count < limit
        ? Sentence(.noticeManyFound, ["count": .count(count)]) : Sentence(.noticeMoreFound, ["limit": .count(limit)])
    )
  }

  private mutating func foundMore(_ answer: Lanyard_V1_SearchAttendeesResponse, _ page: String) {
    // What answers a search that is over is nobody's choice.
    guard page == nextPage else { return }
    found += answer.matches
    take(answer)
    controls.foundMore(choices.suffix(answer.matches.count), of: foundTotal)
  }

  private mutating func take(_ answer: Lanyard_V1_SearchAttendeesResponse) {
    nextPage = answer.nextPageToken
    foundTotal = nextPage.isEmpty ? found.count : max(found.count + 1, Int(answer.totalSize))
  }

  /// Says that nobody could be looked for.
  package mutating func notFound(_ error: any Error) {
    if let error = error as? RPCError, error.code == .permissionDenied { return say(Sentence(.noticeLookUpDenied)) }
    say(failure: error)
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
      person.registrationID.map(people.contains) ?? false
    }
    view.forget(people)
    answered.removeAll { $0.checkIn.map { isGone($0.attendee) } ?? false }
    guard found.contains(where: { isGone($0.attendee) }) else { return }
    let before = found.count
    found.removeAll { isGone($0.attendee) }
    foundTotal -= before - found.count
    controls.foundLeft(choices, of: foundTotal)
  }

  /// Takes names and time zone from the plan, once the lane has it.
  mutating func take(_ plan: VenuePlan) {
    guard let door = plan.checkpoints.values.first(where: { $0.id == checkpoint }) else { return }
    view.title = door.displayName
    view.event = plan.event.title.text(in: phrasebook.language)
    (zone, knowsPlace) = (VenueTime(zone: door.timeZone), true)
    mayLetOutAndIn = plan.allowsMissedExits(at: door)
  }

  /// Forgets everybody: the lane lets nobody in any more.
  mutating func forgetEverybody() {
    retire()
    view.forgetNames()
    answered.removeAll { _ in true }
    (found, nextPage) = ([], "")
    controls.leave()
  }

  /// An answer with who it was about.
  func scanText(_ answer: Sentence, _ name: String) -> String {
    phrasebook.text(Sentence(.promptScan, ["answer": .sentence(answer), "name": .text(name)]))
  }
}
