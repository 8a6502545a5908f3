import LanyardTexts

extension LaneView {
  /// The recent answers, one a row, as many as fit.
  func recentRows(_ canvas: Canvas, height: Int) -> [String] {
    guard !recent.isEmpty, height > 0 else { return [] }
    let header = height > 4 ? [headerRow(canvas)] : []
    let shown = Array(recent.prefix(min(Self.recentLimit, height - header.count)))
    let columns = RecentColumns(shown, width: canvas.width, phrasebook)
    return header + shown.map { recentRow(canvas, $0, columns) }
  }

  private func headerRow(_ canvas: Canvas) -> String {
    var row = canvas.row
    row.add("── \(phrasebook.text(.laneBefore)) ", .faint)
    row.add(String(repeating: "─", count: row.free), .faint)
    return row.finished()
  }

  private func recentRow(_ canvas: Canvas, _ answer: Answer, _ columns: RecentColumns) -> String {
    var row = canvas.row
    row.add(" ")
    row.add(columns.time(of: answer), limit: columns.time, filling: true)
    row.add(" ")
    row.add(" \(answer.tone.symbol) \(columns.word(of: answer))", answer.tone.style, limit: columns.word, filling: true)
    row.add(" ")
    row.add(answer.name, .bold, limit: columns.name, filling: true)
    if columns.group > 0 {
      row.add("  ")
      row.add(answer.remark, answer.remark == answer.group ? .faint : .plain, limit: columns.group, filling: true)
    }
    if columns.marks > 0 {
      row.add("  ")
      row.add(columns.marks(of: answer), .bold, limit: columns.marks, filling: true)
    }
    return row.finished()
  }
}

extension LaneView.Answer {
  /// What stands beside the name among the answers before: why nobody was let in, or why somebody was all the same, or what was
  /// noted of a way out, else the group.
  fileprivate var remark: String {
    [reason, override ?? "", missedExit ?? ""].first { !$0.isEmpty } ?? group
  }
}

/// How wide the columns of the recent answers are, so that they stand below each other.
private struct RecentColumns {
  let time: Int
  let word: Int
  let name: Int
  let group: Int
  let marks: Int
  private let isNarrow: Bool
  private let phrasebook: Phrasebook

  init(_ answers: [LaneView.Answer], width: Int, _ phrasebook: Phrasebook) {
    let widest: ((LaneView.Answer) -> String) -> Int = { text in
      answers.map { TextWidth.columns(of: ShownText.neutral(text($0))) }.max() ?? 0
    }
    let isNarrow = width < 72
    self.isNarrow = isNarrow
    self.phrasebook = phrasebook
    time = widest { Self.time(of: $0, isNarrow) }
    word = min(isNarrow ? 18 : 20, widest { Self.word(of: $0, isNarrow) } + 4)
    marks = widest { Self.marks(of: $0, isNarrow, phrasebook) }
    let rest = max(0, width - time - word - 4 - (marks > 0 ? marks + 2 : 0))
    let widestName = min(rest, widest(\.name))
    let wantedGroup = isNarrow ? 0 : min(rest, widest(\.remark))
    // Where both do not fit, the name gets three fifths.
    name = wantedGroup == 0 ? rest : min(widestName, max(rest * 3 / 5, rest - 2 - wantedGroup))
    group = min(wantedGroup, max(0, rest - 2 - name))
  }

  func marks(of answer: LaneView.Answer) -> String {
    Self.marks(of: answer, isNarrow, phrasebook)
  }

  func time(of answer: LaneView.Answer) -> String { Self.time(of: answer, isNarrow) }
  func word(of answer: LaneView.Answer) -> String { Self.word(of: answer, isNarrow) }

  /// Where there is little room, without the seconds.
  private static func time(of answer: LaneView.Answer, _ isNarrow: Bool) -> String {
    String(answer.time.prefix(isNarrow ? 5 : 8))
  }

  /// What it came to; where there is no room for the reason beside it, that: symbol and colour say that nobody went in.
  private static func word(of answer: LaneView.Answer, _ isNarrow: Bool) -> String {
    isNarrow && !answer.reason.isEmpty ? answer.reason : answer.headline
  }

  private static func marks(of answer: LaneView.Answer, _ isNarrow: Bool, _ phrasebook: Phrasebook) -> String {
    var marks: [Sentence.Key] = []
    if answer.isTakenBack { marks.append(isNarrow ? .markTakenBackShort : .markTakenBack) }
    if answer.missedExit != nil { marks.append(isNarrow ? .markMissedExitShort : .markMissedExit) }
    if answer.isOffline { marks.append(isNarrow ? .markOfflineShort : .markOffline) }
    if answer.isMarked { marks.append(isNarrow ? .markNotOnRosterShort : .markNotOnRoster) }
    return marks.map { phrasebook.text($0) }.joined(separator: ", ")
  }
}
