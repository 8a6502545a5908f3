package import LanyardAPI
package import LanyardDomain
package import LanyardTexts

/// What an operator's keys mean on the full screen: a scanner types codes, the operator presses function keys. Pure: it
/// returns what is to be done.
package struct LaneControls: Sendable {
  /// What is to be done.
  package enum Action: Hashable, Sendable {
    /// Decide on a line that was typed.
    case scan(String)
    /// Find people by these words.
    case search(String)
    /// Let in the person who was chosen, by the position among those found.
    case choose(Int)
    /// Let the person of this scan in against the refusal.
    case override(of: UUIDBytes, note: String, operatorName: String)
    /// Take this scan back.
    case undo(UUIDBytes)
    case quit
  }

  /// What the operator can act on.
  package struct Subject: Hashable, Sendable {
    /// Who was refused last, where a refusal can be overridden.
    package var refused: Scan?
    /// What was answered last, where it can be taken back.
    package var undoable: Scan?
    /// Whether overriding is not known to be refused.
    package var mayOverride = true

    package init(refused: Scan? = nil, undoable: Scan? = nil) {
      self.refused = refused
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

  private enum Mode {
    case scanning
    case searching(found: [String], chosen: Int, of: String)
    // What is asked stays about the scan that it was asked of, whatever is answered meanwhile.
    case noting(Subject.Scan)
    case naming(Subject.Scan, note: String)
    case confirmingUndo(Subject.Scan)
  }

  /// The most characters of a line; a scanner gone wild is cut there.
  private static let lineLimit = 4096

  package private(set) var direction: Lanyard_V1_Direction
  /// Something that the operator should know about what they pressed.
  package private(set) var notice: String?
  private let phrasebook: Phrasebook
  private var operatorName: String
  private var mode = Mode.scanning
  private var text = ""

  /// - Parameter operatorName: Who overrides, where that is known already.
  package init(direction: Lanyard_V1_Direction, operatorName: String, in phrasebook: Phrasebook) {
    self.direction = direction
    self.phrasebook = phrasebook
    self.operatorName = operatorName
  }

  /// Takes in a key; nil where nothing is to be done but to draw the screen.
  package mutating func press(_ key: KeyPress, _ subject: Subject) -> Action? {
    switch key {
    case .control("c"), .function(10), .end: return .quit
    case .escape: return back()
    case .enter, .control("i"): return enter()
    case .backspace:
      if !text.isEmpty { text.removeLast() }
      return nil
    case .character(let character):
      if text.utf8.count < Self.lineLimit { text.append(character) }
      return nil
    case .up, .down:
      move(key == .up ? -1 : 1)
      return nil
    case .function(let number): return function(number, subject)
    case .left, .right, .control: return nil
    }
  }

  /// The people that a search found, by name.
  package mutating func found(_ people: [String]) {
    guard case .searching = mode else { return }
    mode = .searching(found: people, chosen: 0, of: text)
    notice = people.isEmpty ? phrasebook.text(.noticeNobodyFound) : nil
  }

  /// Says something to the operator.
  package mutating func say(_ notice: String?) { self.notice = notice }

  /// What is being asked of the operator; nil while scans are waited for.
  package var prompt: LaneView.Prompt? {
    switch mode {
    case .scanning: nil
    case .searching(let found, let chosen, _):
      LaneView.Prompt(
        label: phrasebook.text(.promptLookUp),
        text: text,
        hint: phrasebook.text(found.isEmpty ? .promptHintSearch : .promptHintChoose),
        choices: found,
        chosen: found.isEmpty ? nil : chosen
      )
    case .noting(let scan):
      prompt(Sentence(.promptWhy, ["name": .text(scan.name)]), hint: .promptHintGoOn)
    case .naming: prompt(Sentence(.promptYourName), hint: .promptHintLetIn)
    case .confirmingUndo(let scan):
      prompt(Sentence(.promptTakeBack, ["scan": .text(scan.name)]), hint: .promptHintTakeBack)
    }
  }

  private func prompt(_ label: Sentence, hint: Sentence.Key) -> LaneView.Prompt {
    LaneView.Prompt(label: phrasebook.text(label), text: text, hint: phrasebook.text(hint))
  }

  private mutating func function(_ number: Int, _ subject: Subject) -> Action? {
    notice = nil
    text = ""
    mode = .scanning
    switch number {
    case 2:
      switch direction {
      case .unspecified: direction = .in
      case .in: direction = .out
      case .out, .UNRECOGNIZED: direction = .unspecified
      }
    case 3: mode = .searching(found: [], chosen: 0, of: "")
    case 4:
      if !subject.mayOverride {
        notice = phrasebook.text(.noticeSupervisorOnly)
      } else if let scan = subject.refused {
        mode = .noting(scan)
      } else {
        notice = phrasebook.text(.noticeNoRefusal)
      }
    case 5:
      if let scan = subject.undoable { mode = .confirmingUndo(scan) } else { notice = phrasebook.text(.noticeNoScan) }
    default: break
    }
    return nil
  }

  private mutating func enter() -> Action? {
    let line = text
    // A badge that is scanned while something is asked is a scan all the same.
    if Self.isScan(line) {
      (mode, text, notice) = (.scanning, "", nil)
      return .scan(line)
    }
    switch mode {
    case .scanning:
      text = ""
      notice = nil
      return line.allSatisfy(\.isWhitespace) ? nil : .scan(line)
    case .searching(let found, let chosen, let query):
      guard !found.isEmpty, query == text else { return .search(text) }
      (mode, text) = (.scanning, "")
      return .choose(chosen)
    case .noting(let scan):
      guard !line.allSatisfy(\.isWhitespace) else {
        notice = phrasebook.text(.noticeSayWhy)
        return nil
      }
      text = operatorName
      mode = .naming(scan, note: line)
      return nil
    case .naming(let scan, let note):
      (mode, text, operatorName) = (.scanning, "", line)
      return .override(of: scan.id, note: note, operatorName: line)
    case .confirmingUndo(let scan):
      mode = .scanning
      return .undo(scan.id)
    }
  }

  private mutating func back() -> Action? {
    (mode, text, notice) = (.scanning, "", nil)
    return nil
  }

  private mutating func move(_ step: Int) {
    guard case .searching(let found, let chosen, let query) = mode, !found.isEmpty else { return }
    mode = .searching(found: found, chosen: min(max(chosen + step, 0), found.count - 1), of: query)
  }

  private static func isScan(_ line: String) -> Bool {
    WedgeReading.readings(in: line).contains { reading in
      if case .code(let code, _) = reading { code.hasPrefix("LY1") } else { false }
    }
  }
}
