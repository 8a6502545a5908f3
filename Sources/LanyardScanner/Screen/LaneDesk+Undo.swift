import LanyardAPI
package import LanyardDomain
import LanyardMessages
import LanyardTexts

extension LaneDesk {
  /// A way out that nobody scanned and the way in after it, which are one to the operator.
  struct OutAndIn: Sendable {
    let out: UUIDBytes
    let back: UUIDBytes
  }

  /// What the lane can take back: the last passage first, and what was refused after all that let somebody pass.
  func undoable(at now: DeviceMoment) -> [LaneControls.Subject.Scan] {
    let decided = (mayOverride ? answered.all : answered.fresh(at: now)).reversed().filter { $0.checkIn != nil }
    let passages = decided.filter { $0.checkIn?.answer != .refused && !isTakenBackWithAnother($0) }
    // By the time two people of one name are told apart, and two passages of one.
    return (passages + decided.filter { $0.checkIn?.answer == .refused }).map { answer in
      let time = answer.checkIn.map { zone.timeWithSeconds(Instant(shown: $0.answerTime)) } ?? ""
      return .init(id: answer.reading.id, name: "\(time) \(text(of: answer))")
    }
  }

  /// Takes a scan back, and the way out before it where that was put right with it.
  func undo(_ scan: UUIDBytes) -> Action? {
    guard let answer = answer(scan) else { return nil }
    return .undo([scan] + [wayOut(before: answer)].compactMap { $0?.reading.id })
  }

  /// The answer to a scan, where it is remembered.
  func answer(_ scan: UUIDBytes) -> LaneAnswer? { answered.all.last { $0.reading.id == scan } }

  /// The scans are taken back.
  ///
  /// - Parameter scans: As the action had them; those that came first where the others could not be.
  package mutating func tookBack(_ scans: [UUIDBytes]) {
    guard let scan = scans.first else { return }
    let taken = answer(scan).map { text(of: $0, isWhole: scans.count > 1) }
    say(Sentence(.noticeTakenBack, ["scan": .text(taken ?? phrasebook.text(.promptTheScan))]))
    for scan in scans {
      if view.last?.scan == scan { retire() }
      view.markTakenBack(scan)
    }
    answered.removeAll { scans.contains($0.reading.id) }
  }

  /// Somebody else took scans back, as an organiser does: they are marked, and not offered to be taken back any more.
  mutating func markUndone(_ scans: Set<String>) {
    for answer in answered.all where scans.contains(answer.reading.id.description) {
      if view.last?.scan == answer.reading.id { retire() }
      view.markTakenBack(answer.reading.id)
    }
    answered.removeAll { scans.contains($0.reading.id.description) }
  }

  /// What an answer is called: with the way out that goes with it, one.
  private func text(of answer: LaneAnswer, isWhole: Bool = true) -> String {
    guard let checkIn = answer.checkIn else { return phrasebook.text(.promptTheScan) }
    let isBoth = isWhole && wayOut(before: answer) != nil
    return scanText(isBoth ? Sentence(.promptOutAndIn) : checkIn.answer.title, name(of: checkIn))
  }

  /// The way out that was put right with a way in.
  private func wayOut(before answer: LaneAnswer) -> LaneAnswer? {
    guard answer.checkIn?.answer == .admitted,
      let both = outAndIns.last(where: { $0.back == answer.reading.handedInAs })
    else { return nil }
    return answered.all.last { $0.reading.handedInAs == both.out && $0.checkIn?.answer == .left }
  }

  private func isTakenBackWithAnother(_ answer: LaneAnswer) -> Bool {
    answered.all.contains { wayOut(before: $0)?.reading.id == answer.reading.id }
  }
}
