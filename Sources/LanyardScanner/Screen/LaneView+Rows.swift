extension LaneView {
  /// The screen as exactly `height` rows of exactly `width` columns, with colours as escape sequences where wanted.
  ///
  /// Without colours words and symbols say everything. From 40 by 12 on there is room for all that matters.
  package func rows(width: Int, height: Int, colour: Bool) -> [String] {
    guard width > 0, height > 0 else { return Array(repeating: "", count: max(0, height)) }
    let canvas = Canvas(width: width, colour: colour)
    var head = [titleRow(canvas)] + rehearsalRows(canvas)
    var foot = noticeRows(canvas, height: height) + [statusRow(canvas), keysRow(canvas)]
    // Who can be chosen is seen, with what explains the keys, whatever else has no room.
    let least = offersChoice ? min(height, Self.choiceHeight) : 0
    while height - head.count - foot.count < least, !foot.isEmpty { foot.removeFirst() }
    while height - head.count - foot.count < least, !head.isEmpty { head.removeLast() }
    let room = max(0, height - head.count - foot.count)
    let (minimum, comfort) = lowerRows(room)
    let answer = answerRows(canvas, height: room, minimum: minimum, comfort: comfort)
    let rest = room - answer.count
    let lower = prompt.map { promptRows(canvas, $0, height: rest) } ?? recentRows(canvas, height: rest)
    let blank = Array(repeating: canvas.blank, count: max(0, rest - lower.count))
    return Array((head + answer + lower + blank + foot).prefix(height))
  }

  /// The rows that what stands below the answer gets in any case, and those that it had better get.
  private func lowerRows(_ room: Int) -> (minimum: Int, comfort: Int) {
    if let prompt {
      let (wanted, share) = (promptHeight(prompt), room * 2 / 3)
      // The large word gives way to those who can be chosen.
      let least = offersChoice ? min(room, wanted, Self.choiceHeight + 2) : 0
      return (max(least, min(wanted - 1, share)), max(least, min(wanted, share)))
    }
    return (min(recent.count, 2, room / 3), min(recent.isEmpty ? 0 : recent.count + 1, room / 3))
  }

  /// The rows that a prompt gets in any case in which somebody can be chosen: of the chosen one, of what was typed and of the hint.
  private static let choiceHeight = 4

  private var offersChoice: Bool { prompt.map { !$0.choices.isEmpty } ?? false }

  /// The measures and looks that all rows of one rendering share.
  struct Canvas {
    let width: Int
    let colour: Bool

    var row: ScreenRow { ScreenRow(width: width, colour: colour) }
    var blank: String { row.finished() }

    /// A row of one text in one style over the whole width.
    func band(_ text: String, _ style: ScreenStyle) -> String {
      var row = row
      row.add(" ", style)
      row.add(text, style)
      return row.finished(style)
    }
  }
}
