package import LanyardDomain
package import LanyardTexts

/// What an operator's keys mean on the full screen: a scanner types codes, the operator presses function keys. Pure: it
/// returns what is to be done. Moments are of a clock that nobody sets.
package struct LaneControls: Sendable {
  /// What is to be done.
  package enum Action: Hashable, Sendable {
    /// Decide on a line that was typed.
    case scan(String)
    /// Find people by these words.
    case search(String)
    /// Find further people by these words, after those that are shown.
    case searchOn(String)
    /// Let in the person who was chosen, by the position among those found.
    case choose(Int)
    /// Let the person of this scan in against the refusal.
    case override(of: UUIDBytes, note: String, operatorName: String)
    /// Let the person of this scan, who is inside by the record, out and in again.
    case outAndIn(of: UUIDBytes, note: String)
    /// Take this scan back.
    case undo(UUIDBytes)
    case quit
  }

  /// What the operator can act on.
  package struct Subject: Hashable, Sendable {
    /// Who was refused by the answer that was large last, where the refusal can be overridden.
    package var refused: Scan?
    /// Who is inside already by that answer.
    package var inside: Scan?
    /// What can be taken back: the last passage first, and what was refused after all that let somebody pass.
    package var undoable: [Scan] = []
    /// Whether overriding is not known to be refused.
    package var mayOverride = true
    /// Whether the event lets operators put a missed scan out right here.
    package var mayLetOutAndIn = false

    package init(refused: Scan? = nil, inside: Scan? = nil, undoable: [Scan] = []) {
      self.refused = refused
      self.inside = inside
      self.undoable = undoable
    }

    /// A scan, and what it is called when the operator is asked about it.
    package struct Scan: Hashable, Sendable {
      package let id: UUIDBytes
      package let name: String

      package init(id: UUIDBytes, name: String) {
        self.id = id
        self.name = name
      }
    }
  }

  enum Mode {
    case scanning
    case searching(found: [String], total: Int, chosen: Int?, of: String)
    // What is asked stays about the scan that it was asked of, whatever is answered meanwhile.
    case noting(Subject.Scan)
    case naming(Subject.Scan, note: String)
    case lettingOutAndIn(Subject.Scan)
    case undoing([Subject.Scan], chosen: Int)
    case quitting

    /// What a text that is typed meanwhile answers.
    var question: LaneTyping.Question {
      switch self {
      case .scanning: .none
      case .searching: .words
      case .noting, .naming, .lettingOutAndIn, .undoing, .quitting: .record
      }
    }
  }

  package private(set) var direction: Direction?
  /// Something that the operator should know about what they pressed.
  package private(set) var notice: String?
  /// Whether the notice is said once only, and stays over the next reading.
  private var keepsNotice = false
  let phrasebook: Phrasebook
  /// Who overrides unless another name is given; empty where nobody said.
  let operatorName: String
  private(set) var mode = Mode.scanning
  private(set) var text = ""
  private var typing = LaneTyping()

  /// - Parameter operatorName: Who overrides, where that is known already.
  package init(direction: Direction?, operatorName: String, in phrasebook: Phrasebook) {
    self.direction = direction
    self.phrasebook = phrasebook
    self.operatorName = operatorName
  }

  /// When the last character of a reading came that is not taken yet; nil where none is under way.
  package var readingSince: Instant? {
    if case .scanning = mode, !text.isEmpty { typing.last } else { nil }
  }

  /// Takes in a key; nil where nothing is to be done but to draw the screen.
  package mutating func press(_ key: KeyPress, _ subject: Subject, at now: Instant) -> Action? {
    switch key {
    case .control("c"), .function(10), .end:
      (mode, text, notice) = (.quitting, "", nil)
      return nil
    case .escape: return back()
    case .enter, .control("i"):
      typing.ended(text)
      return enter()
    case .backspace:
      if !text.isEmpty { text.removeLast() }
      return nil
    case .character(let character):
      let before = text.unicodeScalars.count
      if text.utf8.count < WedgeLine.limit { text.append(character) }
      typing.took(before..<text.unicodeScalars.count, at: now)
      return nil
    case .up, .down: return move(key == .up ? -1 : 1)
    case .function(let number): return function(number, subject)
    case .left, .right, .control: return nil
    }
  }

  /// Nothing was typed up to now: takes a reading that is over though no Enter came.
  package mutating func rest(at now: Instant) -> Action? {
    let lacksEnter = typing.lacksEnter(at: now)
    let action = taken(at: now)
    if lacksEnter { (notice, keepsNotice) = (phrasebook.text(.noticeNoEnter), true) }
    return action
  }

  private mutating func taken(at now: Instant) -> Action? {
    if typing.isOver(at: now), let (isYes, action) = confirmation(text) {
      (mode, text, notice) = (.scanning, "", nil)
      return isYes ? action : nil
    }
    guard let line = typing.reading(in: text, beside: mode.question, at: now) else { return nil }
    typing.took(withoutEnterAt: now)
    return scanned(line)
  }

  /// Forgets what was typed, by nobody's scanner or by one that was cut off, once the screen is ready for another reading: it is no
  /// part of that.
  ///
  /// - Parameter time: After how long it is ready.
  package mutating func forgetTyped(after time: Duration, at now: Instant) {
    guard let since = readingSince, now - since >= time else { return }
    (text, notice) = ("", phrasebook.text(.noticeTypedGone))
  }

  /// The people that a search found, by name. Where there are several, none is chosen: Enter twice lets no stranger in.
  ///
  /// - Parameters:
  ///   - words: By which they were found: Enter after others looks anew.
  ///   - total: How many there are with those that were not told yet.
  package mutating func found(_ people: [String], by words: String, of total: Int) {
    guard case .searching = mode else { return }
    mode = .searching(found: people, total: total, chosen: people.count == 1 ? 0 : nil, of: words)
    notice = people.isEmpty ? phrasebook.text(.noticeNobodyFound) : nil
  }

  /// Some of those who were found are there no more: these are left, and none of them is chosen.
  package mutating func foundLeft(_ people: [String], of total: Int) {
    guard case .searching(_, _, _, let query) = mode else { return }
    mode = .searching(found: people, total: total, chosen: nil, of: query)
  }

  /// Further people were found: the first of them is chosen.
  package mutating func foundMore(_ people: [String], of total: Int) {
    guard case .searching(let found, _, let chosen, let query) = mode, !people.isEmpty else { return }
    let next = chosen == found.count - 1 ? found.count : chosen
    mode = .searching(found: found + people, total: total, chosen: next, of: query)
  }

  /// Says something to the operator.
  package mutating func say(_ notice: String?) { (self.notice, keepsNotice) = (notice, false) }

  /// Leaves what is being asked.
  package mutating func leave() { _ = back() }

  private mutating func function(_ number: Int, _ subject: Subject) -> Action? {
    // What was written stays, and is about the scan that it was asked of.
    if mode.question == .record, (2...6).contains(number) {
      notice = phrasebook.text(.noticeLeaveFirst)
      return nil
    }
    notice = nil
    text = ""
    mode = .scanning
    switch number {
    case 2:
      switch direction {
      case nil: direction = .into
      case .into?: direction = .out
      case .out?: direction = nil
      }
    case 3: mode = .searching(found: [], total: 0, chosen: nil, of: "")
    case 4:
      if !subject.mayOverride {
        notice = phrasebook.text(.noticeSupervisorOnly)
      } else if let scan = subject.refused {
        mode = .noting(scan)
      } else {
        notice = phrasebook.text(.noticeNoRefusal)
      }
    case 5:
      if subject.undoable.isEmpty {
        notice = phrasebook.text(.noticeNoScan)
      } else {
        mode = .undoing(subject.undoable, chosen: 0)
      }
    case 6:
      if !subject.mayLetOutAndIn {
        notice = phrasebook.text(.noticeMissedExitDenied)
      } else if let scan = subject.inside {
        mode = .lettingOutAndIn(scan)
      } else {
        notice = phrasebook.text(.noticeNobodyInside)
      }
    default: break
    }
    return nil
  }

  private mutating func enter() -> Action? {
    let line = text
    let isBlank = line.allSatisfy(\.isWhitespace)
    // What is scanned while something is asked is a scan all the same, and neither a note nor a name.
    if LaneTyping.isScan(line) { return scanned(line) }
    if mode.question == .record, let burst = typing.burst(in: line) { return scanned(burst) }
    switch mode {
    case .scanning:
      text = ""
      return isBlank ? nil : scanned(line)
    case .searching(let found, _, let chosen, let query):
      guard !found.isEmpty, query == text else { return .search(text) }
      guard let chosen else {
        notice = phrasebook.text(.noticeChoose)
        return nil
      }
      (mode, text) = (.scanning, "")
      return .choose(chosen)
    case .noting(let scan):
      guard !isBlank else {
        notice = phrasebook.text(.noticeSayWhy)
        return nil
      }
      guard let note = accepted(line, by: OverrideNote.validatedNote) else { return nil }
      (mode, text, notice) = (.naming(scan, note: note), "", nil)
      return nil
    case .naming(let scan, let note):
      guard let name = accepted(isBlank ? operatorName : line, by: OverrideNote.validatedOperator) else { return nil }
      guard !name.isEmpty else {
        notice = phrasebook.text(.noticeSayWho)
        return nil
      }
      (mode, text, notice) = (.scanning, "", nil)
      return .override(of: scan.id, note: note, operatorName: name)
    case .lettingOutAndIn(let scan):
      let said = isBlank ? phrasebook.text(.promptMissedExitNote) : line
      guard let note = accepted(said, by: OverrideNote.validatedNote) else { return nil }
      (mode, text, notice) = (.scanning, "", nil)
      return .outAndIn(of: scan.id, note: note)
    case .undoing, .quitting:
      text = ""
      // What is no answer leaves the question open: it is neither taken for one nor for a scan.
      guard let (isYes, action) = confirmation(isBlank ? "y" : line) else { return nil }
      mode = .scanning
      return isYes ? action : nil
    }
  }

  private mutating func scanned(_ line: String) -> Action {
    (mode, text) = (.scanning, "")
    if !keepsNotice { notice = nil }
    keepsNotice = false
    return .scan(line)
  }

  /// What was written as it is recorded; nil where it cannot be, which is said, and what was written stays to be mended.
  private mutating func accepted(
    _ written: String,
    by rule: (String, _ field: String) throws(InvalidInput) -> String
  ) -> String? {
    do throws(InvalidInput) {
      return try rule(written, "")
    } catch {
      notice = error.violations.first.map { phrasebook.text(Sentence($0.fault)) }
      return nil
    }
  }

  /// What a line answers to the question whether something is to be done, and what that is; nil where it answers nothing, or
  /// nothing of the kind is asked.
  private func confirmation(_ line: String) -> (isYes: Bool, action: Action)? {
    let action: Action
    switch mode {
    case .undoing(let scans, let chosen): action = .undo(scans[chosen].id)
    case .quitting: action = .quit
    case .scanning, .searching, .noting, .naming, .lettingOutAndIn: return nil
    }
    switch line.filter({ !$0.isWhitespace }).lowercased() {
    case "y", phrasebook.text(.promptYes): return (true, action)
    case "n", phrasebook.text(.promptNo): return (false, action)
    default: return nil
    }
  }

  private mutating func back() -> Action? {
    (mode, text, notice) = (.scanning, "", nil)
    return nil
  }

  private mutating func move(_ step: Int) -> Action? {
    switch mode {
    case .searching(let found, let total, let chosen, let query) where !found.isEmpty:
      let next = chosen.map { min(max($0 + step, 0), found.count - 1) } ?? (step > 0 ? 0 : found.count - 1)
      mode = .searching(found: found, total: total, chosen: next, of: query)
      notice = nil
      if step > 0, chosen == found.count - 1, found.count < total { return .searchOn(query) }
    case .undoing(let scans, let chosen):
      mode = .undoing(scans, chosen: min(max(chosen + step, 0), scans.count - 1))
    case .searching, .scanning, .noting, .naming, .lettingOutAndIn, .quitting: break
    }
    return nil
  }
}
